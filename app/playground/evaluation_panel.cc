#include "app/playground/evaluation_panel.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>

#include "app/playground/format.h"
#include "app/playground/widgets.h"

namespace sqlenv::ui {
namespace {

constexpr float kSummary = 340;
constexpr float kGridInOneColumn = 420;

std::string fixed(double value, int digits) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
  return buffer;
}

std::string percent(double part) { return fixed(100 * part, 1) + " %"; }

// The mean return and steps of a tally as text.
std::string means(const Tally& tally) {
  return "mean return " + fixed(tally.mean_return(), 3) + ", mean steps " +
         fixed(tally.mean_steps(), 2);
}

void paint_right(Ui& ui, float right, float top, FontRole role, Color color,
                 const std::string& text) {
  paint_text(ui, ImVec2(right - measure(role, text).x, top), role, color, text);
}

// Shows only the episodes that hold `value` in the column, or all again if it was chosen before.
void want(EvaluationPanel& panel, EvaluationColumn column, const std::string& value) {
  std::string& wanted = panel.wanted[column];
  wanted = wanted == value ? "" : value;
  const ResultTable& table = panel.table->rows();
  std::vector<char> allowed(table.rows.size(), 1);
  for (std::size_t i = 0; i < allowed.size(); ++i)
    for (std::size_t c = 0; c < kEvaluationColumns; ++c)
      if (!panel.wanted[c].empty() && display_text(table.rows[i][c]) != panel.wanted[c])
        allowed[i] = 0;
  panel.grid.view().limit(std::move(allowed));
}

// Draws a group: its name, how many episodes it has and which part of them were right, also as a
// bar.
void group_row(Ui& ui, EvaluationPanel& panel, EvaluationColumn column,
               const EvaluationTable::Group& group) {
  const Tally& all = panel.table->all();
  const bool failure = column == kFailureColumn;
  const double part = failure ? static_cast<double>(group.tally.episodes) /
                                    static_cast<double>(std::max<std::int64_t>(1, all.episodes))
                              : group.tally.success_rate();
  const std::string count = grouped(static_cast<std::size_t>(group.tally.episodes));
  const ImVec2 size(content_width(), ui.px(ui.narrow ? 38 : 28));
  const Press area =
      press(ui, "evaluation." + panel.table->rows().columns[column] + "." + group.name,
            group.name + ": " + count + ", " + percent(part), size);
  tooltip(ui, means(group.tally));
  const float rounding = ui.px(kChipRounding);
  const bool chosen = panel.wanted[column] == group.name;
  fill(area.min, area.max, area.hovered ? ui.color.raised : ui.color.field, rounding);
  const float bar = std::round(size.x * static_cast<float>(part));
  if (bar >= 1)
    fill(area.min, ImVec2(area.min.x + bar, area.max.y),
         failure ? ui.color.bad_soft : ui.color.good_soft, rounding);
  if (chosen) frame(area.min, area.max, ui.color.accent_text, rounding, ui.px(2));
  const float top = area.min.y + (size.y - line_height(FontRole::kBody)) / 2;
  const float right = area.max.x - ui.px(space::kSmall);
  paint_text(ui, ImVec2(area.min.x + ui.px(space::kSmall), top), FontRole::kBody, ui.color.text,
             fitted(FontRole::kBody, group.name, size.x - ui.px(150)));
  paint_right(ui, right, top, FontRole::kStrong, ui.color.text, percent(part));
  paint_right(ui, right - ui.px(72), top, FontRole::kBody, ui.color.text, count);
  gap(ui, 2);
  if (area.pressed) want(panel, column, group.name);
}

void groups(Ui& ui, EvaluationPanel& panel, EvaluationColumn column, const char* title) {
  const std::vector<EvaluationTable::Group>& all = panel.table->groups(column);
  if (all.empty()) return;
  gap(ui, space::kMedium);
  overline(ui, title);
  gap(ui, space::kTiny);
  for (const EvaluationTable::Group& group : all) group_row(ui, panel, column, group);
}

void summary(Ui& ui, EvaluationPanel& panel) {
  const EvaluationTable& table = *panel.table;
  const Tally& all = table.all();
  if (all.episodes > 0) {
    const Interval range = wilson_interval(all.successes, all.episodes);
    text(ui, FontRole::kHeading, ui.color.text, percent(all.success_rate()) + " right");
    gap(ui, space::kTiny);
    wrapped_text(ui, FontRole::kCaption, ui.color.muted,
                 grouped(static_cast<std::size_t>(all.successes)) + " of " +
                     counted(static_cast<std::size_t>(all.episodes), "episode") +
                     ", 95 % interval " + percent(range.low) + " to " + percent(range.high) + "; " +
                     means(all));
  }
  if (!table.note().empty()) {
    gap(ui, space::kSmall);
    const float width = content_width();
    const float height =
        warning_box(ui, "evaluation.note", table.note(), ImGui::GetCursorScreenPos(), width);
    ImGui::Dummy(ImVec2(width, height));
  }
  groups(ui, panel, kDifficultyColumn, "By difficulty");
  groups(ui, panel, kDatabaseColumn, "By database");
  groups(ui, panel, kFailureColumn, "Failed episodes");
}

void open_row(Commands& commands, const OpenEpisode& open, const EvaluationPanel& panel,
              std::size_t row) {
  if (!open) return;
  const std::string& file = panel.table->name();
  const std::string name = file.substr(0, file.rfind(".jsonl")) + " #" + std::to_string(row + 1);
  commands.later([open, name, range = panel.table->range(row)](Stage&) { open(name, range); });
}

void episodes(Ui& ui, const OpenEpisode& open, Commands& commands, EvaluationPanel& panel,
              float height) {
  const ResultTable& table = panel.table->rows();
  static const std::vector<Segment> segments = {{"evaluation.all", "All", ""},
                                                {"evaluation.right", "Right", ""},
                                                {"evaluation.wrong", "Wrong", ""}};
  const std::string& wanted = panel.wanted[kResultColumn];
  const float bottom = ImGui::GetCursorPosY() + height;
  panel.grid.press_rows();
  panel.grid.open(ui, table, panel.version);
  const int chosen = wanted.empty() ? 0 : wanted == "right" ? 1 : 2;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = std::min(content_width(), ui.px(220));
  const int picked = segmented(ui, segments, chosen, true, width);
  if (picked >= 0 && picked != chosen)
    want(panel, kResultColumn, picked == 0 ? wanted : picked == 1 ? "right" : "wrong");
  if (ui.narrow) gap(ui, space::kSmall);
  else ImGui::SetCursorScreenPos(ImVec2(at.x + width + ui.px(space::kMedium), at.y));
  filter_row(ui, "evaluation.filter", panel.filter, false, panel.grid.view(), table);
  ImGui::SetCursorScreenPos(ImVec2(at.x, ImGui::GetCursorScreenPos().y));
  panel.grid.draw(ui, "evaluation.rows", table, panel.version,
                  ImVec2(content_width(), std::max(ui.px(120), bottom - ImGui::GetCursorPosY())),
                  GridHead::kNames);
  if (const auto row = panel.grid.pressed_row()) open_row(commands, open, panel, *row);
}

void head(Ui& ui, EvaluationPanel& panel) {
  const Button close = {
      .id = "evaluation.close", .label = "Close", .icon = Icon::kCross, .compact = true};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui.compact_height();
  const float right = at.x + content_width();
  const std::string title = "Evaluation " + panel.table->name();
  const float width = button_width(ui, close);
  paint_line(ui, at.x, at.y + height / 2, FontRole::kStrong, ui.color.text,
             fitted(FontRole::kStrong, title, right - width - ui.px(space::kMedium) - at.x));
  ImGui::SetCursorScreenPos(ImVec2(right - width, at.y));
  if (button(ui, close)) panel.shown = false;
  ImGui::SetCursorScreenPos(ImVec2(at.x, at.y + height));
  gap(ui, space::kSmall);
}

}  // namespace

void EvaluationPanel::show(std::unique_ptr<EvaluationTable> evaluation) {
  table = std::move(evaluation);
  shown = true;
  ++version;
  filter.clear();
  for (std::string& text : wanted) text.clear();
}

void evaluation_panel(Ui& ui, const OpenEpisode& open, Commands& commands, EvaluationPanel& panel,
                      ImVec2 size) {
  const bool none = panel.table->rows().rows.empty();
  begin_card(ui, "evaluation", ImVec2(size.x, ui.narrow ? 0 : size.y));
  head(ui, panel);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = content_height();
  if (ui.narrow || none) {
    summary(ui, panel);
    gap(ui, space::kLarge);
    if (!none) episodes(ui, open, commands, panel, ui.px(kGridInOneColumn));
  } else {
    const float left = ui.px(kSummary);
    begin_scroll(ui, "evaluation.summary", ImVec2(left, room), Scrollbar::kInGutter);
    summary(ui, panel);
    end_scroll();
    ImGui::SetCursorScreenPos(ImVec2(at.x + left + ui.px(space::kHuge), at.y));
    begin_scroll(ui, "evaluation.list", ImVec2(content_width(), room));
    episodes(ui, open, commands, panel, room);
    end_scroll();
  }
  end_card();
  if (ImGui::IsKeyPressed(ImGuiKey_Escape, false) && !ImGui::GetIO().WantTextInput)
    panel.shown = false;
}

}  // namespace sqlenv::ui
