#include "app/playground/history_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/playground/format.h"
#include "app/playground/replay.h"
#include "app/playground/widgets.h"
#include "core/base/text.h"

namespace sqlenv::ui {
namespace {

constexpr float kQuoteLeft = 34;           // where a step's words begin
constexpr std::size_t kMostQuoted = 4000;  // bytes

Color amount_color(const Ui& ui, Micros amount) {
  return amount > 0 ? ui.color.good : amount < 0 ? ui.color.bad : ui.color.muted;
}

std::string kind_text(const Action& action) {
  const std::optional<ActionKind> kind = action_kind(action.action_type);
  return kind ? std::string(action_name(*kind)) : one_line(action.action_type, 40);
}

void step_row(Ui& ui, const EpisodeView& seen, Commands& commands, std::size_t index) {
  const StepRecord& step = seen.episode.steps()[index];
  const bool shown = seen.step == index;
  const std::string kind = kind_text(step.action);
  const Press row = press(ui, "history." + std::to_string(index + 1),
                          kind + " " + collapse_spaces(shorten(step.action.argument, 100)),
                          ImVec2(content_width(), ui.px(kStepRow)));
  paint_step(ui, row, index + 1,
             {kind, outcome_text(step), step.action.argument,
              !step.result.observation.error.empty(), step.result.terms.total()},
             shown);
  if (row.pressed) commands.show(index);
}

std::size_t words_in(std::string_view text) {
  const std::string words = collapse_spaces(text);
  return words.empty() ? 0
                       : static_cast<std::size_t>(std::count(words.begin(), words.end(), ' ')) + 1;
}

// Draws what a model wrote beside its quotation mark, a bar.
void quoted(Ui& ui, const std::string& id, Color color, std::string_view words) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = ui.px(kQuoteLeft);
  const float wrap = content_width() - left - ui.px(10);
  const std::string text = shorten(trim(words), kMostQuoted);
  const float height = measure(FontRole::kMono, text, wrap).y;
  fill(ImVec2(at.x + left - ui.px(10), at.y), ImVec2(at.x + left - ui.px(8), at.y + height),
       ui.color.outline);
  paint_text(ui, ImVec2(at.x + left, at.y), FontRole::kMono, color, text, wrap);
  ImGui::Dummy(ImVec2(content_width(), height));
  mark_item(ui, id, text);
  gap(ui, space::kSmall);
}

// Draws a line that unfolds the model's thoughts, and those if they are.
void thoughts(Ui& ui, HistoryPanel& panel, const std::string& said, std::size_t index) {
  const bool unfolded = panel.unfolded.contains(index);
  const std::string id = "history." + std::to_string(index + 1) + ".thoughts";
  const std::string label = "Thoughts, " + counted(words_in(said), "word");
  const Press row = press(ui, id, label, ImVec2(content_width(), ui.px(ui.narrow ? 34 : 24)));
  const float middle = (row.min.y + row.max.y) / 2;
  const float left = row.min.x + ui.px(kQuoteLeft);
  const Color color = row.hovered ? ui.color.text : ui.color.muted;
  paint_icon(ui, unfolded ? Icon::kChevronDown : Icon::kChevronRight,
             ImVec2(left - ui.px(9), middle), ui.px(12), color);
  paint_line(ui, left, middle, FontRole::kCaption, color, label);
  if (unfolded) quoted(ui, id + ".text", ui.color.muted, said);
  if (!row.pressed) return;
  if (unfolded) panel.unfolded.erase(index);
  else panel.unfolded.insert(index);
}

// What a model wrote in a step; null if none plays.
const ModelText* said_in(const EpisodeView& seen, std::size_t index) {
  if (seen.replay == nullptr || index >= seen.replay->run().said.size()) return nullptr;
  return &seen.replay->run().said[index];
}

void model_text(Ui& ui, HistoryPanel& panel, const ModelText& said, std::size_t index) {
  if (!said.thoughts.empty()) thoughts(ui, panel, said.thoughts, index);
  if (said.text.empty() && !said.thoughts.empty()) return;
  quoted(ui, "history." + std::to_string(index + 1) + ".said", ui.color.text,
         said.text.empty() ? "(nothing)" : said.text);
}

void steps(Ui& ui, const EpisodeView& seen, Commands& commands, HistoryPanel& panel, bool scrolls) {
  const std::size_t count = seen.episode.steps().size();
  for (std::size_t i = 0; i < count; ++i) {
    step_row(ui, seen, commands, i);
    // A model's words stand below its step.
    if (scrolls && panel.follows && seen.step == i)
      ImGui::SetScrollHereY(said_in(seen, i) != nullptr ? 0.1f : 0.5f);
    if (const ModelText* said = said_in(seen, i)) model_text(ui, panel, *said, i);
  }
  panel.follows = false;
}

}  // namespace

void paint_step(Ui& ui, const Press& row, std::size_t step, const StepLine& line, bool shown) {
  const Palette& p = ui.color;
  if (shown) fill(row.min, row.max, p.accent_soft, ui.px(kControlRounding));
  else if (row.hovered) fill(row.min, row.max, p.raised, ui.px(kControlRounding));
  const float height = line_height(FontRole::kMono);
  const float top = std::floor((row.min.y + row.max.y) / 2 - height);
  const float second = top + height + ui.px(1);
  const std::string number = std::to_string(step);
  paint_text(ui, ImVec2(row.min.x + ui.px(8), top + 1), FontRole::kCaption, p.muted, number);
  const float left = row.min.x + ui.px(34);
  const std::string amount = signed_amount(line.amount);
  const float right = row.max.x - ui.px(10) - measure(FontRole::kMono, amount).x;
  paint_text(ui, ImVec2(right, top), FontRole::kMono, amount_color(ui, line.amount), amount);
  paint_text(ui, ImVec2(left, top), FontRole::kLabel, shown ? p.accent_text : p.text, line.kind);
  const float outcome = left + measure(FontRole::kLabel, line.kind).x + ui.px(8);
  paint_text(ui, ImVec2(outcome, top), FontRole::kCaption, line.failed ? p.bad : p.muted,
             fitted(FontRole::kCaption, line.outcome, right - outcome - ui.px(8)));
  paint_text(ui, ImVec2(left, second), FontRole::kMono, p.muted,
             fitted(FontRole::kMono, collapse_spaces(shorten(line.argument, 200)),
                    row.max.x - ui.px(10) - left));
}

void history_panel(Ui& ui, const EpisodeView* seen, Commands& commands, HistoryPanel& panel,
                   ImVec2 size) {
  begin_card(ui, "history", size);
  const std::size_t count = seen == nullptr ? 0 : seen->episode.steps().size();
  card_title(ui, "History", count == 0 ? "" : counted(count, "step"));
  gap(ui, space::kSmall);
  if (count == 0) {
    wrapped_text(ui, FontRole::kCaption, ui.color.muted,
                 seen != nullptr && seen->replay != nullptr && seen->replay->model() != nullptr
                     ? "The model's steps will stand here, with what it writes."
                     : "Your steps will stand here. Press one to see its result again.");
  } else {
    const bool scrolls = size.y > 0;
    if (scrolls)
      begin_scroll(ui, "steps", ImVec2(content_width(), content_height()), Scrollbar::kInGutter);
    steps(ui, *seen, commands, panel, scrolls);
    if (scrolls) end_scroll();
  }
  end_card();
}

}  // namespace sqlenv::ui
