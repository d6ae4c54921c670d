#include "app/playground/differences.h"

#include <algorithm>
#include <string>
#include <vector>

#include "app/playground/format.h"
#include "app/playground/widgets.h"

namespace sqlenv::ui {
namespace {

constexpr std::size_t kMostLines = 100;
using Kind = RowDifference::Kind;

std::string row_text(const std::vector<std::string>& cells) {
  std::string out;
  for (const std::string& cell : cells) out += (out.empty() ? "" : " | ") + one_line(cell, 120);
  return out;
}

std::string gold_text(const std::vector<Value>& row) {
  std::vector<std::string> cells;
  for (const Value& value : row) cells.push_back(display_text(value));
  return row_text(cells);
}

struct Line {
  const char* sign;
  Tone tone;
  std::string title;
  std::string detail;
};

std::string changed_cells(const Gold& gold, const Difference& found, const RowDifference& row) {
  std::string out;
  for (const std::size_t c : row.columns) {
    if (!out.empty()) out += "\n";
    if (gold.table.columns.size() > 1) out += one_line(gold.table.columns[c], 60) + ": ";
    out += one_line(found.answer[row.answer][c], 120) + " instead of " +
           one_line(display_text(gold.table.rows[row.gold][c]), 120);
  }
  return out;
}

Line line_of(const Gold& gold, const Difference& found, const RowDifference& row) {
  const std::string expected = "Row " + std::to_string(row.gold + 1);
  switch (row.kind) {
    case Kind::kMissing:
      return {"−", Tone::kBad, expected + " is missing", gold_text(gold.table.rows[row.gold])};
    case Kind::kExtra:
      return {"+", Tone::kBad, "Row " + std::to_string(row.answer + 1) + " of yours is too much",
              row_text(found.answer[row.answer])};
    case Kind::kMoved:
      return {"↕", Tone::kAccent, expected + " stands at " + std::to_string(row.answer + 1),
              gold_text(gold.table.rows[row.gold])};
    case Kind::kChanged: break;
  }
  return {"≠", Tone::kBad, expected + " differs", changed_cells(gold, found, row)};
}

void draw_line(Ui& ui, const Line& line, std::size_t number) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float side = ui.px(20);
  const float left = side + ui.px(space::kSmall);
  const float wrap = content_width() - left;
  fill(at, ImVec2(at.x + side, at.y + side), tone_soft(ui, line.tone), ui.px(4));
  paint_line(ui, at.x + side / 2, at.y + side / 2, FontRole::kStrong, tone_text(ui, line.tone),
             line.sign, Align::kMiddle);
  const float title = line_height(FontRole::kStrong);
  paint_text(ui, ImVec2(at.x + left, at.y + ui.px(1)), FontRole::kStrong, ui.color.text,
             line.title);
  paint_text(ui, ImVec2(at.x + left, at.y + title + ui.px(3)), FontRole::kMono, ui.color.text,
             line.detail, wrap);
  const float height = title + ui.px(3) + measure(FontRole::kMono, line.detail, wrap).y;
  ImGui::Dummy(ImVec2(content_width(), std::max(side, height)));
  mark_item(ui, "difference." + std::to_string(number), line.title + ": " + line.detail);
  gap(ui, space::kSmall);
}

std::string summary(const Difference& found) {
  const auto count = [&](Kind kind) {
    return static_cast<std::size_t>(
        std::count_if(found.rows.begin(), found.rows.end(),
                      [&](const RowDifference& row) { return row.kind == kind; }));
  };
  std::string out = counted(found.equal, "row") + " right";
  const auto add = [&](std::size_t number, const char* what) {
    if (number > 0) out += ", " + grouped(number) + what;
  };
  add(count(Kind::kChanged), " different");
  add(count(Kind::kMissing), " missing");
  add(count(Kind::kExtra), " too much");
  add(count(Kind::kMoved), " out of place");
  return out;
}

// The rules that decided about this answer, in the order in which the verifier applies them.
std::vector<std::string> rules(const Episode& episode, const Difference* found) {
  const Gold& gold = episode.gold();
  std::vector<std::string> out;
  const bool rows = gold.table.rows.size() > 1;
  const bool ordered =
      episode.options().verifier == "spider" ? gold.mentions_order_by : gold.ordered;
  if (rows && !ordered) out.push_back("Order: rows may come in any, the query asks for none.");
  if (rows && ordered) {
    const auto ties = [](const TieGroup& group) { return group.rows > 1; };
    const bool swap = std::any_of(gold.groups.begin(), gold.groups.end(), ties);
    out.push_back(std::string("Order: it counts, the query has ORDER BY.") +
                  (swap ? " Rows that tie may swap." : ""));
  }
  const auto cut = [](const TieGroup& group) { return !group.others.empty(); };
  if (std::any_of(gold.groups.begin(), gold.groups.end(), cut))
    out.push_back("Limit: it cuts rows that tie, and any of those may be kept.");
  if (found == nullptr) return out;
  if (found->columns_moved) out.push_back("Columns: yours stand in another order, which is fine.");
  if (found->near) out.push_back("Tolerance: a real may be off by one millionth of its size.");
  if (found->other_type)
    out.push_back("Type: a value reads the same, but is a text where a number belongs, or NULL.");
  return out;
}

}  // namespace

void differences(Ui& ui, const Episode& episode, const Difference* found, float room) {
  begin_scroll(ui, "differences", ImVec2(content_width(), room), Scrollbar::kInGutter);
  if (found != nullptr) {
    wrapped_text(ui, FontRole::kStrong, ui.color.text, summary(*found));
    gap(ui, space::kMedium);
    std::size_t number = 0;
    for (const RowDifference& row : found->rows)
      if (number < kMostLines) draw_line(ui, line_of(episode.gold(), *found, row), ++number);
    if (found->rows.size() > kMostLines)
      wrapped_text(ui, FontRole::kCaption, ui.color.muted,
                   "And " + grouped(found->rows.size() - kMostLines) + " more.");
  } else {
    wrapped_text(ui, FontRole::kBody, ui.color.muted,
                 (episode.verdict() ? "The rows cannot be laid side by side. "
                                    : "There was no answer to compare. ") +
                     std::string("Expected: ") + counted(episode.gold().table.rows.size(), "row") +
                     " of " + counted(episode.gold().table.columns.size(), "column") + ".");
    gap(ui, space::kMedium);
  }
  for (const std::string& rule : rules(episode, found)) {
    wrapped_text(ui, FontRole::kCaption, ui.color.muted, rule);
    gap(ui, space::kTiny);
  }
  end_scroll();
}

}  // namespace sqlenv::ui
