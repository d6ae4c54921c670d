#include "app/playground/style.h"

#include <imgui_internal.h>

#include <initializer_list>
#include <utility>

#include "app/playground/ui.h"

namespace sqlenv::ui {
namespace {

using StyleColor = std::pair<ImGuiCol_, Color>;

void set_colors(ImGuiStyle& style, const Palette& p) {
  const Color none = faded(p.surface, 0);
  for (const auto& [slot, color] : std::initializer_list<StyleColor>{
           {ImGuiCol_Text, p.text},
           {ImGuiCol_TextDisabled, p.muted},
           {ImGuiCol_WindowBg, p.canvas},
           {ImGuiCol_ChildBg, none},
           {ImGuiCol_PopupBg, p.surface},
           {ImGuiCol_Border, p.line},
           {ImGuiCol_BorderShadow, none},
           {ImGuiCol_FrameBg, p.field},
           {ImGuiCol_FrameBgHovered, p.field},
           {ImGuiCol_FrameBgActive, p.field},
           {ImGuiCol_ScrollbarBg, none},
           {ImGuiCol_ScrollbarGrab, p.outline},
           {ImGuiCol_ScrollbarGrabHovered, p.muted},
           {ImGuiCol_ScrollbarGrabActive, p.muted},
           {ImGuiCol_Header, p.accent_soft},
           {ImGuiCol_HeaderHovered, p.raised},
           {ImGuiCol_HeaderActive, p.accent_soft},
           {ImGuiCol_Separator, p.line},
           {ImGuiCol_SeparatorHovered, p.accent},
           {ImGuiCol_SeparatorActive, p.accent},
           {ImGuiCol_TableHeaderBg, p.field},
           {ImGuiCol_TableBorderStrong, none},
           {ImGuiCol_TableBorderLight, p.line},
           {ImGuiCol_TableRowBg, none},
           {ImGuiCol_TableRowBgAlt, none},
           {ImGuiCol_TextSelectedBg, p.selection},
           // Controls paint their own ring; ImGui's would only double it.
           {ImGuiCol_NavHighlight, none},
           {ImGuiCol_NavWindowingHighlight, none},
           {ImGuiCol_NavWindowingDimBg, none},
           {ImGuiCol_ModalWindowDimBg, faded(p.canvas, 0.6f)},
       })
    style.Colors[slot] = vec4(color);
}

}  // namespace

void apply_style(const Palette& palette, float scale) {
  ImGuiStyle& style = ImGui::GetStyle();
  set_colors(style, palette);
  style.WindowPadding = ImVec2(8 * scale, 8 * scale);
  style.WindowBorderSize = 0;
  style.WindowRounding = 0;
  style.WindowMinSize = ImVec2(1, 1);
  style.ChildRounding = kCardRounding * scale;
  style.ChildBorderSize = 1;
  style.PopupRounding = 10 * scale;
  style.PopupBorderSize = 1;
  style.FramePadding = ImVec2(12 * scale, 10 * scale);
  style.FrameRounding = kControlRounding * scale;
  style.FrameBorderSize = 1;
  style.ItemSpacing = ImVec2(0, 0);
  style.ItemInnerSpacing = ImVec2(0, 0);
  style.CellPadding = ImVec2(10 * scale, 0);
  style.ScrollbarSize = 10 * scale;
  style.ScrollbarRounding = 5 * scale;
  style.GrabMinSize = 24 * scale;
  style.DisabledAlpha = 1;  // disabled controls have colours of their own
  style.AntiAliasedLinesUseTex = true;
  style.HoverDelayShort = 0.35f;
  style.CurveTessellationTol = 0.5f;
  style.CircleTessellationMaxError = 0.15f;
  // One window fills everything, so there is nothing to switch to by Ctrl+Tab.
  ImGui::GetCurrentContext()->ConfigNavWindowingKeyNext = 0;
  ImGui::GetCurrentContext()->ConfigNavWindowingKeyPrev = 0;
}

}  // namespace sqlenv::ui
