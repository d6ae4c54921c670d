// SchemaView and SeenRows: a schema and rows, read from the texts that an agent is shown.
//
// They undo the rendering of core/episode/observation.h as far as possible: an unknown declared
// type of several words stays in its column's name, and a cell that holds " | " or was cut looks
// like any other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

struct SeenColumn {
  std::string name;
  std::string type;  // as declared
  bool primary_key = false;
};

struct SeenForeignKey {
  std::vector<std::string> columns;
  std::string table;
  std::vector<std::string> referenced;  // empty: the table's primary key
};

struct SeenTable {
  std::string name;
  bool described = false;
  std::optional<std::int64_t> row_count;
  std::vector<SeenColumn> columns;
  std::vector<SeenForeignKey> foreign_keys;

  // The position of the column, ignoring case.
  std::optional<std::size_t> find(std::string_view column) const;
};

class SchemaView {
 public:
  // The tables' names, from the first line of schema_info.
  static SchemaView from_schema_info(std::string_view schema_info);

  // Adds what the result of a DESCRIBE says. False if `result` is not one.
  bool read_description(std::string_view result);

  // Gives each table that was not described the column rowid, so that every table has a column.
  void assume_row_ids();

  const std::vector<SeenTable>& tables() const { return tables_; }

  // The position of the table, ignoring case.
  std::optional<std::size_t> find(std::string_view table) const;

 private:
  std::vector<SeenTable> tables_;
};

// The result of a SAMPLE or QUERY: texts as shown.
struct SeenRows {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::size_t total = 0;  // rows the query gave, of which `rows` are the first

  bool complete() const { return rows.size() == total; }
};

// None if `result` is not a table, or if a row has more or fewer cells than columns.
std::optional<SeenRows> read_rows(std::string_view result);

}  // namespace sqlenv
