// The controls that panels are made of: buttons, choices, badges and the like.
//
// Each takes the name under which tests and agents know it; the same text is its ImGui id.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/playground/icons.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

// kQuiet is for rows, in which many buttons are below each other.
enum class ButtonKind { kPrimary, kSecondary, kGhost, kQuiet };

struct Button {
  std::string_view id;
  std::string_view label;
  ButtonKind kind = ButtonKind::kSecondary;
  Icon icon = Icon::kNone;
  bool enabled = true;
  float width = 0;       // 0: as wide as its label
  bool compact = false;  // for rows and card heads
  bool icon_last = false;
};
float button_width(const Ui& ui, const Button& spec);
bool button(Ui& ui, const Button& spec);

// A square with an icon alone; `label` is its tooltip.
bool icon_button(Ui& ui, std::string_view id, Icon icon, std::string_view label,
                 bool enabled = true);

enum class Tone { kNeutral, kAccent, kGood, kBad };
Color tone_text(const Ui& ui, Tone tone);
Color tone_soft(const Ui& ui, Tone tone);

// Paints a small rounded label, vertically centred on `left_middle`.
float badge_width(const Ui& ui, std::string_view label);
void paint_badge(Ui& ui, ImVec2 left_middle, std::string_view label, Tone tone);

// Draws the head of a card: its title, and a quiet remark at the right edge.
void card_title(Ui& ui, std::string_view title, std::string_view remark = "");

// Draws a quiet upper-case label above what it names.
void overline(Ui& ui, std::string_view label);

// A row of equal choices of which one is chosen. Returns the one pressed, or -1.
struct Segment {
  std::string_view id;
  std::string_view label;
  std::string_view tooltip;
};
int segmented(Ui& ui, const std::vector<Segment>& segments, int chosen, bool enabled, float width);

// A rounded choice, as wide as its label. REQUIRES: `id` differs from its neighbours'.
bool chip(Ui& ui, std::string_view id, std::string_view label, bool chosen, bool enabled);
float chip_width(const Ui& ui, std::string_view label);

// Paints a box with a warning at `min`. The last `right` of `width` is left to the caller. Returns
// its height; the cursor stays.
float warning_box(Ui& ui, const char* id, const std::string& why, ImVec2 min, float width,
                  float right = 0);

// Paints how much of a budget is spent as a row of marks, or as a bar if there are too many.
void budget_marks(Ui& ui, ImVec2 at, float width, int spent, int total);

}  // namespace sqlenv::ui
