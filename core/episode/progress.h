// Progress: how near a query's result is to the gold rows, in quarters from 0 to 4.
//
// score = 0.25 · cardinality + 0.50 · overlap + 0.25 · closeness, rounded to the nearest quarter:
//   cardinality  1 − |p − g| / max(p, g, 1) over the row counts
//   overlap      Jaccard index of the sets of displayed cell values; 3 and 3.0 are one value, and
//                so are a value and the text that displays it
//   closeness    mean over the gold's numbers of 1 / (1 + log2(1 + |difference|)) to the nearest
//                number of the result; where the gold holds no number, the overlap again
// The logarithm is computed here, not by the C library, whose last digit differs between platforms.
//
// A ProgressMeter prepares one gold table, so that a step pays for its result alone. It stops
// counting a large result's distinct values once they cannot change the quarter any more.
// Immutable, and so safe to share between threads. It can be moved, not copied.
#pragma once

#include <cstdint>
#include <forward_list>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/flat_set.h"
#include "core/sql/value.h"

namespace sqlenv {

class ProgressMeter {
 public:
  explicit ProgressMeter(const ResultTable& gold);
  ProgressMeter(ProgressMeter&&) = default;
  ProgressMeter& operator=(ProgressMeter&&) = default;

  int quarters(const ResultTable& result) const;

 private:
  double cardinality(std::size_t rows) const;
  double closeness(const ResultTable& result) const;

  std::size_t rows_ = 0;
  std::vector<double> numbers_;  // sorted
  FlatSet<std::int64_t, HashOfWhole> whole_;
  FlatSet<std::string_view, std::hash<std::string_view>> texts_;
  std::forward_list<std::string> shown_;  // referred to by texts_
};

inline int progress_quarters(const ResultTable& result, const ResultTable& gold) {
  return ProgressMeter(gold).quarters(result);
}

}  // namespace sqlenv
