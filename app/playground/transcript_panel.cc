#include "app/playground/transcript_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/playground/editor.h"
#include "app/playground/format.h"
#include "app/playground/history_panel.h"
#include "app/playground/widgets.h"
#include "core/base/text.h"

namespace sqlenv::ui {
namespace {

constexpr float kHighestText = 420;  // in a card that is as high as it needs

using Step = Transcript::Step;

std::string outcome(const Step& step) {
  if (!step.error.empty()) return step.error.substr(0, step.error.find(": "));
  // Rows are counted in the last line, "(5 rows)".
  std::string_view text = trim(step.result);
  text.remove_prefix(text.rfind('\n') + 1);
  if (text.starts_with('(')) return std::string(text.substr(1, text.size() - 2));
  return action_kind(step.action.action_type) == ActionKind::kAnswer ? one_line(text) : "";
}

void choose(Commands& commands, const std::string& id) {
  commands.later([id](Stage& stage) { stage.choose_of_transcript(id); });
}

// Draws the buttons, in as many lines as they need.
void buttons(Ui& ui, const Transcript& seen, Commands& commands) {
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float right = origin.x + content_width();
  ImVec2 at = origin;
  const auto place = [&](const std::string& id, std::string_view label) {
    const std::string name = "live." + id;
    const Button spec = {.id = name, .label = label, .compact = true};
    const float width = button_width(ui, spec);
    if (at.x + width > right) at = ImVec2(origin.x, at.y + ui.px(40));
    ImGui::SetCursorScreenPos(at);
    if (button(ui, spec)) choose(commands, id);
    at.x += width + ui.px(space::kSmall);
  };
  for (const Transcript::Choice& choice : seen.choices) place(choice.id, choice.label);
  place("leave", "Close");
}

void question_card(Ui& ui, const Transcript& seen) {
  begin_card(ui, "question", ImVec2(content_width(), 0));
  const int played = seen.first - 1 + static_cast<int>(seen.steps.size());
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float marks = std::min(ui.px(220), content_width() / 2);
  const std::string label = counted(static_cast<std::size_t>(seen.left), "step") + " left";
  text(ui, FontRole::kCaption, ui.color.muted, label);
  budget_marks(ui, ImVec2(at.x + content_width() - marks, at.y + ui.px(5)), marks, played,
               played + seen.left);
  gap(ui, space::kMedium);
  wrapped_text(ui, FontRole::kHeading, ui.color.text, seen.question);
  end_card();
}

void schema_card(Ui& ui, const Transcript& seen, float height) {
  begin_card(ui, "schema", ImVec2(content_width(), height));
  card_title(ui, "Database");
  gap(ui, space::kSmall);
  begin_scroll(ui, "known", ImVec2(content_width(), height > 0 ? content_height() : 0),
               Scrollbar::kInGutter);
  wrapped_text(ui, FontRole::kMono, ui.color.text, seen.schema);
  end_scroll();
  end_card();
}

void step_row(Ui& ui, TranscriptPanel& panel, const Transcript& seen, std::size_t index,
              bool shown) {
  const Step& step = seen.steps[index];
  const std::size_t number = static_cast<std::size_t>(seen.first) + index;
  const std::string kind = one_line(step.action.action_type, 40);
  const Press row = press(ui, "recorded." + std::to_string(number),
                          kind + " " + collapse_spaces(shorten(step.action.argument, 100)),
                          ImVec2(content_width(), ui.px(kStepRow)));
  paint_step(
      ui, row, number,
      {kind, outcome(step), step.action.argument, !step.error.empty(), step.reward.value_or(0)},
      shown);
  if (row.pressed) panel.step = index + 1 == seen.steps.size() ? kLastStep : index;
}

// The step whose result is shown: the chosen one, else the last.
std::size_t shown_step(const Transcript& seen, const TranscriptPanel& panel) {
  return std::min(panel.step, seen.steps.size() - 1);
}

void steps_card(Ui& ui, TranscriptPanel& panel, const Transcript& seen, float height) {
  begin_card(ui, "recorded", ImVec2(content_width(), height));
  Micros total = 0;
  for (const Step& step : seen.steps) total += step.reward.value_or(0);
  card_title(ui, "Steps", seen.steps.empty() ? "" : signed_amount(total));
  gap(ui, space::kSmall);
  begin_scroll(ui, "steps", ImVec2(content_width(), height > 0 ? content_height() : 0),
               Scrollbar::kInGutter);
  for (std::size_t i = 0; i < seen.steps.size(); ++i) {
    step_row(ui, panel, seen, i, i == shown_step(seen, panel));
    if (panel.follows && height > 0 && i == shown_step(seen, panel)) ImGui::SetScrollHereY(0.5f);
  }
  panel.follows = false;
  end_scroll();
  end_card();
}

void step_card(Ui& ui, const Step& step, float height) {
  card_title(ui, one_line(step.action.action_type, 40),
             step.reward ? signed_amount(*step.reward) : "");
  gap(ui, space::kSmall);
  begin_scroll(ui, "step", ImVec2(content_width(), height > 0 ? content_height() : 0),
               Scrollbar::kInGutter);
  const bool query = action_kind(step.action.action_type) == ActionKind::kQuery;
  code_block(ui, "sent", step.action.argument, query ? CodeKind::kSql : CodeKind::kPlain,
             ui.px(kHighestText));
  gap(ui, space::kMedium);
  if (!step.error.empty()) wrapped_text(ui, FontRole::kBody, ui.color.bad, step.error);
  else if (!step.result.empty())
    code_block(ui, "result", step.result, CodeKind::kPlain, ui.px(kHighestText));
  end_scroll();
}

void row_list(Ui& ui, const Transcript& seen, Commands& commands) {
  for (const Transcript::Choice& choice : seen.rows) {
    const Press row =
        press(ui, "live." + choice.id, choice.label, ImVec2(content_width(), ui.control_height()));
    if (row.hovered) fill(row.min, row.max, ui.color.raised, ui.px(kControlRounding));
    const float y = (row.min.y + row.max.y - line_height(FontRole::kBody)) / 2;
    paint_text(ui, ImVec2(row.min.x + ui.px(8), y), FontRole::kBody, ui.color.text,
               fitted(FontRole::kBody, choice.label, row.max.x - row.min.x - ui.px(16)));
    if (row.pressed) choose(commands, choice.id);
  }
}

// Draws the result of the shown step, or the list to choose from. Height 0: as high as it needs.
void result_card(Ui& ui, const Transcript& seen, Commands& commands, TranscriptPanel& panel,
                 float height) {
  if (seen.rows.empty() && seen.steps.empty()) return;
  begin_card(ui, "shown", ImVec2(content_width(), height));
  if (seen.rows.empty()) {
    step_card(ui, seen.steps[shown_step(seen, panel)], height);
  } else {
    card_title(ui, "Sessions");
    gap(ui, space::kSmall);
    begin_scroll(ui, "rows", ImVec2(content_width(), height > 0 ? content_height() : 0),
                 Scrollbar::kInGutter);
    row_list(ui, seen, commands);
    end_scroll();
  }
  end_card();
}

void middle(Ui& ui, const Transcript& seen, const TranscriptParts& parts, float height) {
  const float top = ImGui::GetCursorPosY();
  if (!seen.question.empty()) {
    question_card(ui, seen);
    gap(ui, space::kMedium);
  }
  if (seen.plays && !seen.question.empty()) {
    action_panel(ui, seen, parts.session, parts.commands, parts.action,
                 ImVec2(content_width(), ui.px(ui.narrow ? 300 : 240)));
    gap(ui, space::kMedium);
  }
  const float rest = height - (ImGui::GetCursorPosY() - top);
  result_card(ui, seen, parts.commands, parts.panel,
              height > 0 ? std::max(rest, ui.px(kLeastResult)) : 0);
}

}  // namespace

void transcript_bar(Ui& ui, const Transcript& seen, Commands& commands, float margin) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(ImVec2(at.x + margin, at.y + margin));
  begin_card(ui, "live", ImVec2(content_width() - margin, 0));
  text(ui, FontRole::kStrong, ui.color.text,
       fitted(FontRole::kStrong, seen.title, content_width()));
  if (ui.narrow) gap(ui, space::kTiny);
  else ImGui::SameLine(0, ui.px(space::kMedium));
  wrapped_text(ui, FontRole::kBody, seen.bad ? ui.color.bad : ui.color.muted, seen.state);
  gap(ui, space::kSmall);
  buttons(ui, seen, commands);
  end_card();
  const ImVec2 max = ImGui::GetItemRectMax();
  frame(ImGui::GetItemRectMin(), max, seen.bad ? ui.color.bad : ui.color.accent,
        ui.px(kCardRounding));
  mark_item(ui, "live.state", seen.state);
  ImGui::SetCursorScreenPos(ImVec2(at.x, max.y));
}

void transcript_panels(Ui& ui, const Transcript& seen, const TranscriptParts& parts,
                       const Layout& layout, ImVec2 at, float height) {
  const float margin = ui.px(layout.margin);
  const float all = content_width();
  const auto column = [&](const char* id, float width, auto draw) {
    at.x += margin;
    ImGui::SetCursorScreenPos(at);
    begin_scroll(ui, id, ImVec2(width, height), Scrollbar::kInGutter);
    draw();
    end_scroll();
    at.x += width;
  };
  if (ui.narrow)
    return column("only", all - 2 * margin, [&] {
      middle(ui, seen, parts, 0);
      gap(ui, space::kMedium);
      if (!seen.steps.empty()) steps_card(ui, parts.panel, seen, 0);
      gap(ui, space::kMedium);
      if (!seen.schema.empty()) schema_card(ui, seen, 0);
    });
  const bool beside = !seen.schema.empty();
  const float side = beside ? ui.px(layout.right) : 0;
  column("middle", all - side - (beside ? 3 : 2) * margin,
         [&] { middle(ui, seen, parts, height); });
  if (!beside) return;
  column("right", side, [&] {
    const float half = (height - ui.px(space::kMedium)) / 2;
    steps_card(ui, parts.panel, seen, half);
    gap(ui, space::kMedium);
    schema_card(ui, seen, half);
  });
}

}  // namespace sqlenv::ui
