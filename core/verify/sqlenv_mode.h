// Mode `sqlenv`: compares by answer type, as the original environment does (its specification
// F002). The weak spots of those rules are kept on purpose; docs/verification.md lists them. For
// core/verify alone.
#pragma once

#include <string_view>

#include "core/verify/gold.h"
#include "core/verify/verdict.h"

namespace sqlenv {

// Reads the answer's text itself, unlike the other modes.
Verdict compare_by_sqlenv_rules(const Gold& gold, std::string_view answer);

}  // namespace sqlenv
