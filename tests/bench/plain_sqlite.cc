#include "tests/bench/plain_sqlite.h"

#include <dlfcn.h>

#include <string>

#include "core/base/check.h"

namespace sqlenv::bench {
namespace {

PlainSqlite load() {
  void* library = dlopen(SQLENV_PLAIN_SQLITE, RTLD_NOW | RTLD_LOCAL);
  SQLENV_CHECK(library != nullptr);
  const auto find = [library](auto& function, const char* name) {
    void* found = dlsym(library, (std::string("sqlite3_") + name).c_str());
    SQLENV_CHECK(found != nullptr);
    function = reinterpret_cast<std::decay_t<decltype(function)>>(found);
  };
  PlainSqlite sql = {};
  find(sql.open_v2, "open_v2");
  find(sql.close_v2, "close_v2");
  find(sql.deserialize, "deserialize");
  find(sql.prepare_v2, "prepare_v2");
  find(sql.step, "step");
  find(sql.finalize, "finalize");
  find(sql.column_count, "column_count");
  find(sql.column_type, "column_type");
  find(sql.column_int64, "column_int64");
  find(sql.column_double, "column_double");
  find(sql.column_text, "column_text");
  find(sql.column_bytes, "column_bytes");
  return sql;
}

}  // namespace

const PlainSqlite& plain_sqlite() {
  static const PlainSqlite loaded = load();
  return loaded;
}

}  // namespace sqlenv::bench
