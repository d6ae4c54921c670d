// The fonts of the interface by their role. load_fonts() (playground.h) fills the current ImGui
// context's atlas with one font a role, in this order.
//
// Sizes are ems in logical pixels, as in a browser; Dear ImGui's own sizes are line heights.
#pragma once

#include <imgui.h>

namespace sqlenv::ui {

enum class FontRole {
  kBody,     // Inter 14
  kStrong,   // Inter SemiBold 14
  kCaption,  // Inter 12.5
  kLabel,    // Inter SemiBold 12
  kHeading,  // Inter SemiBold 19
  kMono,     // JetBrains Mono 13
};
inline constexpr int kFontRoles = 6;

// ImGui's default font if load_fonts() was not called.
ImFont* font(FontRole role);

// Height of a line in logical pixels.
float line_height(FontRole role);

// The user's magnification that the fonts were loaded with.
float font_scale();

}  // namespace sqlenv::ui
