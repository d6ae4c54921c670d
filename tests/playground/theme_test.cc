#include "app/playground/theme.h"

#include <gtest/gtest.h>

namespace sqlenv::ui {
namespace {

TEST(Theme, ContrastIsThatOfTheStandard) {
  EXPECT_NEAR(contrast(rgb(0x000000), rgb(0xFFFFFF)), 21.0, 1e-9);
  EXPECT_NEAR(contrast(rgb(0x777777), rgb(0xFFFFFF)), 4.48, 0.01);  // a well-known near miss
  EXPECT_NEAR(contrast(rgb(0x123456), rgb(0x123456)), 1.0, 1e-9);
}

TEST(Theme, TextIsReadableOnEachOfItsBackgrounds) {
  for (const ThemeKind kind : {ThemeKind::kLight, ThemeKind::kDark})
    for (const TextPair& pair : text_pairs())
      EXPECT_GE(contrast(palette(kind).*pair.text, palette(kind).*pair.background), 4.5)
          << pair.name << (kind == ThemeKind::kDark ? " (dark)" : " (light)");
}

TEST(Theme, ControlsStandOutFromTheirSurface) {
  for (const ThemeKind kind : {ThemeKind::kLight, ThemeKind::kDark}) {
    const Palette& p = palette(kind);
    EXPECT_GE(contrast(p.accent, p.surface), 3.0);
    EXPECT_GE(contrast(p.good, p.surface), 3.0);
    EXPECT_GE(contrast(p.bad, p.surface), 3.0);
  }
}

TEST(Theme, MixesFromTheFirstToTheSecond) {
  EXPECT_EQ(mixed(rgb(0x102030), rgb(0x506070), 0), rgb(0x102030));
  EXPECT_EQ(mixed(rgb(0x102030), rgb(0x506070), 1), rgb(0x506070));
  EXPECT_EQ(mixed(rgb(0x000000), rgb(0x646464), 0.5f), rgb(0x323232));
  EXPECT_EQ(faded(rgb(0x000000), 0.5f).a, 128);
}

}  // namespace
}  // namespace sqlenv::ui
