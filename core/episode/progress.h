// Progress: how near a query's result is to the gold rows, in quarters from 0 to 4.
//
// score = 0.25 · cardinality + 0.50 · overlap + 0.25 · closeness, rounded to the nearest quarter:
//   cardinality  1 − |p − g| / max(p, g, 1) over the row counts
//   overlap      Jaccard index of the sets of displayed cell values
//   closeness    mean over the gold's numbers of 1 / (1 + log2(1 + |difference|)) to the nearest
//                number of the result; where the gold holds no number, the overlap again
// The logarithm is computed here, not by the C library, whose last digit differs between platforms.
#pragma once

#include "core/sql/value.h"

namespace sqlenv {

int progress_quarters(const ResultTable& result, const ResultTable& gold);

}  // namespace sqlenv
