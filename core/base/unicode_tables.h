// Unicode's data for unicode.cc: canonical decompositions, combining classes, small letters. Each
// table is sorted by its first column. For core/base alone.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sqlenv {

struct Decomposition {
  std::uint32_t code;
  std::uint32_t first;
  std::uint32_t second;    // 0 if `code` stands for `first` alone
  std::uint32_t composes;  // 1 if `first` and `second` compose to `code`
};

struct ClassRange {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t combining_class;
};

// The letters first, first + step … last, whose small letters are `delta` away.
struct LowerRange {
  std::uint32_t first;
  std::uint32_t last;
  std::int32_t delta;
  std::uint32_t step;
};

extern const Decomposition kDecompositions[];
extern const std::size_t kDecompositionsSize;
extern const ClassRange kClassRanges[];
extern const std::size_t kClassRangesSize;
extern const LowerRange kLowerRanges[];
extern const std::size_t kLowerRangesSize;

}  // namespace sqlenv
