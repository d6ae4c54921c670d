#include "app/desktop/dialog_parts.h"

#include <imgui_stdlib.h>

#include <algorithm>
#include <cfloat>

#include "app/playground/widgets.h"

namespace sqlenv::desktop {
namespace {

using namespace ui;

constexpr float kWidth = 460;
constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings |
                                    ImGuiWindowFlags_AlwaysAutoResize;

}  // namespace

float dialog_width(const Ui& ui) {
  return std::min(ui.px(kWidth), ImGui::GetMainViewport()->Size.x - ui.px(72));
}

bool begin_dialog(Ui& ui, const char* name) {
  ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Always,
                          ImVec2(0.5f, 0.5f));
  // What is higher than the window scrolls.
  ImGui::SetNextWindowSizeConstraints(
      ImVec2(0, 0), ImVec2(FLT_MAX, ImGui::GetMainViewport()->Size.y - ui.px(space::kMedium)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding,
                      ImVec2(ui.px(space::kHuge), ui.px(space::kHuge)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(kCardRounding));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  const bool open = ImGui::BeginPopupModal(name, nullptr, kFlags);
  if (!open) ImGui::PopStyleVar(3);
  return open;
}

void end_dialog() {
  ImGui::EndPopup();
  ImGui::PopStyleVar(3);
}

bool field(Ui& ui, const Field& spec, std::string& text) {
  ImGui::PushFont(font(FontRole::kMono));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, vec4(ui.color.field));
  ImGui::PushStyleColor(ImGuiCol_Border, vec4(ui.color.outline));
  const float padding = (ui.control_height() - line_height(FontRole::kMono)) / 2;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.px(12), padding));
  ImGui::SetNextItemWidth(dialog_width(ui));
  const bool enter =
      ImGui::InputTextWithHint((std::string("##") + spec.id).c_str(), spec.hint, &text,
                               spec.flags | ImGuiInputTextFlags_EnterReturnsTrue);
  mark_item(ui, spec.id, spec.label);
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(2);
  ImGui::PopFont();
  return enter;
}

void refusal_box(Ui& ui, const char* id, const std::string& why) {
  const float width = dialog_width(ui);
  const float height = warning_box(ui, id, why, ImGui::GetCursorScreenPos(), width);
  ImGui::Dummy(ImVec2(width, height));
}

}  // namespace sqlenv::desktop
