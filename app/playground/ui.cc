#include "app/playground/ui.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace sqlenv::ui {
namespace {

constexpr ImGuiWindowFlags kFlowFlags =
    ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NavFlattened;

const char* begin_of(std::string_view text) { return text.data(); }
const char* end_of(std::string_view text) { return text.data() + text.size(); }

// The distance of lines in a paragraph, in parts of the font's line height.
float leading(FontRole role) { return std::floor(line_height(role) * 1.17f + 0.5f); }

void add_text(FontRole role, ImVec2 at, Color color, std::string_view text) {
  ImGui::GetWindowDrawList()->AddText(font(role), line_height(role), at, u32(color), begin_of(text),
                                      end_of(text));
}

// Moves the beginning of a word that is wider than a line to `out`, in pieces.
void break_word(FontRole role, std::string& line, float width, std::string& out) {
  while (line.size() > 1 && measure(role, line).x > width) {
    const char* rest = line.c_str();
    font(role)->CalcTextSizeA(line_height(role), width, 0, line.c_str(), line.c_str() + line.size(),
                              &rest);
    const auto taken = static_cast<std::size_t>(rest - line.c_str());
    if (taken == 0 || taken == line.size()) return;  // not even one character fits
    out += line.substr(0, taken) + "\n";
    line.erase(0, taken);
  }
}

// Enters an area into the snapshot, clipped to what the current window shows of it.
void add_to_snapshot(Ui& ui, std::string_view id, std::string_view label, const ImRect& area,
                     bool enabled, bool focused) {
  ImRect seen = area;
  seen.ClipWithFull(ImGui::GetCurrentWindow()->ClipRect);
  const bool visible = seen.GetWidth() >= 1 && seen.GetHeight() >= 1;
  const ImRect& shown = visible ? seen : area;
  ui.snapshot.add({std::string(id),
                   std::string(label),
                   {shown.Min.x, shown.Min.y, shown.GetWidth(), shown.GetHeight()},
                   enabled,
                   visible,
                   focused});
}

bool has_focus(ImGuiID id) {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  return id != 0 &&
         (context.ActiveId == id || (context.NavId == id && !context.NavDisableHighlight));
}

void note_focus(Ui& ui, ImGuiID id, const ImRect& area) {
  if (!has_focus(id) || ImGui::GetCurrentContext()->NavDisableHighlight) return;
  const ImGuiWindow& window = *ImGui::GetCurrentWindow();
  ui.focus = {window.DrawList, area.Min, area.Max, window.ClipRect.Min, window.ClipRect.Max};
}

}  // namespace

float Ui::px(float length) const { return std::floor(length * scale + 0.5f); }

void Ui::add_panel(const char* name, ImVec2 min, ImVec2 max) {
  ImRect area(min, max);
  area.ClipWithFull(ImRect(ImVec2(0, 0), ImGui::GetMainViewport()->Size));
  if (area.GetWidth() < px(kControlHeight) || area.GetHeight() < px(kControlHeight)) return;
  panels.push_back({name, area.Min, area.Max});
  menu = menu ||
         (ImGui::IsMouseClicked(ImGuiMouseButton_Right) && ImGui::IsMouseHoveringRect(min, max));
}

ImVec4 vec4(Color color) { return ImGui::ColorConvertU32ToFloat4(u32(color)); }

ImVec2 measure(FontRole role, std::string_view text, float wrap) {
  if (wrap > 0) {
    const std::string lines = in_lines(role, text, wrap);
    const auto count = static_cast<float>(std::count(lines.begin(), lines.end(), '\n'));
    return ImVec2(measure(role, lines).x, line_height(role) + count * leading(role));
  }
  return font(role)->CalcTextSizeA(line_height(role), FLT_MAX, 0, begin_of(text), end_of(text));
}

std::string in_lines(FontRole role, std::string_view text, float width) {
  std::string out;
  std::string line;
  const auto end_line = [&] {
    out += line + "\n";
    line.clear();
  };
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(" \n");
    const std::string_view word = text.substr(0, end);
    const std::string longer = line.empty() ? std::string(word) : line + " " + std::string(word);
    if (!line.empty() && measure(role, longer).x > width) {
      end_line();
      line = word;
    } else {
      line = longer;
    }
    break_word(role, line, width, out);
    if (end == std::string_view::npos) break;
    if (text[end] == '\n') end_line();
    text.remove_prefix(end + 1);
  }
  return out + line;
}

std::string fitted(FontRole role, std::string_view text, float width) {
  if (measure(role, text).x <= width) return std::string(text);
  const float room = width - measure(role, "…").x;
  if (room <= 0) return "…";
  const char* rest = begin_of(text);
  font(role)->CalcTextSizeA(line_height(role), room, 0, begin_of(text), end_of(text), &rest);
  return std::string(begin_of(text), rest) + "…";
}

void paint_text(Ui& ui, ImVec2 at, FontRole role, Color color, std::string_view text, float wrap) {
  if (text.empty()) return;
  ui.snapshot.add_text(text);
  // ImGui's fields round halves up, too; so neighbours have one baseline.
  ImVec2 place(std::floor(at.x + 0.5f), std::ceil(at.y - 0.5f));
  if (wrap <= 0) return add_text(role, place, color, text);
  const std::string lines = in_lines(role, text, wrap);
  for (std::string_view rest = lines; !rest.empty(); place.y += leading(role)) {
    const std::size_t end = rest.find('\n');
    add_text(role, place, color, rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
}

void paint_line(Ui& ui, float x, float middle, FontRole role, Color color, std::string_view text,
                Align align) {
  const ImVec2 size = measure(role, text);
  const float part = align == Align::kLeft ? 0 : align == Align::kMiddle ? 0.5f : 1;
  paint_text(ui, ImVec2(x - part * size.x, middle - size.y / 2), role, color, text);
}

void text(Ui& ui, FontRole role, Color color, std::string_view text) {
  paint_text(ui, ImGui::GetCursorScreenPos(), role, color, text);
  ImGui::Dummy(ImVec2(measure(role, text).x, line_height(role)));
}

void wrapped_text(Ui& ui, FontRole role, Color color, std::string_view text, float width) {
  const float wrap = width > 0 ? width : content_width();
  paint_text(ui, ImGui::GetCursorScreenPos(), role, color, text, wrap);
  ImGui::Dummy(measure(role, text, wrap));
}

void gap(Ui& ui, float length) { ImGui::Dummy(ImVec2(1, ui.px(length))); }

void fill(ImVec2 min, ImVec2 max, Color color, float rounding) {
  ImGui::GetWindowDrawList()->AddRectFilled(min, max, u32(color), rounding);
}

void frame(ImVec2 min, ImVec2 max, Color color, float rounding, float thickness) {
  ImGui::GetWindowDrawList()->AddRect(min, max, u32(color), rounding, 0, thickness);
}

void hairline(Ui& ui) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  fill(at, ImVec2(at.x + content_width(), at.y + 1), ui.color.line);
  ImGui::Dummy(ImVec2(1, 1));
}

Press press(Ui& ui, std::string_view id, std::string_view label, ImVec2 size, bool enabled) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  Press result;
  result.min = window->DC.CursorPos;
  result.max = ImVec2(result.min.x + size.x, result.min.y + size.y);
  result.enabled = enabled;
  const ImRect area(result.min, result.max);
  const ImGuiID item = window->GetID(begin_of(id), end_of(id));
  ImGui::BeginDisabled(!enabled);
  ImGui::ItemSize(size);
  if (ImGui::ItemAdd(area, item)) {
    result.pressed = ImGui::ButtonBehavior(area, item, &result.hovered, &result.held);
    if (result.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    note_focus(ui, item, area);
  }
  ImGui::EndDisabled();
  add_to_snapshot(ui, id, label, area, enabled, has_focus(item));
  return result;
}

void paint_focus_ring(Ui& ui) {
  const FocusRing& ring = ui.focus;
  if (ring.list == nullptr) return;
  ring.list->PushClipRect(ring.clip_min, ring.clip_max);
  ring.list->AddRect(ring.min, ring.max, u32(ui.color.accent_text), ui.px(kControlRounding), 0,
                     ui.px(2));
  ring.list->PopClipRect();
}

void mark_item(Ui& ui, std::string_view id, std::string_view label, bool enabled) {
  const ImGuiLastItemData& item = ImGui::GetCurrentContext()->LastItemData;
  add_to_snapshot(ui, id, label, item.Rect, enabled, has_focus(item.ID));
}

void mark_area(Ui& ui, std::string_view id, std::string_view label, ImVec2 min, ImVec2 max,
               bool enabled, bool focused) {
  add_to_snapshot(ui, id, label, ImRect(min, max), enabled, focused);
}

void tooltip(Ui& ui, std::string_view text) {
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip | ImGuiHoveredFlags_AllowWhenDisabled))
    return;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(kControlRounding));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(11), ui.px(8)));
  if (ImGui::BeginTooltip()) {
    wrapped_text(ui, FontRole::kCaption, ui.color.text, text,
                 std::min(measure(FontRole::kCaption, text).x + 1, ui.px(320)));
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar(2);
}

void begin_card(Ui& ui, const char* id, ImVec2 size) {
  ImGuiChildFlags flags = ImGuiChildFlags_Border;
  if (size.y == 0) flags |= ImGuiChildFlags_AutoResizeY;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding,
                      ImVec2(ui.px(space::kLarge), ui.px(space::kLarge)));
  ImGui::PushStyleColor(ImGuiCol_ChildBg, vec4(ui.color.surface));
  ImGui::BeginChild(id, size, flags,
                    kFlowFlags | ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  const ImRect area = ImGui::GetCurrentWindow()->Rect();
  ui.add_panel(id, area.Min, area.Max);
}

void end_card() { ImGui::EndChild(); }

float content_width() { return std::max(1.0f, ImGui::GetContentRegionAvail().x); }
float content_height() { return std::max(1.0f, ImGui::GetContentRegionAvail().y); }

void begin_scroll(Ui& ui, const char* id, ImVec2 size, Scrollbar scrollbar) {
  if (scrollbar == Scrollbar::kInGutter) {
    ImGui::SetNextWindowContentSize(ImVec2(size.x, 0));
    size.x += ui.px(space::kMedium);
  }
  ImGui::PushStyleColor(ImGuiCol_ChildBg, vec4(faded(ui.color.surface, 0)));
  const auto flags = size.y == 0 ? ImGuiChildFlags_AutoResizeY : ImGuiChildFlags_None;
  ImGui::BeginChild(id, size, flags, kFlowFlags);
  ImGui::PopStyleColor();
}

void end_scroll() { ImGui::EndChild(); }

}  // namespace sqlenv::ui
