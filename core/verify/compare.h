// The modes that compare rows: strict, spider, bird. For core/verify alone.
#pragma once

#include "core/verify/answer.h"
#include "core/verify/verdict.h"

namespace sqlenv {

// Reads the rows of an answer; none if they cannot be read.
std::optional<AnswerRows> read_rows(const Gold& gold, std::string_view answer, VerifierMode mode);

// A result as an answer that is written down exactly.
AnswerRows answer_rows(const ResultTable& table);

Verdict compare_rows(const Gold& gold, const AnswerRows& answer, VerifierMode mode);

// Judges a result as mode strict does, ties included, but with another tolerance for reals.
Verdict compare_closely(const Gold& gold, const ResultTable& table, double tolerance);

Verdict wrong_verdict(Reason reason, std::string detail, std::optional<Place> where = {});

}  // namespace sqlenv
