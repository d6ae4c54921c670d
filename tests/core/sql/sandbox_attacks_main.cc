// Prints how each attack on the sandbox ends: name, code, operations, and a digest of the result or
// the message. The lines must be the same on every platform.
//
//   sqlenv_sandbox_attacks [OPERATIONS]      with the usual limits if OPERATIONS is given

#include <cstdlib>
#include <iostream>

#include "core/base/sha256.h"
#include "tests/core/sql/sandbox_attacks.h"

namespace {

using namespace sqlenv;

std::string digest(const Result<ResultTable>& table) {
  Sha256 hash;
  if (!table) hash.update(table.error().message);
  if (table) {
    for (const std::string& name : table->columns) hash.update(name + "\n");
    for (const std::vector<Value>& row : table->rows)
      for (const Value& cell : row) hash.update(display_text(cell) + "\n");
  }
  return hash.hex().substr(0, 16);
}

}  // namespace

int main(int argc, char** argv) {
  QueryLimits limits = sqlenv::test::attack_limits();
  if (argc > 1) {
    limits = QueryLimits();
    limits.max_operations = std::atoll(argv[1]);
  }
  Result<Database> database = Database::open(sqlenv::test::attacked_image());
  if (!database) return 1;
  for (const sqlenv::test::Attack& attack : sqlenv::test::all_attacks()) {
    const Result<ResultTable> table = database->query(attack.sql, limits);
    std::cout << attack.name << ' ' << (table ? "ok" : code_name(table.error().code)) << ' '
              << database->last_operations() << ' ' << digest(table) << '\n';
  }
  return 0;
}
