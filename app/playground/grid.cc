#include "app/playground/grid.h"

#include <algorithm>
#include <string>

#include "app/playground/format.h"

namespace sqlenv::ui {
namespace {

constexpr std::size_t kMeasuredRows = 200;
constexpr std::size_t kShownCellText = 400;
constexpr float kWidestColumn = 340;
constexpr float kNarrowestColumn = 40;
constexpr float kWidestHead = 170;  // a long expression as a name does not push its values away

float row_height(const Ui& ui) { return ui.px(ui.narrow ? 34 : 28); }
float head_height(const Ui& ui) { return ui.px(32); }

bool is_number(const Value& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

std::string cell_text(const Value& value) { return one_line(display_text(value), kShownCellText); }

std::size_t column_count(const ResultTable& table) {
  return std::min<std::size_t>(table.columns.size(), kMostColumns);
}

// Paints in the current cell, at its left or right edge and halfway down.
bool paint_in_cell(Ui& ui, float height, FontRole role, Color color, std::string_view text,
                   bool at_right) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size = measure(role, text);
  const float room = ImGui::GetContentRegionAvail().x;
  const bool fits = size.x <= room + 0.5f;
  const float x = at_right && fits ? at.x + room - size.x : at.x;
  paint_text(ui, ImVec2(x, at.y + (height - size.y) / 2), role, color, text);
  return fits;
}

}  // namespace

float Grid::full_height(const Ui& ui, const ResultTable& table) {
  return head_height(ui) +
         row_height(ui) * static_cast<float>(std::max<std::size_t>(1, table.rows.size())) +
         ui.px(12);
}

void Grid::measure_columns(const Ui& ui, const ResultTable& table) {
  const std::size_t rows = std::min(table.rows.size(), kMeasuredRows);
  columns_.assign(column_count(table), {});
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    float width =
        std::min(measure(FontRole::kLabel, one_line(table.columns[c])).x, ui.px(kWidestHead));
    bool numeric = false;
    bool other = false;
    for (std::size_t r = 0; r < rows; ++r) {
      const Value& value = table.rows[r][c];
      width = std::max(width, measure(FontRole::kMono, cell_text(value)).x);
      numeric |= is_number(value);
      other |= !is_number(value) && !is_null(value);
    }
    columns_[c] = {std::clamp(width + 2, ui.px(kNarrowestColumn), ui.px(kWidestColumn)),
                   numeric && !other};
  }
  number_width_ = measure(FontRole::kMono, std::to_string(table.rows.size())).x + ui.px(4);
}

void Grid::draw(Ui& ui, std::string_view id, const ResultTable& table, std::uint64_t version,
                ImVec2 size) {
  if (version != version_ || scale_ != ui.scale || columns_.size() != column_count(table))
    measure_columns(ui, table);
  version_ = version;
  scale_ = ui.scale;
  const ImVec2 min = ImGui::GetCursorScreenPos();
  mark_area(ui, id, "Rows", min, ImVec2(min.x + size.x, min.y + size.y));
  constexpr ImGuiTableFlags kFlags =
      ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY | ImGuiTableFlags_Resizable |
      ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_PadOuterX |
      ImGuiTableFlags_NoBordersInBody | ImGuiTableFlags_BordersInnerH;
  // A new table forgets the widths that the last one was dragged to.
  const std::string name = std::string(id) + std::to_string(version);
  if (!ImGui::BeginTable(name.c_str(), static_cast<int>(columns_.size()) + 1, kFlags, size)) return;
  ImGui::TableSetupScrollFreeze(1, 1);
  ImGui::TableSetupColumn("#", ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_NoResize,
                          number_width_);
  for (const Column& column : columns_)
    ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed, column.width);
  head(ui, table);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(table.rows.size()), row_height(ui));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) row(ui, table, i);
  ImGui::EndTable();
}

void Grid::head(Ui& ui, const ResultTable& table) const {
  const float height = head_height(ui);
  ImGui::TableNextRow(ImGuiTableRowFlags_Headers, height);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (!ImGui::TableSetColumnIndex(static_cast<int>(c) + 1)) continue;
    const std::string name = one_line(table.columns[c]);
    const float room = ImGui::GetContentRegionAvail().x;
    const bool fits = measure(FontRole::kLabel, name).x <= room;
    paint_in_cell(ui, height, FontRole::kLabel, ui.color.muted,
                  fitted(FontRole::kLabel, name, room + 1), columns_[c].numeric);
    if (fits) continue;
    ImGui::Dummy(ImVec2(room, height));
    tooltip(ui, name);
  }
}

void Grid::row(Ui& ui, const ResultTable& table, int index) const {
  const float height = row_height(ui);
  ImGui::TableNextRow(ImGuiTableRowFlags_None, height);
  ImGui::TableSetColumnIndex(0);
  const float top = ImGui::GetCursorScreenPos().y;
  const float mouse = ImGui::GetIO().MousePos.y;
  if (ImGui::IsWindowHovered() && mouse >= top && mouse < top + height)
    ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, u32(ui.color.raised));
  paint_in_cell(ui, height, FontRole::kMono, ui.color.muted, std::to_string(index + 1), true);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (!ImGui::TableSetColumnIndex(static_cast<int>(c) + 1)) continue;
    cell(ui, table.rows[static_cast<std::size_t>(index)][c], columns_[c]);
  }
}

void Grid::cell(Ui& ui, const Value& value, const Column& column) const {
  const std::string text = cell_text(value);
  const bool quiet = is_null(value);
  const bool fits = paint_in_cell(ui, row_height(ui), FontRole::kMono,
                                  quiet ? ui.color.muted : ui.color.text, text, column.numeric);
  if (fits) return;
  ImGui::Dummy(ImVec2(ImGui::GetContentRegionAvail().x, row_height(ui)));
  tooltip(ui, text);
}

}  // namespace sqlenv::ui
