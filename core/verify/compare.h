// The modes that compare rows: strict, spider, bird. For core/verify alone.
#pragma once

#include "core/verify/answer.h"
#include "core/verify/verdict.h"

namespace sqlenv {

// Reads the rows of an answer; none if they cannot be read.
std::optional<AnswerRows> read_rows(const Gold& gold, std::string_view answer, VerifierMode mode);

Verdict compare_rows(const Gold& gold, const AnswerRows& answer, VerifierMode mode);

Verdict wrong_verdict(Reason reason, std::string detail, std::optional<Place> where = {});

}  // namespace sqlenv
