// Survey: what all described columns hold, and which phrases of the question are values of them.
//
// It comes from one QUERY, as any agent may send it, and from the shown text of its result alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/policy/schema_view.h"

namespace sqlenv {

struct ColumnRef {
  std::size_t table = 0;  // positions in a SchemaView
  std::size_t column = 0;
  friend bool operator==(const ColumnRef&, const ColumnRef&) = default;
  friend bool operator<(const ColumnRef& a, const ColumnRef& b) {
    return a.table != b.table ? a.table < b.table : a.column < b.column;
  }
};

struct ColumnFacts {
  bool known = false;
  std::int64_t distinct = 0;
  std::int64_t numbers = 0;  // rows with a number, stored as a number or as text
  std::int64_t nulls = 0;
  std::string least;                 // the smallest value, shortened
  std::vector<std::string> matches;  // stored values that equal a phrase of the question
};

class Survey {
 public:
  // Every column has ColumnFacts with known = false.
  explicit Survey(const SchemaView& schema);
  Survey() = default;

  const ColumnFacts& facts(ColumnRef column) const { return facts_[column.table][column.column]; }

  // Decides by the column's values if they are known, else by its declared type.
  bool is_numeric(const SchemaView& schema, ColumnRef column) const;

  // SQL about all columns of all described tables. `phrases` are in lower case.
  static std::string query(const SchemaView& schema, const std::vector<std::string>& phrases);

  // Reads the result of query(). False if `rows` is not one.
  bool read(const SeenRows& rows, const SchemaView& schema);

 private:
  std::vector<std::vector<ColumnFacts>> facts_;
};

}  // namespace sqlenv
