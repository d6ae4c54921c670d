#include "app/playground/schema_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/playground/format.h"
#include "app/playground/widgets.h"
#include "core/base/text.h"

namespace sqlenv::ui {
namespace {

constexpr float kDiagramHeight = 340;  // in a card that is as high as it needs

bool is_foreign(const Table& table, const Column& column) {
  return std::any_of(
      table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) {
        return std::find(key.columns.begin(), key.columns.end(), column.name) != key.columns.end();
      });
}

std::string column_note(const Table& table, const Column& column) {
  std::string note = column.name + (column.type.empty() ? "" : " " + column.type);
  if (column.primary_key > 0) note += ", primary key";
  if (column.not_null) note += ", not null";
  if (column.generated) note += ", computed from other columns";
  for (const ForeignKey& key : table.foreign_keys) {
    const auto found = std::find(key.columns.begin(), key.columns.end(), column.name);
    if (found == key.columns.end()) continue;
    const auto index = static_cast<std::size_t>(found - key.columns.begin());
    note += ", refers to " + key.table;
    if (index < key.referenced.size()) note += "." + key.referenced[index];
  }
  return note;
}

void column_row(Ui& ui, const Table& table, const Column& column) {
  const float height = ui.px(24);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = content_width();
  const float middle = at.y + height / 2;
  const float icon = ui.px(13);
  const ImVec2 icon_at(at.x + ui.px(38), middle);
  if (column.primary_key > 0) paint_icon(ui, Icon::kKey, icon_at, icon, ui.color.accent_text);
  else if (is_foreign(table, column)) paint_icon(ui, Icon::kLink, icon_at, icon, ui.color.muted);
  const std::string type = fitted(FontRole::kCaption, to_lower(column.type), width * 0.35f);
  const ImVec2 type_size = measure(FontRole::kCaption, type);
  const float left = at.x + ui.px(52);
  const float right = at.x + width - ui.px(10) - type_size.x;
  paint_line(ui, left, middle, FontRole::kMono, ui.color.text,
             fitted(FontRole::kMono, column.name, right - left - ui.px(8)));
  paint_line(ui, right, middle, FontRole::kCaption, ui.color.muted, type);
  ImGui::Dummy(ImVec2(width, height));
  tooltip(ui, column_note(table, column));
}

// The row of a table.
struct TableRow {
  const Table& table;
  bool known = false;
  bool open = false;
  bool playing = false;
};

// The number of rows, once it is known, with the word "rows" if there is room for it.
std::string row_note(const TableRow& row, float room) {
  if (row.table.is_view) return "view";
  if (!row.known || !row.table.row_count) return "";
  const auto count = static_cast<std::size_t>(*row.table.row_count);
  const std::string words = counted(count, "row");
  return measure(FontRole::kCaption, words).x <= room ? words : grouped(count);
}

void paint_table_row(Ui& ui, const TableRow& row, const Press& area, float right) {
  const float middle = (area.min.y + area.max.y) / 2;
  if (area.hovered)
    fill(area.min, ImVec2(right, area.max.y), ui.color.raised, ui.px(kChipRounding));
  const Color color = row.known ? ui.color.text : ui.color.muted;
  paint_icon(ui, row.known ? (row.open ? Icon::kChevronDown : Icon::kChevronRight) : Icon::kNone,
             ImVec2(area.min.x + ui.px(12), middle), ui.px(11), ui.color.muted);
  paint_icon(ui, Icon::kTable, ImVec2(area.min.x + ui.px(30), middle), ui.px(15),
             row.known ? ui.color.accent_text : ui.color.muted);
  const float left = area.min.x + ui.px(45);
  const FontRole role = row.known ? FontRole::kStrong : FontRole::kBody;
  const float room = area.max.x - left - measure(role, row.table.name).x - ui.px(14);
  const std::string note = row_note(row, room);
  const ImVec2 note_size = measure(FontRole::kCaption, note);
  paint_line(ui, left, middle, role, color,
             fitted(role, row.table.name, area.max.x - left - note_size.x - ui.px(10)));
  paint_line(ui, area.max.x - ui.px(6), middle, FontRole::kCaption, ui.color.muted, note,
             Align::kRight);
}

// Folds or opens a table that is known, and describes another.
void choose_table(const EpisodeView& seen, Commands& commands, SchemaPanel& panel,
                  const Table& table) {
  if (!seen.described(table)) commands.play({"DESCRIBE", table.name});
  else if (panel.folded.erase(table.name) == 0) panel.folded.insert(table.name);
}

void table_row(Ui& ui, const EpisodeView& seen, Commands& commands, SchemaPanel& panel,
               const TableRow& row) {
  const std::string& name = row.table.name;
  const float height = ui.px(ui.narrow ? 42 : 34);
  const float width = content_width();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string sample_id = "schema." + name + ".sample";
  const Button sample = {.id = sample_id,
                         .label = "Sample",
                         .kind = ButtonKind::kQuiet,
                         .enabled = row.playing,
                         .compact = true};
  const float button = button_width(ui, sample);
  const Press area = press(ui, "schema." + name, row.known ? name : "Describe " + name,
                           ImVec2(width - button - ui.px(4), height), row.known || row.playing);
  if (!row.known) tooltip(ui, "DESCRIBE " + name + ": shows its columns, costs a step");
  paint_table_row(ui, row, area, at.x + width);
  if (area.pressed) choose_table(seen, commands, panel, row.table);
  ImGui::SetCursorScreenPos(
      ImVec2(at.x + width - button, std::floor(at.y + (height - ui.compact_height()) / 2)));
  if (ui::button(ui, sample)) commands.play({"SAMPLE", name});
  tooltip(ui, "SAMPLE " + name + ": five of its rows, costs a step");
  ImGui::SetCursorScreenPos(ImVec2(at.x, at.y + height));
}

void tables(Ui& ui, const EpisodeView& seen, Commands& commands, SchemaPanel& panel) {
  for (const Table& table : seen.schema().tables) {
    TableRow row{table, seen.described(table), false, seen.playing()};
    row.open = row.known && !panel.folded.contains(table.name);
    table_row(ui, seen, commands, panel, row);
    if (!row.open) continue;
    for (const Column& column : table.columns) column_row(ui, table, column);
    gap(ui, space::kSmall);
  }
}

void diagram(Ui& ui, const EpisodeView& seen, Commands& commands, SchemaPanel& panel, ImVec2 size,
             bool wheels) {
  const Diagram::Outcome outcome = panel.diagram.draw(ui, {.seen = seen,
                                                           .folded = panel.folded,
                                                           .size = size,
                                                           .large = panel.large_diagram,
                                                           .wheels = wheels});
  if (outcome.pressed != nullptr) choose_table(seen, commands, panel, *outcome.pressed);
  if (outcome.resize) panel.large_diagram = !panel.large_diagram;
}

// Draws the choice of list or diagram. While the diagram is large, the list stands beside it.
void view_choice(Ui& ui, SchemaPanel& panel) {
  static const std::vector<Segment> segments = {
      {"schema.view.list", "List", "Tables and their columns"},
      {"schema.view.diagram", "Diagram", "Tables and what their keys refer to"}};
  const int chosen = panel.shows_diagram && !panel.large_diagram ? 1 : 0;
  const int picked = segmented(ui, segments, chosen, true, content_width());
  if (picked < 0) return;
  panel.shows_diagram = picked == 1;
  panel.large_diagram = false;
}

void tables_or_diagram(Ui& ui, const EpisodeView& seen, Commands& commands, SchemaPanel& panel,
                       bool natural) {
  const ImVec2 room(content_width(), natural ? ui.px(kDiagramHeight) : content_height());
  if (panel.shows_diagram && !panel.large_diagram)
    return diagram(ui, seen, commands, panel, room, !natural);
  if (!natural) begin_scroll(ui, "tables", room, Scrollbar::kInGutter);
  tables(ui, seen, commands, panel);
  if (!natural) end_scroll();
}

std::string explored_text(const EpisodeView& seen) {
  return std::to_string(seen.episode.described().size()) + " of " +
         std::to_string(seen.schema().tables.size()) + " explored";
}

}  // namespace

void schema_panel(Ui& ui, const EpisodeView* seen, Commands& commands, SchemaPanel& panel,
                  ImVec2 size) {
  begin_card(ui, "schema", size);
  if (seen == nullptr) {
    card_title(ui, "Database");
  } else {
    const PackDatabase& database = *seen->episode.task().database;
    card_title(ui, database.title.empty() ? database.name : database.title);
    if (!database.description.empty()) {
      gap(ui, space::kTiny);
      wrapped_text(ui, FontRole::kCaption, ui.color.muted, database.description);
    }
    gap(ui, space::kLarge);
    card_title(ui, "Tables", explored_text(*seen));
    gap(ui, space::kSmall);
    view_choice(ui, panel);
    gap(ui, space::kMedium);
    tables_or_diagram(ui, *seen, commands, panel, size.y == 0);
  }
  end_card();
}

void diagram_panel(Ui& ui, const EpisodeView& seen, Commands& commands, SchemaPanel& panel,
                   ImVec2 size) {
  begin_card(ui, "diagram", size);
  card_title(ui, "Tables and keys", explored_text(seen));
  gap(ui, space::kMedium);
  diagram(ui, seen, commands, panel, ImVec2(content_width(), content_height()), true);
  end_card();
}

}  // namespace sqlenv::ui
