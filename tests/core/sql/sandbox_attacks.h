// The attacks on the sandbox, each with its expected end: statements that try to write, to reach
// outside, to read values that differ between runs, or to exceed time or memory.
//
// The test of the sandbox uses them, and so does the program that prints how each ends, whose
// output must be equal natively and in wasm.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "core/sql/database.h"

namespace sqlenv::test {

struct Attack {
  std::string name;
  std::string sql;
  std::string expected;  // the failure's code, or "ok" for a harmless statement

  friend void PrintTo(const Attack& attack, std::ostream* out) { *out << attack.name; }
};

std::vector<Attack> writing_attacks();      // writing, reaching outside, odd text
std::vector<Attack> working_attacks();      // time and memory while it runs
std::vector<Attack> planning_attacks();     // time and memory before it runs
std::vector<Attack> growing_attacks();      // of these, short texts that stand for long ones
std::vector<Attack> surrounding_attacks();  // other spellings of what is denied, growing values
std::vector<Attack> all_attacks();

// The database that they attack.
DatabaseImage attacked_image();

// Limits for sanitizers' builds, under which attacks end as under the usual ones.
QueryLimits attack_limits();

}  // namespace sqlenv::test
