// Ui: what every panel needs to draw one frame, and the primitives they all draw with.
//
// A Ui lives for one frame. Everything is painted with these functions, so that colours, fonts and
// spacing come from the theme, and the snapshot knows every control and text.
#pragma once

#include <imgui.h>

#include <string>
#include <string_view>
#include <vector>

#include "app/playground/fonts.h"
#include "app/playground/snapshot.h"
#include "app/playground/theme.h"

namespace sqlenv::ui {

// The ring around the control that has the keyboard: painted last, over the control's own face.
struct FocusRing {
  ImDrawList* list = nullptr;  // null: no control has it
  ImVec2 min;
  ImVec2 max;
  ImVec2 clip_min;
  ImVec2 clip_max;
};

// A card of this frame, of which a picture can be taken.
struct PanelArea {
  const char* name;
  ImVec2 min;
  ImVec2 max;
};

struct Ui {
  const Palette& color;
  Snapshot& snapshot;
  float scale = 1;      // the user's magnification
  float moved = 1;      // the way of what moves after a change, 0 to 1
  bool narrow = false;  // one column: fingers are likely
  FocusRing focus;
  std::vector<PanelArea> panels;
  bool menu = false;  // a panel was pressed with the right button

  void add_panel(const char* name, ImVec2 min, ImVec2 max);

  // Magnifies a length of the theme to whole pixels.
  float px(float length) const;
  float control_height() const { return px(narrow ? kTouchHeight : kControlHeight); }
  float compact_height() const { return px(narrow ? 34 : 26); }  // in rows and card heads
};

inline ImU32 u32(Color c) { return IM_COL32(c.r, c.g, c.b, c.a); }
ImVec4 vec4(Color color);

// Text
// ----------------------------------------------------------------------------------------------

// `wrap` is a width to break lines at, 0 for none.
ImVec2 measure(FontRole role, std::string_view text, float wrap = 0);

// `text` with line breaks in place of blanks, so that no line is wider than `width`. Breaks inside
// words only where one alone is too wide.
std::string in_lines(FontRole role, std::string_view text, float width);

// `text` if it fits, else its beginning and an ellipsis.
std::string fitted(FontRole role, std::string_view text, float width);

// Paints text at a place of the window, without moving the cursor.
void paint_text(Ui& ui, ImVec2 at, FontRole role, Color color, std::string_view text,
                float wrap = 0);

// Paints a line of text with its left end, middle or right end at `x`, vertically centred on
// `middle`.
enum class Align { kLeft, kMiddle, kRight };
void paint_line(Ui& ui, float x, float middle, FontRole role, Color color, std::string_view text,
                Align align = Align::kLeft);

// Draws text in the flow of the window.
void text(Ui& ui, FontRole role, Color color, std::string_view text);
void wrapped_text(Ui& ui, FontRole role, Color color, std::string_view text, float width = 0);

// Empty space below what was drawn before, as high as the theme's length.
void gap(Ui& ui, float length);

// Shapes
// --------------------------------------------------------------------------------------------

void fill(ImVec2 min, ImVec2 max, Color color, float rounding = 0);
void frame(ImVec2 min, ImVec2 max, Color color, float rounding = 0, float thickness = 1);
void hairline(Ui& ui);  // across the content region, in the flow

// Controls
// ------------------------------------------------------------------------------------------

// A place that can be pressed with the mouse, a finger or the keyboard. Draws nothing but the focus
// ring; enters the snapshot under `id`.
struct Press {
  ImVec2 min;
  ImVec2 max;
  bool hovered = false;
  bool held = false;
  bool pressed = false;
  bool enabled = true;
};
Press press(Ui& ui, std::string_view id, std::string_view label, ImVec2 size, bool enabled = true);

// REQUIRES: all controls of the frame are drawn.
void paint_focus_ring(Ui& ui);

// Enters the last ImGui item into the snapshot.
void mark_item(Ui& ui, std::string_view id, std::string_view label, bool enabled = true);

// Enters a place that is no ImGui item, such as a card or a region of rows.
void mark_area(Ui& ui, std::string_view id, std::string_view label, ImVec2 min, ImVec2 max,
               bool enabled = true, bool focused = false);

// Shown when the pointer rests on the last item.
void tooltip(Ui& ui, std::string_view text);

// Cards and regions
// ---------------------------------------------------------------------------------

// A rounded surface with padding. Height 0: as high as its contents. Between begin and end the
// cursor flows inside; content_width() is what there is to fill.
void begin_card(Ui& ui, const char* id, ImVec2 size);
void end_card();
float content_width();
float content_height();

// A region that scrolls by itself, without a surface. One with a gutter keeps its width when its
// scrollbar appears, which then stands in the margin or padding to the right of it. Height 0: as
// high as its contents, and nothing to scroll.
enum class Scrollbar { kInside, kInGutter };
void begin_scroll(Ui& ui, const char* id, ImVec2 size, Scrollbar scrollbar = Scrollbar::kInside);
void end_scroll();

}  // namespace sqlenv::ui
