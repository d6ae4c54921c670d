#include "app/playground/layout.h"

#include <gtest/gtest.h>

namespace sqlenv::ui {
namespace {

TEST(Layout, ColumnsAndMarginsFillEveryWidth) {
  for (float width = 320; width <= 3840; width += 7) {
    const Layout layout = layout_for(width);
    const int columns = layout.kind == LayoutKind::kOneColumn    ? 1
                        : layout.kind == LayoutKind::kTwoColumns ? 2
                                                                 : 3;
    const float margins = layout.margin * static_cast<float>(columns + 1);
    EXPECT_NEAR(layout.left + layout.middle + layout.right + margins, width, 0.01) << width;
    EXPECT_GE(layout.middle, 280) << width;
    EXPECT_EQ(layout.left > 0, columns == 3) << width;
    EXPECT_EQ(layout.right > 0, columns >= 2) << width;
  }
}

TEST(Layout, TheMainSizesHaveThreeColumnsAndAPhoneOne) {
  EXPECT_EQ(layout_for(390).kind, LayoutKind::kOneColumn);
  EXPECT_EQ(layout_for(719).kind, LayoutKind::kOneColumn);
  EXPECT_EQ(layout_for(900).kind, LayoutKind::kTwoColumns);
  EXPECT_EQ(layout_for(1280).kind, LayoutKind::kThreeColumns);
  EXPECT_EQ(layout_for(1920).kind, LayoutKind::kThreeColumns);
  EXPECT_GT(layout_for(1280).middle, layout_for(1280).left + layout_for(1280).right - 100);
}

TEST(Layout, TheResultKeepsItsRoom) {
  for (float height = 420; height <= 1200; height += 10) {
    EXPECT_GE(height - action_height(height), kLeastResult) << height;
    EXPECT_LE(action_height(height), height) << height;
  }
}

}  // namespace
}  // namespace sqlenv::ui
