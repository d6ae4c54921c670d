#include "app/playground/running_query.h"

#include <algorithm>
#include <chrono>

namespace sqlenv::ui {
namespace {

// Operations of a slice. Natively a million took 10 ms in a plain recursion, and 200 ms in the
// costliest of the attacks that the tests know.
constexpr std::int64_t kLeastSlice = 50'000;
constexpr std::int64_t kMostSlice = 1'000'000;

}  // namespace

bool RunningQuery::go_on() {
  // The slice's own time decides, not the frame's: where painting is slow, smaller slices would
  // make nothing faster.
  const auto begun = std::chrono::steady_clock::now();
  const bool more = step_.go_on(slice_);
  const std::chrono::duration<float> taken = std::chrono::steady_clock::now() - begun;
  if (taken.count() > 0.025f) slice_ = std::max(kLeastSlice, slice_ / 2);
  else if (taken.count() < 0.01f) slice_ = std::min(kMostSlice, slice_ * 2);
  return !more;
}

}  // namespace sqlenv::ui
