// MeteredDatabase: a connection with a budget of operations (sql/database.h). One thread.
//
// Operations are counted alike on every platform. Once the budget is spent, no query runs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/sql/database.h"

namespace sqlenv::generate {

// Operations for one look through a whole table.
inline constexpr std::int64_t kWholeTable = 200'000'000;

class MeteredDatabase {
 public:
  MeteredDatabase(Database database, std::int64_t max_work, std::function<bool()> stopped)
      : database_(std::move(database)), left_(max_work), stopped_(std::move(stopped)) {}

  // None if the query fails, takes more than `most` operations or the budget is spent. A question's
  // queries must fit into an agent's limit, the default; a look through a whole table may take
  // more.
  std::optional<ResultTable> query(std::string_view sql,
                                   std::int64_t most = QueryLimits().max_operations) {
    if (left_ <= 0) return std::nullopt;
    QueryLimits limits;
    limits.max_operations = std::min(most, left_);
    limits.max_rows = 5'000;
    limits.max_bytes = 4 << 20;
    limits.deadline_passed = stopped_;
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
  static constexpr std::int64_t kStatement = 2'000;  // the cost of preparing one

  Database database_;
  std::int64_t left_;
  std::function<bool()> stopped_;
};

}  // namespace sqlenv::generate
