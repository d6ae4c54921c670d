// Verdict: whether an answer is right, and the rule that decided.
//
// verify() is pure: it depends on the gold and the answer's text alone. An answer is right if one
// of its fair readings (answer.h) is. docs/verification.md gives each mode's rules in full, with
// examples; in short:
//
// `strict` (the default): a gold integer equals exactly that number, a gold real equals a number
//   within |a − b| ≤ 1e-9 + 1e-6·max(|a|, |b|); NULL equals only NULL (written null, None or an
//   unquoted NULL); text compares in Unicode's form C after trimming and folding runs of blanks,
//   case-sensitively; rows are a bag, so duplicates count; columns may come in any order; the order
//   of rows counts only if the gold query's outermost statement has ORDER BY, and rows that tie in
//   it may swap; if a LIMIT cuts a tie, any legal choice of rows is right.
// `spider` follows Spider's test suite (Zhong et al., EMNLP 2020): a bag in any column order, cells
//   compared by Python's == but for the last digits of reals, |a − b| ≤ 1e-9 + 1e-10·max(|a|, |b|),
//   order judged if "order by" is anywhere in the gold query.
// `bird` follows BIRD (Li et al., NeurIPS 2023): sets of rows, columns in order, reals as above.
// `sqlenv` follows the original environment's rules by answer type, with their weak spots.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/verify/gold.h"

namespace sqlenv {

enum class Reason {
  kMatch,
  kRowCount,
  kColumnCount,
  kValue,
  kOrder,
  kDuplicates,  // only the number of repeated rows is wrong
  kParse,
  kEmpty,
  kGoldError,      // the gold query fails, so nothing can be judged
  kGoldAmbiguous,  // it differs, but the gold query does not determine its result
  kUndecided       // judging it would take too much work, or ties could not be computed
};

// The reason's name on the wire, such as "ROW_COUNT".
std::string_view reason_name(Reason reason);

enum class VerifierMode { kStrict, kSqlenv, kSpider, kBird };

// The names of all modes, the default first.
std::vector<std::string> verifier_names();
std::optional<VerifierMode> verifier_mode(std::string_view name);

// A place in the gold table, counted from 0.
struct Place {
  std::size_t row = 0;
  std::optional<std::size_t> column;

  friend bool operator==(const Place&, const Place&) = default;
};

struct Verdict {
  bool correct = false;
  Reason reason = Reason::kEmpty;
  std::string detail;          // one sentence for people, shown only when the episode is over
  std::optional<Place> where;  // the first difference, if it has a place

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

Verdict verify(const Gold& gold, std::string_view answer,
               VerifierMode mode = VerifierMode::kStrict);

// Judges a result as if it had been written down exactly.
Verdict verify(const Gold& gold, const ResultTable& answer,
               VerifierMode mode = VerifierMode::kStrict);

// GOLD_ERROR if there is no gold.
Verdict verify(const Result<Gold>& gold, std::string_view answer,
               VerifierMode mode = VerifierMode::kStrict);

}  // namespace sqlenv
