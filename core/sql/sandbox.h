// Limits of a connection that runs an agent's statements: lengths, and functions by name.
//
// The authorizer that allows only reading and the meter of work are in sql/database.h.
#pragma once

#include <cstdint>
#include <string_view>

struct sqlite3;

namespace sqlenv {

// The most work that planning one statement may take, in operations. SQLite cannot pause while it
// plans, so this is far less than a query may take: some 40 ms on a busy x86 core.
inline constexpr std::int64_t kMaxPlanOperations = 400'000;

inline constexpr int kMaxSqlBytes = 100'000;

// Sets all limits but that of a value, and defensive mode, and turns
// off triggers and trust in the schema.
void harden(sqlite3* handle);

// False for functions that reach outside the database, or whose result differs between runs or
// builds.
bool may_call(std::string_view function);

}  // namespace sqlenv
