// Measures how long the interface takes to build a frame, without a graphics card.
// Usage: sqlenv_frame_bench.
// A result of 10,000 rows is open and scrolled through, at 1280 × 800.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

constexpr int kFrames = 600;

std::vector<double> frame_milliseconds() {
  Headless ui(sqlenv::test::starter_catalog());
  ui.start("flight_2_train_010");
  ui.playground().record_text(false);
  ui.playground().step({"QUERY", "SELECT * FROM flight_leg a, route b LIMIT 10000"});
  ui.settle();
  std::vector<double> all;
  for (int i = 0; i < kFrames; ++i) {
    ImGui::GetIO().AddMousePosEvent(640, 700);
    ImGui::GetIO().AddMouseWheelEvent(0, i % 60 < 30 ? -1.0f : 1.0f);
    const auto start = std::chrono::steady_clock::now();
    ui.frame();
    const std::chrono::duration<double, std::milli> taken =
        std::chrono::steady_clock::now() - start;
    all.push_back(taken.count());
  }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace
}  // namespace sqlenv::ui::test

int main() {
  const std::vector<double> all = sqlenv::ui::test::frame_milliseconds();
  std::printf("frame with 10,000 rows open: median %.2f ms, 99th of 100 %.2f ms\n",
              all[all.size() / 2], all[all.size() * 99 / 100]);
  return all[all.size() / 2] <= 16 ? 0 : 1;
}
