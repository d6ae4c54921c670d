// The panels that show a transcript, and the bar over them that says how things stand.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/playground/editor.h"
#include "app/playground/format.h"
#include "app/playground/panels.h"
#include "app/playground/widgets.h"
#include "core/base/text.h"

namespace sqlenv::ui {
namespace {

constexpr float kRow = 52;
constexpr float kHighestText = 420;  // in a card that is as high as it needs

using Step = Transcript::Step;

std::string outcome(const Step& step) {
  if (!step.error.empty()) return error_parts(step.error).code;
  // Rows are counted in the last line, "(5 rows)".
  std::string_view text = trim(step.result);
  text.remove_prefix(text.rfind('\n') + 1);
  if (text.starts_with('(')) return std::string(text.substr(1, text.size() - 2));
  return action_kind(step.action.action_type) == ActionKind::kAnswer ? one_line(text) : "";
}

Color amount_color(const Ui& ui, Micros amount) {
  return amount > 0 ? ui.color.good : amount < 0 ? ui.color.bad : ui.color.muted;
}

// The buttons of the bar: from the right, or where it is narrow in lines. Returns where they begin,
// or end.
ImVec2 buttons(Ui& ui, Model& model, ImVec2 at, float right) {
  std::vector<Transcript::Choice> all = {{"leave", "Close"}};
  const std::vector<Transcript::Choice>& more = model.transcript()->choices;
  all.insert(ui.narrow ? all.begin() : all.end(), more.begin(), more.end());
  const float between = ui.px(space::kSmall);
  const float left = at.x;
  if (!ui.narrow) at.x = right;
  for (const Transcript::Choice& choice : all) {
    const std::string id = "live." + choice.id;
    const Button spec = {.id = id, .label = choice.label, .compact = true};
    const float width = button_width(ui, spec) + between;
    if (!ui.narrow) at.x -= width;
    else if (at.x > left && at.x + width > right) at = ImVec2(left, at.y + ui.px(40));
    ImGui::SetCursorScreenPos(at);
    if (button(ui, spec)) model.later([choice](Model& m) { m.choose_of_transcript(choice.id); });
    if (ui.narrow) at.x += width;
  }
  return ImVec2(at.x, at.y + ui.px(40));
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

void step_row(Ui& ui, Views& views, const Transcript& seen, std::size_t index, bool shown) {
  const Step& step = seen.steps[index];
  const std::string number = std::to_string(seen.first + static_cast<int>(index));
  const std::string kind = one_line(step.action.action_type, 40);
  const std::string argument = collapse_spaces(shorten(step.action.argument, 200));
  const Press row =
      press(ui, "recorded." + number, kind + " " + argument, ImVec2(content_width(), ui.px(kRow)));
  if (row.pressed) views.recorded_step = index + 1 == seen.steps.size() ? kLastStep : index;
  if (shown || row.hovered)
    fill(row.min, row.max, shown ? ui.color.accent_soft : ui.color.raised, ui.px(kControlRounding));
  const float top = std::floor((row.min.y + row.max.y) / 2 - line_height(FontRole::kMono));
  const float left = row.min.x + ui.px(34);
  float right = row.max.x - ui.px(10);
  paint_text(ui, ImVec2(row.min.x + ui.px(8), top), FontRole::kCaption, ui.color.muted, number);
  paint_text(ui, ImVec2(left, top + line_height(FontRole::kMono) + 1), FontRole::kMono,
             ui.color.muted, fitted(FontRole::kMono, argument, right - left));
  if (step.reward) {
    const std::string amount = signed_amount(*step.reward);
    right -= measure(FontRole::kMono, amount).x;
    paint_text(ui, ImVec2(right, top), FontRole::kMono, amount_color(ui, *step.reward), amount);
  }
  paint_text(ui, ImVec2(left, top), FontRole::kLabel, shown ? ui.color.accent_text : ui.color.text,
             kind);
  const float after = left + measure(FontRole::kLabel, kind).x + ui.px(8);
  paint_text(ui, ImVec2(after, top), FontRole::kCaption,
             step.error.empty() ? ui.color.muted : ui.color.bad,
             fitted(FontRole::kCaption, outcome(step), right - after - ui.px(8)));
}

// The step whose result is on the screen: the chosen one, or else the last.
std::size_t shown_step(const Transcript& seen, const Views& views) {
  return std::min(views.recorded_step, seen.steps.size() - 1);
}

void steps_card(Ui& ui, Views& views, const Transcript& seen, float height) {
  begin_card(ui, "recorded", ImVec2(content_width(), height));
  Micros total = 0;
  for (const Step& step : seen.steps) total += step.reward.value_or(0);
  card_title(ui, "Steps", seen.steps.empty() ? "" : signed_amount(total));
  gap(ui, space::kSmall);
  begin_scroll(ui, "steps", ImVec2(content_width(), height > 0 ? content_height() : 0),
               Scrollbar::kInGutter);
  for (std::size_t i = 0; i < seen.steps.size(); ++i) {
    step_row(ui, views, seen, i, i == shown_step(seen, views));
    if (views.scroll_history && height > 0 && i == shown_step(seen, views))
      ImGui::SetScrollHereY(0.5f);
  }
  views.scroll_history = false;
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

void row_list(Ui& ui, Model& model) {
  for (const Transcript::Choice& choice : model.transcript()->rows) {
    const Press row =
        press(ui, "live." + choice.id, choice.label, ImVec2(content_width(), ui.control_height()));
    if (row.hovered) fill(row.min, row.max, ui.color.raised, ui.px(kControlRounding));
    const float y = (row.min.y + row.max.y - line_height(FontRole::kBody)) / 2;
    paint_text(ui, ImVec2(row.min.x + ui.px(8), y), FontRole::kBody, ui.color.text,
               fitted(FontRole::kBody, choice.label, row.max.x - row.min.x - ui.px(16)));
    if (row.pressed) model.later([id = choice.id](Model& m) { m.choose_of_transcript(id); });
  }
}

// What the chosen step gave, or the list. Height 0: as high as it needs.
void result_card(Ui& ui, Model& model, Views& views, float height) {
  const Transcript& seen = *model.transcript();
  if (seen.rows.empty() && seen.steps.empty()) return;
  begin_card(ui, "shown", ImVec2(content_width(), height));
  if (seen.rows.empty()) {
    step_card(ui, seen.steps[shown_step(seen, views)], height);
  } else {
    card_title(ui, "Sessions");
    gap(ui, space::kSmall);
    begin_scroll(ui, "rows", ImVec2(content_width(), height > 0 ? content_height() : 0),
                 Scrollbar::kInGutter);
    row_list(ui, model);
    end_scroll();
  }
  end_card();
}

void middle(Ui& ui, Model& model, Views& views, float height) {
  const Transcript& seen = *model.transcript();
  const float top = ImGui::GetCursorPosY();
  if (!seen.question.empty()) {
    question_card(ui, seen);
    gap(ui, space::kMedium);
  }
  if (seen.plays && !seen.question.empty()) {
    action_panel(ui, model, views, ImVec2(content_width(), ui.px(ui.narrow ? 300 : 240)));
    gap(ui, space::kMedium);
  }
  const float rest = height - (ImGui::GetCursorPosY() - top);
  result_card(ui, model, views, height > 0 ? std::max(rest, ui.px(kLeastResult)) : 0);
}

}  // namespace

void transcript_bar(Ui& ui, Model& model, float margin) {
  const Transcript& seen = *model.transcript();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float padding = ui.px(space::kMedium);
  const ImVec2 min(at.x + margin, at.y + margin);
  const float right = at.x + content_width() - margin;
  const ImVec2 inside(min.x + padding, min.y + padding);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.ChannelsSplit(2);
  list.ChannelsSetCurrent(1);
  ImVec2 free(right - padding, inside.y);
  if (!ui.narrow) free = buttons(ui, model, inside, right);
  const float inner = free.x - inside.x;
  const float below = inside.y + line_height(FontRole::kStrong) + ui.px(space::kTiny);
  paint_text(ui, inside, FontRole::kStrong, ui.color.text,
             fitted(FontRole::kStrong, seen.title, inner));
  paint_text(ui, ImVec2(inside.x, below), FontRole::kBody, seen.bad ? ui.color.bad : ui.color.muted,
             seen.state, inner);
  float bottom = below + measure(FontRole::kBody, seen.state, inner).y + padding;
  if (ui.narrow)
    bottom = buttons(ui, model, ImVec2(inside.x, bottom - ui.px(4)), right).y + ui.px(6);
  list.ChannelsSetCurrent(0);
  const ImVec2 max(right, bottom);
  fill(min, max, ui.color.surface, ui.px(kCardRounding));
  frame(min, max, seen.bad ? ui.color.bad : ui.color.accent, ui.px(kCardRounding));
  list.ChannelsMerge();
  mark_area(ui, "live.state", seen.state, min, max);
  ImGui::SetCursorScreenPos(ImVec2(at.x, max.y));
}

void transcript_panels(Ui& ui, Model& model, Views& views, const Layout& layout, ImVec2 at,
                       float height) {
  const Transcript& seen = *model.transcript();
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
      middle(ui, model, views, 0);
      gap(ui, space::kMedium);
      if (!seen.steps.empty()) steps_card(ui, views, seen, 0);
      gap(ui, space::kMedium);
      if (!seen.schema.empty()) schema_card(ui, seen, 0);
    });
  const bool beside = !seen.schema.empty();
  const float side = beside ? ui.px(layout.right) : 0;
  column("middle", all - side - (beside ? 3 : 2) * margin,
         [&] { middle(ui, model, views, height); });
  if (!beside) return;
  column("right", side, [&] {
    const float half = (height - ui.px(space::kMedium)) / 2;
    steps_card(ui, views, seen, half);
    gap(ui, space::kMedium);
    schema_card(ui, seen, half);
  });
}

}  // namespace sqlenv::ui
