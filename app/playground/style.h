// The theme as Dear ImGui's style.
#pragma once

#include "app/playground/theme.h"

namespace sqlenv::ui {

// Gives the current context the theme's style. Cheap enough for every frame.
void apply_style(const Palette& palette, float scale);

}  // namespace sqlenv::ui
