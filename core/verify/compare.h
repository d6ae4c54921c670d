// The modes that compare rows: strict, spider, bird. For core/verify alone.
#pragma once

#include "core/verify/answer.h"
#include "core/verify/match.h"
#include "core/verify/verdict.h"

namespace sqlenv {

// The verdict of the first reading that is right, or else of the last one, with that reading; none
// if the answer cannot be read. REQUIRES: the mode is not kSqlenv.
struct Judgement {
  Verdict verdict;
  std::optional<AnswerReading> reading;
};
Judgement judge_readings(const Gold& gold, std::string_view answer, VerifierMode mode);

// A result as an answer that is written down exactly.
AnswerRows answer_rows(const ResultTable& table);

// How cells and columns compare. An answer that named its columns must not swap them.
MatchRules match_rules(VerifierMode mode, bool named);

Verdict compare_rows(const Gold& gold, const AnswerReading& answer, VerifierMode mode);

// Judges a result as mode strict does, ties included, but with another tolerance for reals.
Verdict compare_closely(const Gold& gold, const ResultTable& table, double tolerance);

Verdict wrong_verdict(Reason reason, std::string detail, std::optional<Place> where = {});

}  // namespace sqlenv
