#include "app/playground/history_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/playground/format.h"
#include "app/playground/widgets.h"
#include "core/base/text.h"

namespace sqlenv::ui {
namespace {

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

void steps(Ui& ui, const EpisodeView& seen, Commands& commands, HistoryPanel& panel, bool scrolls) {
  const std::size_t count = seen.episode.steps().size();
  for (std::size_t i = 0; i < count; ++i) {
    step_row(ui, seen, commands, i);
    if (scrolls && panel.follows && seen.step == i) ImGui::SetScrollHereY(0.5f);
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
                 "Your steps will stand here. Press one to see its result again.");
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
