// Theme: the interface's colours, type scale and spacing, in one place.
//
// Plain data without Dear ImGui, so that tests can hold the palettes to their promise: every pair
// of text_pairs() has a contrast of at least 4.5:1 (WCAG 2.1, level AA). One accent colour; green
// and red mean right and wrong and never stand alone, a sign or a word says the same. Lengths are
// logical pixels before the user's magnification.
#pragma once

#include <cstdint>
#include <vector>

#include "app/playground/playground.h"

namespace sqlenv::ui {

struct Color {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;

  friend bool operator==(const Color&, const Color&) = default;
};

// 0xRRGGBB.
constexpr Color rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8),
          static_cast<std::uint8_t>(hex)};
}

// `color` with its opacity multiplied by `alpha`, 0 to 1.
Color faded(Color color, float alpha);

// The colour between `a` (t = 0) and `b` (t = 1).
Color mixed(Color a, Color b, float t);

struct Palette {
  Color canvas;   // behind the cards
  Color surface;  // of cards, the header and popups
  Color raised;   // a row or control under the pointer
  Color field;    // text fields, code and table heads
  Color line;     // hairlines and the borders of cards
  Color outline;  // the borders of controls
  Color text;
  Color muted;   // secondary text, and whatever is not explored yet
  Color accent;  // fill of the main button and of what is chosen
  Color accent_hover;
  Color on_accent;
  Color accent_text;  // links and marks on a surface
  Color accent_soft;  // behind what is chosen
  Color good;
  Color good_soft;
  Color bad;
  Color bad_soft;
  Color selection;  // behind selected text
  Color code_keyword;
  Color code_function;
  Color code_string;
  Color code_number;
  Color code_comment;
};

const Palette& palette(ThemeKind kind);

// A foreground that is drawn as text on a background.
struct TextPair {
  const char* name;
  Color Palette::*text;
  Color Palette::*background;
};
const std::vector<TextPair>& text_pairs();

// The contrast ratio of WCAG 2.1, from 1 to 21. Both colours are taken as opaque.
double contrast(Color a, Color b);

// Spacing on a grid of four.
namespace space {
inline constexpr float kHair = 1;
inline constexpr float kTiny = 4;
inline constexpr float kSmall = 8;
inline constexpr float kMedium = 12;
inline constexpr float kLarge = 16;
inline constexpr float kHuge = 24;
}  // namespace space

inline constexpr float kCardRounding = 12;
inline constexpr float kControlRounding = 8;
inline constexpr float kChipRounding = 6;
inline constexpr float kControlHeight = 34;
inline constexpr float kTouchHeight = 42;  // where fingers are likely: narrow windows
inline constexpr float kHeaderHeight = 60;

}  // namespace sqlenv::ui
