#include "app/playground/theme.h"

#include <algorithm>
#include <cmath>

namespace sqlenv::ui {
namespace {

constexpr Palette kLight = {
    .canvas = rgb(0xF3F4F8),
    .surface = rgb(0xFFFFFF),
    .raised = rgb(0xF1F3F8),
    .field = rgb(0xF7F8FB),
    .line = rgb(0xE4E7EE),
    .outline = rgb(0xCDD3DF),
    .text = rgb(0x161B28),
    .muted = rgb(0x596175),
    .accent = rgb(0x4453D6),
    .accent_hover = rgb(0x3744BA),
    .on_accent = rgb(0xFFFFFF),
    .accent_text = rgb(0x3B49C4),
    .accent_soft = rgb(0xECEEFD),
    .good = rgb(0x0C6E45),
    .good_soft = rgb(0xE3F5EB),
    .bad = rgb(0xB3302A),
    .bad_soft = rgb(0xFDECEA),
    .selection = rgb(0xDCE2FD),
    .code_keyword = rgb(0x3B49C4),
    .code_function = rgb(0x7A3E9D),
    .code_string = rgb(0x0C6E45),
    .code_number = rgb(0x9A4B0B),
    .code_comment = rgb(0x626A7D),
};

constexpr Palette kDark = {
    .canvas = rgb(0x0D1017),
    .surface = rgb(0x151A23),
    .raised = rgb(0x1E2531),
    .field = rgb(0x10141C),
    .line = rgb(0x242B38),
    .outline = rgb(0x384152),
    .text = rgb(0xE9ECF3),
    .muted = rgb(0x98A2B5),
    .accent = rgb(0x5262E3),
    .accent_hover = rgb(0x4755CF),
    .on_accent = rgb(0xFFFFFF),
    .accent_text = rgb(0xA3AEFF),
    .accent_soft = rgb(0x222A4D),
    .good = rgb(0x56CF97),
    .good_soft = rgb(0x12301F),
    .bad = rgb(0xFF948B),
    .bad_soft = rgb(0x3B1C1D),
    .selection = rgb(0x36417A),
    .code_keyword = rgb(0xA3AEFF),
    .code_function = rgb(0xD7A6F2),
    .code_string = rgb(0x7FD6A8),
    .code_number = rgb(0xF2B27A),
    .code_comment = rgb(0x8791A5),
};

std::uint8_t channel(float value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0f, 255.0f)));
}

double linear(std::uint8_t channel_value) {
  const double c = channel_value / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Color color) {
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

}  // namespace

const Palette& palette(ThemeKind kind) { return kind == ThemeKind::kLight ? kLight : kDark; }

Color faded(Color color, float alpha) {
  color.a = channel(static_cast<float>(color.a) * alpha);
  return color;
}

Color mixed(Color a, Color b, float t) {
  const auto mix = [t](std::uint8_t from, std::uint8_t to) {
    return channel(static_cast<float>(from) +
                   (static_cast<float>(to) - static_cast<float>(from)) * t);
  };
  return {mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b), mix(a.a, b.a)};
}

double contrast(Color a, Color b) {
  const double first = luminance(a) + 0.05;
  const double second = luminance(b) + 0.05;
  return std::max(first, second) / std::min(first, second);
}

const std::vector<TextPair>& text_pairs() {
  using P = Palette;
  static const std::vector<TextPair> pairs = {
      {"text on canvas", &P::text, &P::canvas},
      {"text on surface", &P::text, &P::surface},
      {"text on raised", &P::text, &P::raised},
      {"text on field", &P::text, &P::field},
      {"text on accent_soft", &P::text, &P::accent_soft},
      {"text on good_soft", &P::text, &P::good_soft},
      {"text on bad_soft", &P::text, &P::bad_soft},
      {"text on selection", &P::text, &P::selection},
      {"muted on canvas", &P::muted, &P::canvas},
      {"muted on surface", &P::muted, &P::surface},
      {"muted on raised", &P::muted, &P::raised},
      {"muted on field", &P::muted, &P::field},
      {"muted on accent_soft", &P::muted, &P::accent_soft},
      {"on_accent on accent", &P::on_accent, &P::accent},
      {"on_accent on accent_hover", &P::on_accent, &P::accent_hover},
      {"accent_text on surface", &P::accent_text, &P::surface},
      {"accent_text on raised", &P::accent_text, &P::raised},
      {"accent_text on accent_soft", &P::accent_text, &P::accent_soft},
      {"good on surface", &P::good, &P::surface},
      {"good on raised", &P::good, &P::raised},
      {"good on accent_soft", &P::good, &P::accent_soft},
      {"good on good_soft", &P::good, &P::good_soft},
      {"bad on surface", &P::bad, &P::surface},
      {"bad on raised", &P::bad, &P::raised},
      {"bad on accent_soft", &P::bad, &P::accent_soft},
      {"bad on bad_soft", &P::bad, &P::bad_soft},
      {"code_keyword on field", &P::code_keyword, &P::field},
      {"code_function on field", &P::code_function, &P::field},
      {"code_string on field", &P::code_string, &P::field},
      {"code_number on field", &P::code_number, &P::field},
      {"code_comment on field", &P::code_comment, &P::field},
      {"code_keyword on surface", &P::code_keyword, &P::surface},
      {"code_keyword on raised", &P::code_keyword, &P::raised},
      {"code_function on surface", &P::code_function, &P::surface},
      {"code_function on raised", &P::code_function, &P::raised},
      {"accent_text on field", &P::accent_text, &P::field},
      {"code_keyword on selection", &P::code_keyword, &P::selection},
      {"code_function on selection", &P::code_function, &P::selection},
      {"code_string on selection", &P::code_string, &P::selection},
      {"code_number on selection", &P::code_number, &P::selection},
  };
  return pairs;
}

}  // namespace sqlenv::ui
