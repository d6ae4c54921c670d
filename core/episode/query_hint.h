// What SQLite, or an action, has instead of another dialect's SQL.
#pragma once

#include <string_view>

#include "core/base/result.h"

namespace sqlenv {

// One sentence for a query that failed with `code`, such as what stands for SELECT TOP 5; empty if
// nothing in it belongs to another dialect. Judges by the statement's tokens alone. Pure; linear in
// the text.
std::string_view query_hint(std::string_view sql, ErrorCode code);

}  // namespace sqlenv
