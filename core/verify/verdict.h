// Verdict: whether an answer is right, and the rule that decided.
//
// verify() is pure: it depends on the gold rows and the answer's text alone.
//
// Mode `strict`: integers and reals compare by value, with |a − b| ≤ 1e-9 + 1e-6·max(|a|, |b|) when
// either is a real and exactly otherwise; NULL equals only NULL (written null, None or an unquoted
// NULL); text compares after trimming and folding runs of blanks, case-sensitively; rows are a bag,
// so duplicates count; columns may come in any order; the order of rows counts only when the gold
// query's outermost statement has ORDER BY.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/verify/gold.h"

namespace sqlenv {

enum class Reason {
  kMatch,
  kRowCount,
  kColumnCount,
  kValue,
  kOrder,
  kDuplicates,
  kParse,
  kEmpty,
  kGoldError,
  kUndecided
};

// The reason's name on the wire, such as "ROW_COUNT".
std::string_view reason_name(Reason reason);

struct Verdict {
  bool correct = false;
  Reason reason = Reason::kEmpty;
  std::string detail;  // one sentence for people, shown only when the episode is over

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

Verdict verify(const Gold& gold, std::string_view answer);

}  // namespace sqlenv
