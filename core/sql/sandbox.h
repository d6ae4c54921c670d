// What a connection that runs an agent's statements may do: limits on lengths, functions by name.
//
// Reading is the authorizer's to allow, work the meter's to count: see sql/database.h.
#pragma once

#include <string_view>

struct sqlite3;

namespace sqlenv {

inline constexpr int kMaxSqlBytes = 100'000;

// Defensive mode, no trust in the schema, no triggers, and the limits.
void harden(sqlite3* handle);

// False for functions that reach outside the database, or whose result differs between runs or
// builds.
bool may_call(std::string_view function);

}  // namespace sqlenv
