#include "app/playground/diagram.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "app/playground/format.h"
#include "app/playground/icons.h"
#include "app/playground/widgets.h"
#include "core/base/text.h"

namespace sqlenv::ui {
namespace {

constexpr float kWidest = 250;
constexpr float kNarrowest = 112;
constexpr std::size_t kMostRows = 16;
constexpr float kLeastZoom = 0.12f;
constexpr float kMostZoom = 2;
constexpr float kZoomStep = 1.25f;
constexpr float kDragThreshold = 5;

enum Channel { kField, kLinks, kNodes, kControls, kChannels };

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

float between(float a, float b, float t) { return a + (b - a) * t; }

bool dragged() {
  return ImGui::GetIO().MouseDragMaxDistanceSqr[0] > kDragThreshold * kDragThreshold;
}

}  // namespace

Diagram::Node Diagram::node_of(const Ui& ui, const Spec& spec, const Table& table) const {
  Node node;
  node.table = &table;
  node.known = spec.seen.described(table);
  const float most = ui.px(kWidest);
  if (!node.known) {
    node.name = fitted(FontRole::kBody, table.name, most - ui.px(28));
    const float width = measure(FontRole::kBody, node.name).x + ui.px(28);
    node.size = {std::max(ui.px(72), std::ceil(width)), ui.px(kDiagramHead)};
    return node;
  }
  if (table.is_view) node.note = "view";
  else if (table.row_count) node.note = grouped(static_cast<std::size_t>(*table.row_count));
  const float note = measure(FontRole::kCaption, node.note).x + ui.px(36);
  node.name = fitted(FontRole::kStrong, table.name, most - note);
  float width = measure(FontRole::kStrong, node.name).x + note;
  const bool open = !spec.folded.contains(table.name);
  const std::size_t count = open ? table.columns.size() : 0;
  const std::size_t shown = count > kMostRows ? kMostRows - 1 : count;
  node.more = count - shown;
  for (std::size_t i = 0; i < shown; ++i) {
    const Column& column = table.columns[i];
    Row row{"", fitted(FontRole::kCaption, to_lower(column.type), ui.px(84)),
            column.primary_key > 0};
    for (const ForeignKey& key : table.foreign_keys) row.link |= holds(key.columns, column.name);
    const float taken = measure(FontRole::kCaption, row.type).x + ui.px(54);
    row.name = fitted(FontRole::kMono, column.name, most - taken);
    width = std::max(width, measure(FontRole::kMono, row.name).x + taken);
    node.rows.push_back(std::move(row));
  }
  const std::size_t lines = node.rows.size() + (node.more > 0 ? 1 : 0);
  const float body =
      lines == 0 ? 0 : ui.px(kDiagramFoot) * 2 + static_cast<float>(lines) * ui.px(kDiagramRow);
  node.size = {std::clamp(std::ceil(width), ui.px(kNarrowest), most), ui.px(kDiagramHead) + body};
  return node;
}

// The height at which a column's key is attached: the middle of its row, or of the head if the
// column is not shown.
float Diagram::port(const Ui& ui, const Node& node, const std::string& column) const {
  const std::vector<Column>& columns = node.table->columns;
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) {
    return to_lower(c.name) == to_lower(column);
  });
  if (!node.known || found == columns.end() || node.rows.empty()) return ui.px(kDiagramHead) / 2;
  const auto index = std::min(static_cast<std::size_t>(found - columns.begin()), node.rows.size());
  return ui.px(kDiagramHead) + ui.px(kDiagramFoot) +
         (static_cast<float>(index) + 0.5f) * ui.px(kDiagramRow);
}

void Diagram::find_links(const Ui& ui, const Schema& schema) {
  links_.clear();
  for (std::size_t from = 0; from < nodes_.size(); ++from) {
    if (!nodes_[from].known) continue;
    for (const ForeignKey& key : nodes_[from].table->foreign_keys) {
      const Table* target = schema.find(key.table);
      if (target == nullptr || key.columns.empty()) continue;
      const auto to = static_cast<std::size_t>(target - schema.tables.data());
      std::string referenced = key.referenced.empty() ? "" : key.referenced.front();
      for (const Column& column : target->columns)
        if (key.referenced.empty() && column.primary_key == 1) referenced = column.name;
      links_.push_back({from, to, port(ui, nodes_[from], key.columns.front()),
                        port(ui, nodes_[to], referenced)});
    }
  }
}

void Diagram::update(const Ui& ui, const Spec& spec) {
  const PackDatabase& database = *spec.seen.episode.task().database;
  const Schema& schema = database.image.schema();
  const float aspect = spec.size.x / std::max(1.0f, spec.size.y);
  std::string key = std::to_string(std::lround(std::log2(std::max(0.01f, aspect)) * 3)) + " " +
                    std::to_string(ui.scale) + " ";
  for (const Table& table : schema.tables)
    key += !spec.seen.described(table) ? '.' : spec.folded.contains(table.name) ? '-' : '+';
  if (schema_ == &schema && key_ == key) return;
  before_.clear();
  for (std::size_t i = 0; schema_ == &schema && i < nodes_.size(); ++i) {
    const ImVec2 at = place(i);
    before_.push_back({at.x, at.y});
  }
  before_view_ = shown_;
  if (schema_ != &schema) fits_ = true;
  moving_ = !before_.empty();
  schema_ = &schema;
  key_ = std::move(key);
  nodes_.clear();
  hovered_.reset();
  for (const Table& table : schema.tables) nodes_.push_back(node_of(ui, spec, table));
  find_links(ui, schema);
  std::vector<DiagramBox> boxes;
  for (const Node& node : nodes_) boxes.push_back(node.size);
  std::vector<DiagramLink> links;
  for (const Link& link : links_) links.push_back({link.from, link.to});
  layout_ = lay_out_diagram(boxes, links, aspect);
}

Diagram::View Diagram::fitted_view(ImVec2 size, const Ui& ui) const {
  const float margin = ui.px(14);
  const float below = ui.compact_height() + ui.px(8);  // the controls stand there
  const ImVec2 room(size.x - 2 * margin, size.y - 2 * margin - below);
  View view;
  view.zoom =
      std::min({1.0f, room.x / std::max(1.0f, layout_.w), room.y / std::max(1.0f, layout_.h)});
  view.zoom = std::clamp(view.zoom, kLeastZoom, kMostZoom);
  view.pan = ImVec2(std::floor(margin + (room.x - layout_.w * view.zoom) / 2),
                    std::floor(margin + (room.y - layout_.h * view.zoom) / 2));
  return view;
}

void Diagram::zoom_by(float factor, ImVec2 about) {
  const float zoom = std::clamp(view_.zoom * factor, kLeastZoom, kMostZoom);
  const float change = zoom / view_.zoom;
  view_.pan = ImVec2(about.x - (about.x - view_.pan.x) * change,
                     about.y - (about.y - view_.pan.y) * change);
  view_.zoom = zoom;
  fits_ = false;
  moving_ = false;
}

ImVec2 Diagram::place(std::size_t node) const {
  const DiagramPlace& to = layout_.places[node];
  if (!moving_ || node >= before_.size()) return ImVec2(to.x, to.y);
  return ImVec2(between(before_[node].x, to.x, moved_), between(before_[node].y, to.y, moved_));
}

ImVec2 Diagram::on_screen(ImVec2 point) const {
  return ImVec2(origin_.x + shown_.pan.x + point.x * shown_.zoom,
                origin_.y + shown_.pan.y + point.y * shown_.zoom);
}

// Whether the pointer rests on the box, on one that it is linked with, or on none.
bool Diagram::lit(std::size_t node) const {
  if (!hovered_ || *hovered_ == node) return true;
  return std::any_of(links_.begin(), links_.end(), [&](const Link& link) {
    return (link.from == node && link.to == *hovered_) ||
           (link.to == node && link.from == *hovered_);
  });
}

// Moves the field with the pointer, wherever on the field the drag began.
void Diagram::drag() {
  if (!ImGui::IsItemActive() || !ImGui::IsMouseDown(ImGuiMouseButton_Left) || !dragged()) return;
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  view_.pan = ImVec2(view_.pan.x + moved.x, view_.pan.y + moved.y);
  fits_ = false;
  moving_ = false;
  ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
}

void Diagram::nodes(Ui& ui, const Spec& spec, Outcome& outcome) {
  const ImRect field(ImGui::GetWindowDrawList()->GetClipRectMin(),
                     ImGui::GetWindowDrawList()->GetClipRectMax());
  std::optional<std::size_t> hovered;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const Node& node = nodes_[i];
    const ImVec2 min = on_screen(place(i));
    const ImVec2 size(node.size.w * shown_.zoom, node.size.h * shown_.zoom);
    ImRect seen(min, ImVec2(min.x + size.x, min.y + size.y));
    if (!seen.Overlaps(field)) continue;
    ImGui::SetCursorScreenPos(min);
    const Press area = press(ui, "diagram." + node.table->name,
                             node.known ? node.table->name : "Describe " + node.table->name, size,
                             node.known || spec.seen.playing());
    const bool by_pointer = ImGui::IsMouseReleased(ImGuiMouseButton_Left);
    if (area.pressed && !(by_pointer && dragged())) outcome.pressed = node.table;
    drag();
    if (!node.known)
      tooltip(ui, "DESCRIBE " + node.table->name + ": shows its columns, costs a step");
    if (area.hovered) hovered = i;
    paint_node(ui, node, min, area.hovered);
    if (!lit(i))
      fill(area.min, area.max, faded(ui.color.field, 0.6f), ui.px(kControlRounding) * shown_.zoom);
  }
  hovered_ = hovered;
}

void Diagram::controls(Ui& ui, const Spec& spec, Outcome& outcome) {
  struct Control {
    const char* id;
    Icon icon;
    const char* note;
  };
  const Control all[] = {{"diagram.zoom_out", Icon::kMinus, "Smaller"},
                         {"diagram.zoom_in", Icon::kPlus, "Larger"},
                         {"diagram.fit", Icon::kFit, "Show all"},
                         {"diagram.resize", spec.large ? Icon::kCross : Icon::kExpand,
                          spec.large ? "Close (Escape)" : "Open it large"}};
  const float side = ui.compact_height();
  const float step = side + ui.px(6);
  const ImVec2 middle(spec.size.x / 2, spec.size.y / 2);
  ImVec2 at(origin_.x + spec.size.x - 4 * step - ui.px(2),
            origin_.y + spec.size.y - step - ui.px(2));
  for (int i = 0; i < 4; ++i) {
    ImGui::SetCursorScreenPos(at);
    const bool pressed =
        button(ui, {.id = all[i].id, .label = "", .icon = all[i].icon, .compact = true});
    tooltip(ui, all[i].note);
    at.x += step;
    if (!pressed) continue;
    if (i < 2) zoom_by(i == 0 ? 1 / kZoomStep : kZoomStep, middle);
    if (i == 2) fits_ = true;
    if (i == 3) outcome.resize = true;
  }
}

void Diagram::move_view(const Ui& ui, const Spec& spec) {
  if (large_ != spec.large) fits_ = true;
  large_ = spec.large;
  moved_ = ui.moved;
  update(ui, spec);
  if (moved_ >= 1) moving_ = false;
  if (fits_) view_ = fitted_view(spec.size, ui);
  shown_ = view_;
  if (!moving_) return;
  shown_.zoom = between(before_view_.zoom, view_.zoom, moved_);
  shown_.pan = ImVec2(between(before_view_.pan.x, view_.pan.x, moved_),
                      between(before_view_.pan.y, view_.pan.y, moved_));
}

// The place below boxes and controls, which is dragged and takes the wheel.
void Diagram::field(const Spec& spec) {
  ImGui::SetCursorScreenPos(origin_);
  ImGui::PushItemFlag(ImGuiItemFlags_NoNav | ImGuiItemFlags_NoTabStop, true);
  ImGui::InvisibleButton("diagram.field", spec.size);
  ImGui::PopItemFlag();
  const ImGuiID id = ImGui::GetItemID();
  drag();
  const ImGuiIO& io = ImGui::GetIO();
  if (!spec.wheels || !ImGui::IsMouseHoveringRect(origin_, corner(spec)) ||
      !ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem))
    return;
  ImGui::SetKeyOwner(ImGuiKey_MouseWheelY, id);
  if (io.MouseWheel != 0)
    zoom_by(std::pow(1.12f, io.MouseWheel),
            ImVec2(io.MousePos.x - origin_.x, io.MousePos.y - origin_.y));
}

Diagram::Outcome Diagram::draw(Ui& ui, const Spec& spec) {
  Outcome outcome;
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  origin_ = ImGui::GetCursorScreenPos();
  move_view(ui, spec);
  const ImVec2 furthest = window.DC.CursorMaxPos;
  ImDrawList& list = *window.DrawList;
  ImGui::PushClipRect(origin_, corner(spec), true);
  list.ChannelsSplit(kChannels);
  // ImGui gives the pointer to the item that was submitted first, but paints it below later ones.
  list.ChannelsSetCurrent(kControls);
  controls(ui, spec, outcome);
  list.ChannelsSetCurrent(kLinks);
  for (const Link& link : links_) paint_link(ui, link);
  list.ChannelsSetCurrent(kNodes);
  nodes(ui, spec, outcome);
  list.ChannelsSetCurrent(kField);
  paint_field(ui, spec.size);
  list.ChannelsMerge();
  field(spec);
  ImGui::PopClipRect();
  mark_area(ui, "diagram", "Entity diagram", origin_, corner(spec));
  window.DC.CursorMaxPos = furthest;
  ImGui::SetCursorScreenPos(origin_);
  ImGui::Dummy(spec.size);
  return outcome;
}

}  // namespace sqlenv::ui
