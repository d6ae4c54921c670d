#include "app/playground/grid.h"

#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/playground/format.h"
#include "app/playground/icons.h"

namespace sqlenv::ui {
namespace {

constexpr std::size_t kMeasuredRows = 200;
constexpr std::size_t kShownCellText = 400;
constexpr float kWidestColumn = 340;
constexpr float kNarrowestColumn = 40;
constexpr float kSortMark = 16;
constexpr float kWidestHead = 170;  // a long expression as a name does not push its values away

float row_height(const Ui& ui) { return ui.px(ui.narrow ? 34 : 28); }
float head_height(const Ui& ui, GridHead head) { return ui.px(head == GridHead::kNames ? 32 : 44); }

bool is_number(const Value& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

std::string cell_text(const Value& value) { return one_line(display_text(value), kShownCellText); }

std::size_t column_count(const ResultTable& table) {
  return std::min<std::size_t>(table.columns.size(), kMostColumns);
}

// Paints text in the current cell, at its left or right edge and vertically centred.
bool paint_in_cell(Ui& ui, float height, FontRole role, Color color, std::string_view text,
                   bool at_right) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size = measure(role, text);
  const float room = ImGui::GetContentRegionAvail().x;
  const bool fits = size.x <= room + 0.5f;
  const float x = at_right && fits ? at.x + room - size.x : at.x;
  paint_text(ui, ImVec2(x, at.y + (height - size.y) / 2), role, color,
             fits ? std::string(text) : fitted(role, text, room));
  return fits;
}

// Paints NULL on a plate, so that the text "NULL" looks different.
void paint_null(Ui& ui, float height, bool at_right) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size = measure(FontRole::kCaption, "NULL");
  const float width = size.x + ui.px(10);
  const float x = at_right ? at.x + ImGui::GetContentRegionAvail().x - width : at.x;
  const float tall = size.y + ui.px(2);
  const ImVec2 min(std::floor(x), std::floor(at.y + (height - tall) / 2));
  const ImVec2 max(min.x + width, min.y + tall);
  fill(min, max, ui.color.raised, ui.px(4));
  frame(min, max, ui.color.line, ui.px(4));
  paint_text(ui, ImVec2(min.x + ui.px(5), min.y + ui.px(1)), FontRole::kCaption, ui.color.muted,
             "NULL");
}

// Measures a sample of the rows: a table may have very many.
constexpr std::size_t kTypedCells = 2'000'000;

const char* type_of(const ResultTable& table, std::size_t column) {
  static constexpr const char* kNames[] = {"null", "integer", "real", "text", "blob"};
  const std::size_t rows =
      std::min(table.rows.size(), kTypedCells / std::max<std::size_t>(1, table.columns.size()));
  unsigned seen = 0;
  for (std::size_t r = 0; r < rows; ++r) seen |= 1u << table.rows[r][column].index();
  const unsigned kinds = seen & ~1u;
  if (kinds == 0) return kNames[0];
  if (kinds == 6) return "number";
  if ((kinds & (kinds - 1)) != 0) return "mixed";
  return kNames[kinds == 2 ? 1 : kinds == 4 ? 2 : kinds == 8 ? 3 : 4];
}

}  // namespace

float Grid::full_height(const Ui& ui, const ResultTable& table, GridHead head) {
  return head_height(ui, head) +
         row_height(ui) * static_cast<float>(std::max<std::size_t>(1, table.rows.size())) +
         ui.px(12);
}

void Grid::measure_columns(const Ui& ui, const ResultTable& table) {
  const std::size_t rows = std::min(table.rows.size(), kMeasuredRows);
  columns_.assign(column_count(table), {});
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    float width =
        std::min(measure(FontRole::kLabel, one_line(table.columns[c])).x, ui.px(kWidestHead)) +
        ui.px(kSortMark);
    const char* type = type_of(table, c);
    width = std::max(width, measure(FontRole::kCaption, type).x);
    bool numeric = false;
    bool other = false;
    for (std::size_t r = 0; r < rows; ++r) {
      // The sample is spread from the first row to the last.
      const Value& value = table.rows[rows < 2 ? r : r * (table.rows.size() - 1) / (rows - 1)][c];
      width = std::max(width, is_null(value) ? measure(FontRole::kCaption, "NULL").x + ui.px(10)
                                             : measure(FontRole::kMono, cell_text(value)).x);
      numeric |= is_number(value);
      other |= !is_number(value) && !is_null(value);
    }
    columns_[c] = {std::clamp(width + 2, ui.px(kNarrowestColumn), ui.px(kWidestColumn)),
                   numeric && !other, type};
  }
  number_width_ = measure(FontRole::kMono, std::to_string(table.rows.size())).x + ui.px(4);
}

void Grid::open(const Ui& ui, const ResultTable& table, std::uint64_t version) {
  const bool other = version != version_ || columns_.size() != column_count(table);
  if (other || scale_ != ui.scale) measure_columns(ui, table);
  if (other) view_.set_table(table);
  version_ = version;
  scale_ = ui.scale;
}

void Grid::draw(Ui& ui, std::string_view id, const ResultTable& table, std::uint64_t version,
                ImVec2 size, GridHead head) {
  head_ = head;
  open(ui, table, version);
  pressed_row_.reset();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  mark_area(ui, id, "Rows", min, ImVec2(min.x + size.x, min.y + size.y));
  body_top_ = min.y + head_height(ui, head);
  constexpr ImGuiTableFlags kFlags =
      ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY | ImGuiTableFlags_Resizable |
      ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_PadOuterX |
      ImGuiTableFlags_NoBordersInBody | ImGuiTableFlags_BordersInnerH;
  // ImGui would keep the widths to which the columns of the last table were dragged.
  const std::string name = std::string(id) + std::to_string(version);
  if (!ImGui::BeginTable(name.c_str(), static_cast<int>(columns_.size()) + 1, kFlags, size)) return;
  ImGui::TableSetupScrollFreeze(1, 1);
  ImGui::TableSetupColumn("#", ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_NoResize,
                          number_width_);
  for (const Column& column : columns_)
    ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed, column.width);
  this->head(ui, id, table);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(view_.rows().size()), row_height(ui));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      row(ui, id, table, view_.rows()[static_cast<std::size_t>(i)]);
  ImGui::EndTable();
}

void Grid::head(Ui& ui, std::string_view id, const ResultTable& table) {
  ImGui::TableNextRow(ImGuiTableRowFlags_Headers, head_height(ui, head_));
  for (std::size_t c = 0; c < columns_.size(); ++c)
    if (ImGui::TableSetColumnIndex(static_cast<int>(c) + 1)) head_cell(ui, id, table, c);
}

void Grid::head_cell(Ui& ui, std::string_view id, const ResultTable& table, std::size_t column) {
  const std::string name = one_line(table.columns[column]);
  const float height = head_height(ui, head_);
  const float room = std::max(1.0f, ImGui::GetContentRegionAvail().x);
  if (!ImGui::IsRectVisible(ImVec2(room, height))) return;
  const bool sorted = view_.order() != SortOrder::kNone && view_.sorted_column() == column;
  const bool up = view_.order() == SortOrder::kAscending;
  const Press area = press(ui, std::string(id) + ".head." + std::to_string(column + 1),
                           "Sort by " + name, ImVec2(room, height));
  const float mark = sorted ? ui.px(kSortMark) : 0;
  const std::string shown = fitted(FontRole::kLabel, name, room - mark + 1);
  if (shown != name) tooltip(ui, name);
  const float width = measure(FontRole::kLabel, shown).x;
  const bool at_right = columns_[column].numeric;
  const float line = line_height(FontRole::kLabel);
  const bool typed = head_ == GridHead::kNamesAndTypes;
  const float top = typed ? area.min.y + ui.px(6) : (area.min.y + area.max.y - line) / 2;
  const float left = at_right ? area.max.x - width - mark : area.min.x;
  paint_text(ui, ImVec2(left, top), FontRole::kLabel,
             sorted || area.hovered ? ui.color.text : ui.color.muted, shown);
  if (sorted)
    paint_icon(ui, up ? Icon::kArrowUp : Icon::kArrowDown,
               ImVec2(left + width + ui.px(kSortMark - 5), top + line / 2), ui.px(10),
               ui.color.accent_text);
  const std::string type = fitted(FontRole::kCaption, columns_[column].type, room + 1);
  const float type_left = at_right ? area.max.x - measure(FontRole::kCaption, type).x : area.min.x;
  if (typed)
    paint_text(ui, ImVec2(type_left, top + line + ui.px(1)), FontRole::kCaption, ui.color.muted,
               type);
  if (!area.pressed) return;
  const SortOrder next = !sorted ? SortOrder::kAscending
                         : up    ? SortOrder::kDescending
                                 : SortOrder::kNone;
  view_.sort(table, column, next);
}

void Grid::row(Ui& ui, std::string_view id, const ResultTable& table, std::uint32_t index) {
  const float height = row_height(ui);
  ImGui::TableNextRow(ImGuiTableRowFlags_None, height);
  ImGui::TableSetColumnIndex(0);
  const float top = ImGui::GetCursorScreenPos().y;
  const float mouse = ImGui::GetIO().MousePos.y;
  const std::string number = std::to_string(index + 1);
  const bool hovered = ImGui::IsWindowHovered() && mouse >= top && mouse < top + height;
  if (hovered) ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, u32(ui.color.raised));
  paint_in_cell(ui, height, FontRole::kMono, ui.color.muted, number, true);
  if (presses_rows_) row_press(ui, std::string(id) + "." + number, index, hovered, height);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (!ImGui::TableSetColumnIndex(static_cast<int>(c) + 1)) continue;
    cell(ui, table.rows[index][c], columns_[c]);
  }
}

// Makes a row a button: its number takes the keyboard, and the pointer presses all of it unless it
// scrolls.
void Grid::row_press(Ui& ui, const std::string& id, std::uint32_t index, bool hovered,
                     float height) {
  const ImGuiIO& io = ImGui::GetIO();
  const ImVec2 size(std::max(1.0f, ImGui::GetContentRegionAvail().x), height);
  const bool pressed = press(ui, id, "Row " + std::to_string(index + 1), size).pressed;
  const bool here = hovered && io.MouseClickedPos[0].y >= body_top_ &&
                    ImGui::IsMouseReleased(ImGuiMouseButton_Left) &&
                    io.MouseDragMaxDistanceSqr[0] < ui.px(space::kSmall) * ui.px(space::kSmall);
  if (pressed || here) pressed_row_ = index;
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

void Grid::cell(Ui& ui, const Value& value, const Column& column) const {
  const float height = row_height(ui);
  if (is_null(value)) return paint_null(ui, height, column.numeric);
  const std::string text = cell_text(value);
  if (paint_in_cell(ui, height, FontRole::kMono, ui.color.text, text, column.numeric)) return;
  ImGui::Dummy(ImVec2(ImGui::GetContentRegionAvail().x, height));
  tooltip(ui, text);
}

void filter_row(Ui& ui, std::string_view id, std::string& filter, bool focus, RowView& view,
                const ResultTable& table) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const float height = ui.control_height();
  const std::string note = grouped(view.rows().size()) + " of " + counted(table.rows.size(), "row");
  const ImVec2 note_size = measure(FontRole::kCaption, note);
  const float width = std::min(content_width() - note_size.x - ui.px(space::kMedium), ui.px(320));
  ImGui::PushFont(font(FontRole::kMono));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      ImVec2(ui.px(34), (height - line_height(FontRole::kMono)) / 2));
  ImGui::PushStyleColor(ImGuiCol_Border, vec4(ui.color.outline));
  if (focus) ImGui::SetKeyboardFocusHere();
  ImGui::SetNextItemWidth(width);
  ImGui::InputTextWithHint(("##" + std::string(id)).c_str(), "Filter rows", &filter);
  const bool active = ImGui::IsItemActive();
  mark_item(ui, id, "Filter rows");
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  ImGui::PopFont();
  paint_icon(ui, Icon::kSearch, ImVec2(min.x + ui.px(18), min.y + height / 2), ui.px(14),
             ui.color.muted);
  if (active)
    frame(min, ImVec2(min.x + width, min.y + height), ui.color.accent, ui.px(kControlRounding), 2);
  view.filter(table, filter);
  const std::string now = grouped(view.rows().size()) + " of " + counted(table.rows.size(), "row");
  paint_text(ui, ImVec2(min.x + width + ui.px(space::kMedium), min.y + (height - note_size.y) / 2),
             FontRole::kCaption, ui.color.muted, now);
  ImGui::SetCursorScreenPos(ImVec2(min.x, min.y + height));
  gap(ui, space::kSmall);
}

}  // namespace sqlenv::ui
