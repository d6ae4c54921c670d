// Layout: the places of the panels in a window of a given size. Pure arithmetic, in logical pixels.
//
// Three columns fill a wide window: the database, the work, the reward. A narrower one has two, and
// one that is as narrow as a phone has everything in one column that scrolls.
#pragma once

namespace sqlenv::ui {

enum class LayoutKind { kOneColumn, kTwoColumns, kThreeColumns };

struct Layout {
  LayoutKind kind = LayoutKind::kThreeColumns;
  float margin = 0;  // around and between the columns
  float left = 0;    // widths of the columns; 0 where there is none
  float middle = 0;
  float right = 0;
};

// `width` is that of the window, divided by the user's magnification.
Layout layout_for(float width);

// Heights of the action panel and the verdict in a column that has `height` for the work below the
// question. The result gets the rest.
float action_height(float height);
float verdict_height(float height);

// No result is lower than this; a column without the room scrolls instead.
inline constexpr float kLeastResult = 190;

}  // namespace sqlenv::ui
