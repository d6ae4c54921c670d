// Runs SQL in the sandbox: it never writes, stays within the limits, and gives the same result on a
// used connection as on a fresh one.
#include "core/sql/database.h"
#include "tests/core/sql/sandbox_attacks.h"
#include "tests/fuzz/fuzz.h"

namespace sqlenv {
namespace {

QueryLimits limits() {
  QueryLimits limits;
  limits.max_operations = 20'000;
  limits.max_rows = 200;
  limits.max_bytes = 100'000;
  limits.max_memory = 1 << 20;
  return limits;
}

void check_table(const ResultTable& table) {
  SQLENV_CHECK(std::ssize(table.rows) <= limits().max_rows);
  for (const std::vector<Value>& row : table.rows) SQLENV_CHECK(row.size() == table.columns.size());
}

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlenv;
  static const DatabaseImage image = test::attacked_image();
  static const std::string bytes = image.bytes();
  static Database used = std::move(*Database::open(image));
  const std::string_view sql = fuzz::text_of(data, size);

  const Result<ResultTable> first = used.query(sql, limits());
  Database fresh = std::move(*Database::open(image));
  const Result<ResultTable> second = fresh.query(sql, limits());
  SQLENV_CHECK(first == second);
  SQLENV_CHECK(used.last_operations() == fresh.last_operations());
  SQLENV_CHECK(image.bytes() == bytes);
  if (first) {
    check_table(*first);
    SQLENV_CHECK(used.tables_read(sql).has_value());
  } else {
    SQLENV_CHECK(first.error().code != ErrorCode::kInternal);
    SQLENV_CHECK(!first.error().message.empty());
  }
  SQLENV_CHECK(used.query("SELECT count(*) FROM animal")->rows[0][0] == Value(std::int64_t{4}));
  return 0;
}
