#include "app/playground/fonts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include <fonts.h>
#include "app/playground/playground.h"

namespace sqlenv::ui {
namespace {

// Line height over em: ascent plus descent in the fonts' own tables.
constexpr float kInterLine = 2478.0f / 2048.0f;
constexpr float kMonoLine = 1320.0f / 1000.0f;

// The atlas has an integer for the user: the magnification in these parts.
constexpr float kScaleUnit = 4096;

enum class Coverage { kAll, kLatin };

struct Face {
  const fonts::Font* file;
  float em;
  float line;
  Coverage coverage;
};

const std::array<Face, kFontRoles>& faces() {
  static const std::array<Face, kFontRoles> all = {{
      {&fonts::kInterRegular, 14.0f, kInterLine, Coverage::kAll},
      {&fonts::kInterSemiBold, 14.0f, kInterLine, Coverage::kLatin},
      {&fonts::kInterRegular, 12.5f, kInterLine, Coverage::kLatin},
      {&fonts::kInterSemiBold, 12.0f, kInterLine, Coverage::kLatin},
      {&fonts::kInterSemiBold, 19.0f, kInterLine, Coverage::kAll},
      {&fonts::kJetBrainsMono, 13.0f, kMonoLine, Coverage::kAll},
  }};
  return all;
}

// The characters that the embedded fonts were reduced to.
const ImWchar* glyph_ranges(Coverage coverage) {
  static const ImWchar all[] = {0x0020, 0x007E, 0x00A0, 0x024F, 0x0370, 0x03FF, 0x0400, 0x052F,
                                0x1E80, 0x1E9E, 0x2010, 0x205E, 0x2070, 0x209C, 0x20A0, 0x20BF,
                                0x2100, 0x215F, 0x2190, 0x21FF, 0x2200, 0x2265, 0x2318, 0x2327,
                                0x232B, 0x232B, 0x23CE, 0x23CF, 0x2500, 0x25FF, 0x2605, 0x2606,
                                0x2713, 0x2718, 0xFFFD, 0xFFFD, 0};
  static const ImWchar latin[] = {0x0020, 0x007E, 0x00A0, 0x017F, 0x2010, 0x2026, 0x20AC, 0x20AC,
                                  0x2190, 0x2193, 0x2212, 0x2212, 0xFFFD, 0xFFFD, 0};
  return coverage == Coverage::kAll ? all : latin;
}

void add_face(ImFontAtlas& atlas, const Face& face, float pixel_ratio, float scale) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;  // the bytes are part of the program
  config.OversampleH = pixel_ratio >= 1.75f ? 1 : 2;
  config.OversampleV = 1;
  config.EllipsisChar = 0x2026;
  config.GlyphRanges = glyph_ranges(face.coverage);
  // Dear ImGui only reads the bytes, but takes them as writable.
  // It also cuts sizes down to whole pixels, where the nearest is better.
  atlas.AddFontFromMemoryTTF(const_cast<unsigned char*>(face.file->data),
                             static_cast<int>(face.file->size),
                             std::round(face.em * face.line * scale * pixel_ratio), &config);
}

}  // namespace

ImFont* font(FontRole role) {
  const ImVector<ImFont*>& loaded = ImGui::GetIO().Fonts->Fonts;
  const int index = static_cast<int>(role);
  return loaded.Size == kFontRoles ? loaded[index] : ImGui::GetFont();
}

float line_height(FontRole role) { return font(role)->FontSize * ImGui::GetIO().FontGlobalScale; }

float font_scale() {
  const auto stored = reinterpret_cast<std::intptr_t>(ImGui::GetIO().Fonts->UserData);
  return stored == 0 ? 1.0f : static_cast<float>(stored) / kScaleUnit;
}

void load_fonts(float pixel_ratio, float scale) {
  const float ratio = std::clamp(pixel_ratio, 0.25f, 8.0f);
  const float magnification = std::clamp(scale, 0.5f, 4.0f);
  ImGuiIO& io = ImGui::GetIO();
  io.Fonts->Clear();
  io.Fonts->Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  for (const Face& face : faces()) add_face(*io.Fonts, face, ratio, magnification);
  io.Fonts->Build();
  io.Fonts->UserData =
      reinterpret_cast<void*>(static_cast<std::intptr_t>(magnification * kScaleUnit));
  io.FontGlobalScale = 1.0f / ratio;
  io.FontDefault = nullptr;
}

}  // namespace sqlenv::ui
