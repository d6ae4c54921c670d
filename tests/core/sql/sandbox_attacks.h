// The attacks on the sandbox: statements that try to write, to reach outside, to learn what differs
// between runs, or to take more time or memory than they are given, and what each must end with.
//
// Shared by the test of the sandbox and by the program that prints how each ends, whose output must
// be the same natively and as wasm.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "core/sql/database.h"

namespace sqlenv::test {

struct Attack {
  std::string name;
  std::string sql;
  std::string expected;  // the failure's code, or "ok" where the statement is harmless

  friend void PrintTo(const Attack& attack, std::ostream* out) { *out << attack.name; }
};

std::vector<Attack> writing_attacks();   // writing, reaching outside, odd text
std::vector<Attack> working_attacks();   // time and memory while it runs
std::vector<Attack> planning_attacks();  // time and memory before it runs
std::vector<Attack> all_attacks();

// The database that they are aimed at.
DatabaseImage attacked_image();

// Limits small enough for a sanitizer's build, and with the same endings as the usual ones.
QueryLimits attack_limits();

}  // namespace sqlenv::test
