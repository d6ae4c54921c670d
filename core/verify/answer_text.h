// The text of an ANSWER that AnswerReader reads back.
#pragma once

#include <string>

#include "core/sql/value.h"

namespace sqlenv {

// A JSON scalar, a list of one column's cells, or a list of rows. Reals have their shortest exact
// digits, blobs are written x'0aff', infinities Infinity and -Infinity, so that AnswerReader with
// the table's own shape reads back equal values.
std::string answer_text(const ResultTable& table);

}  // namespace sqlenv
