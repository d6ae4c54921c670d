#include "app/playground/fonts.h"

#include <gtest/gtest.h>

#include "app/playground/playground.h"

namespace sqlenv::ui {
namespace {

class Fonts : public ::testing::Test {
 protected:
  void SetUp() override { context_ = ImGui::CreateContext(); }
  void TearDown() override { ImGui::DestroyContext(context_); }

  float width_of(FontRole role, const char* text) const {
    return font(role)->CalcTextSizeA(line_height(role), FLT_MAX, 0, text).x;
  }

  ImGuiContext* context_ = nullptr;
};

TEST_F(Fonts, KeepTheirLogicalSizeAtAnyPixelRatio) {
  load_fonts(1);
  const float body = line_height(FontRole::kBody);
  const float width = width_of(FontRole::kBody, "For how many vocalists?");
  for (const float ratio : {1.25f, 1.5f, 2.0f, 3.0f}) {
    load_fonts(ratio);
    EXPECT_NEAR(line_height(FontRole::kBody), body, 0.5f) << ratio;
    EXPECT_NEAR(width_of(FontRole::kBody, "For how many vocalists?"), width, width * 0.04f)
        << ratio;
    EXPECT_EQ(font_scale(), 1.0f) << ratio;
  }
}

TEST_F(Fonts, AreRasterisedForTheDevicesPixels) {
  load_fonts(1);
  const float once = font(FontRole::kMono)->FontSize;
  load_fonts(2);
  EXPECT_NEAR(font(FontRole::kMono)->FontSize, 2 * once, 1.0f);
}

TEST_F(Fonts, GrowWithTheUsersMagnification) {
  load_fonts(1, 1);
  const float body = line_height(FontRole::kBody);
  for (const float scale : {0.8f, 1.5f, 2.5f}) {
    load_fonts(1.25f, scale);
    EXPECT_NEAR(font_scale(), scale, 0.001f);
    EXPECT_NEAR(line_height(FontRole::kBody), body * scale, 0.6f);
  }
}

TEST_F(Fonts, HoldTheLettersThatDataUses) {
  load_fonts(1);
  for (const FontRole role : {FontRole::kBody, FontRole::kHeading, FontRole::kMono})
    for (const int letter : {0x41, 0xE9, 0x11F, 0x3A9, 0x416, 0x2212, 0x2026, 0x2192})
      EXPECT_NE(font(role)->FindGlyphNoFallback(static_cast<ImWchar>(letter)), nullptr)
          << static_cast<int>(role) << " lacks " << letter;
}

TEST_F(Fonts, MonospacedLettersAreEquallyWide) {
  load_fonts(1);
  for (const char* text : {"iiii", "WWWW", "0000", "é_−|"})
    EXPECT_NEAR(width_of(FontRole::kMono, text), width_of(FontRole::kMono, "nnnn"), 0.01f) << text;
}

}  // namespace
}  // namespace sqlenv::ui
