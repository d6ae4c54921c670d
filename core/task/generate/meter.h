// MeteredDatabase: a connection that counts the estimated row visits of its queries and refuses
// to begin another once they are spent. One thread.
#pragma once

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

  // None if the query fails or must not begin. `visits` is what it is estimated to cost.
  std::optional<ResultTable> query(std::string_view sql, std::int64_t visits) {
    if (left_ <= 0) return std::nullopt;
    // Sorting and distinct values cost more than in proportion.
    left_ -= visits > 300'000 ? visits * 10 : visits + 50;
    QueryLimits limits;
    limits.max_rows = 5'000;
    limits.max_bytes = 4 << 20;
    Result<ResultTable> table = database_.query(sql, limits);
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
  Database database_;
  std::int64_t left_;
};

}  // namespace sqlenv::generate
