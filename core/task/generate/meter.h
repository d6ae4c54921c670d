// MeteredDatabase: a connection that counts the operations of its queries (sql/database.h), the
// same on every platform, and runs none beyond those that it was allowed. One thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "core/sql/database.h"

namespace sqlenv::generate {

class MeteredDatabase {
 public:
  MeteredDatabase(Database database, std::int64_t max_work)
      : database_(std::move(database)), left_(max_work) {}

  // None if the query fails or must not begin. A question's own queries must fit into what an agent
  // may spend; those that look through a whole table once may take more.
  std::optional<ResultTable> query(std::string_view sql,
                                   std::int64_t most = QueryLimits().max_operations) {
    if (left_ <= 0) return std::nullopt;
    QueryLimits limits;
    limits.max_operations = std::min(most, left_);
    limits.max_rows = 5'000;
    limits.max_bytes = 4 << 20;
    Result<ResultTable> table = database_.query(sql, limits);
    left_ -= database_.last_operations() + kStatement;
    if (!table) return std::nullopt;
    return std::move(*table);
  }

  std::optional<std::vector<std::string>> tables_read(std::string_view sql) {
    Result<std::vector<std::string>> tables = database_.tables_read(sql);
    if (!tables) return std::nullopt;
    return std::move(*tables);
  }

  bool spent() const { return left_ <= 0; }
  std::int64_t left() const { return left_; }
  const Schema& schema() const { return database_.schema(); }

 private:
  // What a statement costs beside its operations: it is prepared.
  static constexpr std::int64_t kStatement = 2'000;

  Database database_;
  std::int64_t left_;
};

}  // namespace sqlenv::generate
