#include "app/playground/dropdown.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/playground/widgets.h"

namespace sqlenv::ui {
namespace {

// Paints the closed dropdown: its name before the value or, in a narrow window, above it.
void paint_dropdown_face(Ui& ui, const Press& area, std::string_view name, std::string_view value) {
  const float rounding = ui.px(kControlRounding);
  fill(area.min, area.max, area.hovered ? ui.color.raised : ui.color.surface, rounding);
  frame(area.min, area.max, ui.color.outline, rounding);
  const float middle = (area.min.y + area.max.y) / 2;
  const float chevron = area.max.x - ui.px(ui.narrow ? 14 : 18);
  const ImVec2 at = field_label(ui, area.min, area.max, name);
  paint_text(ui, at, FontRole::kStrong, ui.color.text,
             fitted(FontRole::kStrong, value, chevron - ui.px(8) - at.x));
  paint_icon(ui, Icon::kChevronDown, ImVec2(chevron, middle), ui.px(12), ui.color.muted);
}

bool option_row(Ui& ui, const std::string& id, const Option& option, bool chosen, float width) {
  const float height = ui.px(ui.narrow ? 40 : 32);
  const Press row = press(ui, id, option.label, ImVec2(width, height));
  if (row.hovered) fill(row.min, row.max, ui.color.raised, ui.px(kChipRounding));
  paint_text(
      ui, ImVec2(row.min.x + ui.px(10), (row.min.y + row.max.y - line_height(FontRole::kBody)) / 2),
      chosen ? FontRole::kStrong : FontRole::kBody, chosen ? ui.color.accent_text : ui.color.text,
      fitted(FontRole::kStrong, option.label, width - ui.px(44)));
  if (chosen)
    paint_icon(ui, Icon::kCheck, ImVec2(row.max.x - ui.px(18), (row.min.y + row.max.y) / 2),
               ui.px(14), ui.color.accent_text);
  return row.pressed;
}

float list_width(const Ui& ui, const Dropdown& spec, float at_least) {
  float widest = 0;
  for (const Option& option : spec.options)
    widest = std::max(widest, measure(FontRole::kStrong, option.label).x);
  const float room = ImGui::GetMainViewport()->Size.x - ui.px(48);
  return std::min(std::max(at_least - ui.px(12), widest + ui.px(60)), room);
}

// Places the list below its button, inside the window whatever its size.
void place_list(const Ui& ui, const Press& area, float width) {
  const ImVec2 window = ImGui::GetMainViewport()->Size;
  const float x = std::min(area.min.x, window.x - width - ui.px(20));
  const float y = area.max.y + ui.px(4);
  ImGui::SetNextWindowPos(ImVec2(std::max(0.0f, x), y), ImGuiCond_Always);
  ImGui::SetNextWindowSizeConstraints(
      ImVec2(0, 0), ImVec2(FLT_MAX, std::max(ui.px(120), window.y - y - ui.px(12))));
}

int option_list(Ui& ui, const Dropdown& spec, float width) {
  int picked = -1;
  for (int i = 0; i < static_cast<int>(spec.options.size()); ++i) {
    const Option& option = spec.options[static_cast<std::size_t>(i)];
    const std::string id = std::string(spec.id) + "." + option.id;
    if (!option_row(ui, id, option, i == spec.chosen, width)) continue;
    picked = i;
    ImGui::CloseCurrentPopup();
  }
  return picked;
}

}  // namespace

ImVec2 field_label(Ui& ui, ImVec2 min, ImVec2 max, std::string_view name) {
  const ImVec2 size = measure(FontRole::kCaption, name);
  const float value = line_height(FontRole::kStrong);
  const float middle = (min.y + max.y) / 2;
  if (ui.narrow) {
    const ImVec2 at(min.x + ui.px(10), std::floor(middle - (size.y + value) / 2));
    paint_text(ui, at, FontRole::kCaption, ui.color.muted, name);
    return ImVec2(at.x, at.y + size.y);
  }
  const float x = min.x + ui.px(12);
  paint_text(ui, ImVec2(x, middle - size.y / 2), FontRole::kCaption, ui.color.muted, name);
  return ImVec2(x + (name.empty() ? 0 : size.x + ui.px(8)), std::floor(middle - value / 2));
}

int dropdown(Ui& ui, const Dropdown& spec) {
  std::string_view value;
  if (!spec.options.empty()) value = spec.options[static_cast<std::size_t>(spec.chosen)].label;
  const std::string label = std::string(spec.name) + ": " + std::string(value);
  const Press area = press(ui, spec.id, label, ImVec2(spec.width, ui.control_height()));
  // Without room for both, the value alone is shown.
  const bool named = ui.narrow || spec.width > measure(FontRole::kCaption, spec.name).x +
                                                   measure(FontRole::kStrong, value).x + ui.px(52);
  if (!named) tooltip(ui, spec.name);
  paint_dropdown_face(ui, area, named ? spec.name : "", value);

  const std::string popup = std::string(spec.id) + "##list";
  if (area.pressed) ImGui::OpenPopup(popup.c_str());
  const float width = list_width(ui, spec, spec.width);
  place_list(ui, area, width);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(6), ui.px(6)));
  int picked = -1;
  if (ImGui::BeginPopup(popup.c_str(), ImGuiWindowFlags_NoMove)) {
    picked = option_list(ui, spec, width);
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
  return picked;
}

}  // namespace sqlenv::ui
