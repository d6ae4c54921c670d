// Observation: everything an agent may read after a reset or a step, and nothing else.
//
// At most one of `result` and `error` is not empty. schema_info starts as the names of the tables
// and grows with each successful DESCRIBE. The functions below write the texts; they are pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/sql/schema.h"
#include "core/sql/value.h"

namespace sqlenv {

struct Observation {
  std::string question;
  std::string schema_info;
  std::string result;
  std::string error;
  int step_count = 0;
  int budget_remaining = 0;
  std::vector<std::string> action_history;

  friend bool operator==(const Observation&, const Observation&) = default;
};

// The most rows shown of a QUERY and of a SAMPLE, and the most bytes shown of one cell.
inline constexpr std::size_t kShownRows = 20;
inline constexpr std::size_t kSampleRows = 5;
inline constexpr std::size_t kShownCellBytes = 400;

// "Tables: a, b, c" and one line for each described table with its columns.
std::string render_schema_info(const Schema& schema, const std::vector<std::string>& described);

// Columns with declared types and keys, foreign keys and the row count.
std::string render_description(const Table& table);

// A header line and up to `shown` rows, cells between " | ", then a line that counts the rows.
std::string render_table(const ResultTable& table, std::size_t shown);

}  // namespace sqlenv
