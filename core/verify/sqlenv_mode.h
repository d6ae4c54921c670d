// Mode `sqlenv`: the comparison of the original environment (its specification F002), by answer
// type. Its weak spots are kept on purpose; docs/verification.md lists them. For core/verify alone.
#pragma once

#include <string_view>

#include "core/verify/gold.h"
#include "core/verify/verdict.h"

namespace sqlenv {

// Unlike the other modes, this one reads the answer's text itself.
Verdict compare_by_sqlenv_rules(const Gold& gold, std::string_view answer);

}  // namespace sqlenv
