// SQL scripts: any bytes give an import or an error, the same twice, within bounds.
#include "core/task/sql_importer.h"
#include "tests/fuzz/fuzz.h"

namespace sqlenv {
namespace {

// All that an import tells.
std::string told(const Result<Import>& import) {
  if (!import) return import.error().to_string();
  std::string text;
  for (const PackDatabase& database : import->databases) text += database.image.bytes();
  for (const ImportRemark& remark : import->skipped) text += remark.what + remark.why;
  for (const ImportRemark& remark : import->notes) text += remark.what + remark.why;
  return text;
}

std::string told_of(const std::string& script) {
  ImportOptions options;
  // Stops a script that would work for long: the number of calls depends on the script alone.
  options.stopped = [calls = 0]() mutable { return ++calls > 200; };
  return told(import_sql({{"a.sql", script}, {"b.sql", "INSERT INTO t VALUES (1);"}}, options));
}

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlenv;
  const std::string script(fuzz::text_of(data, size));
  const std::string first = told_of(script);
  SQLENV_CHECK(!first.empty());
  SQLENV_CHECK(first == told_of(script));
  return 0;
}
