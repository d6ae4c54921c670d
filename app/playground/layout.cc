#include "app/playground/layout.h"

#include <algorithm>
#include <cmath>

namespace sqlenv::ui {
namespace {

constexpr float kTwoColumnsFrom = 720;
constexpr float kThreeColumnsFrom = 1120;

}  // namespace

Layout layout_for(float width) {
  Layout layout;
  if (width < kTwoColumnsFrom) {
    layout.kind = LayoutKind::kOneColumn;
    layout.margin = 12;
    layout.middle = std::max(1.0f, width - 2 * layout.margin);
    return layout;
  }
  layout.margin = width < 1600 ? 16 : 20;
  if (width < kThreeColumnsFrom) {
    layout.kind = LayoutKind::kTwoColumns;
    layout.right = std::floor(std::clamp(width * 0.32f, 250.0f, 320.0f));
    layout.middle = width - layout.right - 3 * layout.margin;
    return layout;
  }
  layout.left = std::floor(std::clamp(width * 0.215f, 256.0f, 372.0f));
  layout.right = std::floor(std::clamp(width * 0.24f, 288.0f, 420.0f));
  layout.middle = width - layout.left - layout.right - 4 * layout.margin;
  return layout;
}

float action_height(float height) { return std::clamp(std::floor(height * 0.42f), 216.0f, 360.0f); }

float verdict_height(float height) {
  return std::clamp(std::floor(height * 0.61f), 330.0f, 500.0f);
}

}  // namespace sqlenv::ui
