// Limits of a connection that runs an agent's statements: lengths, and functions by name.
//
// The authorizer that allows only reading and the meter of work are in sql/database.h.
#pragma once

#include <string_view>

struct sqlite3;

namespace sqlenv {

inline constexpr int kMaxSqlBytes = 100'000;

// Sets all limits but that of a value, and defensive mode, and turns
// off triggers and trust in the schema.
void harden(sqlite3* handle);

// False for functions that reach outside the database, or whose result differs between runs or
// builds.
bool may_call(std::string_view function);

}  // namespace sqlenv
