// A comparison of runs as a document in Markdown.
#pragma once

#include <string>

#include "core/policy/comparison.h"

namespace sqlenv {

// Sections under headings of the second level: "Leaderboard", "Paired comparisons", "By
// difficulty", "By database", "Failed episodes" and "Left out". One without anything to say is
// absent. Under a table stands what its figures mean, and which of them do not tell runs apart.
std::string comparison_markdown(const RunComparison& comparison);

}  // namespace sqlenv
