#include <algorithm>
#include <cmath>

#include "app/playground/diagram.h"
#include "app/playground/icons.h"

namespace sqlenv::ui {
namespace {

constexpr float kDots = 24;

}  // namespace

void Diagram::paint_scaled(Ui& ui, ImVec2 at, FontRole role, Color color,
                           std::string_view text) const {
  if (text.empty()) return;
  ui.snapshot.add_text(text);
  ImGui::GetWindowDrawList()->AddText(font(role), line_height(role) * shown_.zoom, at, u32(color),
                                      text.data(), text.data() + text.size());
}

void Diagram::paint_field(Ui& ui, ImVec2 size) const {
  const ImVec2 max(origin_.x + size.x, origin_.y + size.y);
  fill(origin_, max, ui.color.field, ui.px(kControlRounding));
  const float step = ui.px(kDots);
  const float dot = std::max(1.0f, ui.px(1));
  const auto first = [&](float pan) { return std::fmod(std::fmod(pan, step) + step, step); };
  for (float y = first(shown_.pan.y); y < size.y - dot; y += step)
    for (float x = first(shown_.pan.x); x < size.x - dot; x += step) {
      const ImVec2 at(std::floor(origin_.x + x), std::floor(origin_.y + y));
      fill(at, ImVec2(at.x + dot, at.y + dot), ui.color.outline);
    }
  frame(origin_, max, ui.color.line, ui.px(kControlRounding));
}

// Paints a line from the key's column to what it refers to. It leaves and enters boxes sideways.
void Diagram::paint_link(Ui& ui, const Link& link) const {
  const float zoom = shown_.zoom;
  const ImVec2 from = on_screen(place(link.from));
  const ImVec2 to = on_screen(place(link.to));
  const float from_w = nodes_[link.from].size.w * zoom;
  const float to_w = nodes_[link.to].size.w * zoom;
  const bool rightward = from.x + from_w < to.x;
  const bool leftward = !rightward && to.x + to_w < from.x;
  // Between boxes below each other the line goes around the side where their edges are closer.
  const bool around_left = !rightward && !leftward && link.from != link.to &&
                           std::fabs(from.x - to.x) < std::fabs(from.x + from_w - to.x - to_w);
  const bool from_left = leftward || around_left;
  const bool to_left = rightward || around_left;
  const float out = from_left ? -1.0f : 1.0f;
  const float in = to_left ? -1.0f : 1.0f;
  const ImVec2 start(from_left ? from.x : from.x + from_w, from.y + link.from_y * zoom);
  const ImVec2 end(to_left ? to.x : to.x + to_w, to.y + link.to_y * zoom);
  const float head = ui.px(7) * std::max(0.6f, zoom);
  const ImVec2 neck(end.x + in * head, end.y);
  const float reach = rightward || leftward
                          ? std::clamp(std::fabs(neck.x - start.x) * 0.5f, 14 * zoom, 120 * zoom)
                          : (26 + std::fabs(end.y - start.y) * 0.12f) * zoom;
  const bool strong = hovered_ && (link.from == *hovered_ || link.to == *hovered_);
  const Color color = strong      ? ui.color.accent_text
                      : !hovered_ ? mixed(ui.color.outline, ui.color.muted, 0.55f)
                                  : ui.color.outline;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = std::max(1.0f, ui.px(strong ? 2 : 1.5f) * std::clamp(zoom, 0.6f, 1.0f));
  list.AddBezierCubic(start, ImVec2(start.x + out * reach, start.y),
                      ImVec2(neck.x + in * reach, neck.y), neck, u32(color), width);
  list.AddCircleFilled(start, ui.px(2.5f) * std::max(0.6f, zoom), u32(color));
  list.AddTriangleFilled(end, ImVec2(neck.x, neck.y - head * 0.6f),
                         ImVec2(neck.x, neck.y + head * 0.6f), u32(color));
}

void Diagram::paint_rows(Ui& ui, const Node& node, ImVec2 min) const {
  const float zoom = shown_.zoom;
  const auto px = [&](float length) { return ui.px(length) * zoom; };
  const float right = min.x + node.size.w * zoom - px(10);
  float middle = min.y + px(kDiagramHead) + px(kDiagramFoot) + px(kDiagramRow) / 2;
  for (const Row& row : node.rows) {
    const ImVec2 icon(min.x + px(16), middle);
    if (row.key) paint_icon(ui, Icon::kKey, icon, px(12), ui.color.accent_text);
    else if (row.link) paint_icon(ui, Icon::kLink, icon, px(12), ui.color.muted);
    paint_scaled(ui, ImVec2(min.x + px(28), middle - line_height(FontRole::kMono) * zoom / 2),
                 FontRole::kMono, ui.color.text, row.name);
    const ImVec2 type = measure(FontRole::kCaption, row.type);
    paint_scaled(ui, ImVec2(right - type.x * zoom, middle - type.y * zoom / 2), FontRole::kCaption,
                 ui.color.muted, row.type);
    middle += px(kDiagramRow);
  }
  if (node.more == 0) return;
  paint_scaled(ui, ImVec2(min.x + px(28), middle - line_height(FontRole::kCaption) * zoom / 2),
               FontRole::kCaption, ui.color.muted, "and " + std::to_string(node.more) + " more");
}

void Diagram::paint_node(Ui& ui, const Node& node, ImVec2 min, bool hovered) const {
  const Palette& p = ui.color;
  const float zoom = shown_.zoom;
  const auto px = [&](float length) { return ui.px(length) * zoom; };
  const ImVec2 max(min.x + node.size.w * zoom, min.y + node.size.h * zoom);
  const float rounding = px(kControlRounding);
  const float middle = min.y + px(kDiagramHead) / 2;
  const FontRole role = node.known ? FontRole::kStrong : FontRole::kBody;
  fill(min, max, node.known ? p.surface : hovered ? p.raised : p.field, rounding);
  if (node.known) {
    const bool alone = node.rows.empty() && node.more == 0;
    ImGui::GetWindowDrawList()->AddRectFilled(
        min, ImVec2(max.x, alone ? max.y : min.y + px(kDiagramHead)), u32(p.accent_soft), rounding,
        alone ? ImDrawFlags_RoundCornersAll : ImDrawFlags_RoundCornersTop);
    const ImVec2 note = measure(FontRole::kCaption, node.note);
    paint_scaled(ui, ImVec2(max.x - px(10) - note.x * zoom, middle - note.y * zoom / 2),
                 FontRole::kCaption, p.muted, node.note);
    paint_rows(ui, node, min);
  }
  const float left = node.known ? px(12) : (max.x - min.x - measure(role, node.name).x * zoom) / 2;
  paint_scaled(ui, ImVec2(min.x + left, middle - line_height(role) * zoom / 2), role,
               node.known ? p.text : p.muted, node.name);
  const Color edge = hovered ? p.accent_text : node.known ? p.outline : p.line;
  frame(min, max, edge, rounding, hovered ? ui.px(1.5f) : 1);
}

}  // namespace sqlenv::ui
