// SQLite as it is released, beside the metered one that the core is linked with: loaded as a
// library of its own, so that the two do not meet.
#pragma once

#include <sqlite3.h>

namespace sqlenv::bench {

struct PlainSqlite {
  decltype(&sqlite3_open_v2) open_v2;
  decltype(&sqlite3_close_v2) close_v2;
  decltype(&sqlite3_deserialize) deserialize;
  decltype(&sqlite3_prepare_v2) prepare_v2;
  decltype(&sqlite3_step) step;
  decltype(&sqlite3_finalize) finalize;
  decltype(&sqlite3_column_count) column_count;
  decltype(&sqlite3_column_type) column_type;
  decltype(&sqlite3_column_int64) column_int64;
  decltype(&sqlite3_column_double) column_double;
  decltype(&sqlite3_column_text) column_text;
  decltype(&sqlite3_column_bytes) column_bytes;
};

const PlainSqlite& plain_sqlite();

}  // namespace sqlenv::bench
