#include "core/sql/query_errors.h"

#include <optional>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

std::string did_you_mean(std::string_view name, const std::vector<std::string>& names) {
  const std::optional<std::string> nearest = nearest_name(name, names);
  return nearest ? " Did you mean " + quote_identifier(*nearest) + "?" : "";
}

void add_columns(std::vector<std::string>& names, const Table& table) {
  for (const Column& column : table.columns) names.push_back(column.name);
}

}  // namespace

Error not_read_only() {
  return {ErrorCode::kNotReadOnly,
          "only one reading statement is allowed: SELECT, WITH … SELECT or VALUES. Nothing was "
          "changed."};
}

Error too_large(const std::string& what) {
  return {ErrorCode::kTooLarge, what + ". Narrow it with WHERE, LIMIT or an aggregate."};
}

Error no_such_table(const Schema& schema, std::string_view name) {
  const std::vector<std::string> names = schema.table_names();
  return {ErrorCode::kNoSuchTable, "there is no table " + quote_identifier(name) + "." +
                                       did_you_mean(name, names) + " Tables: " + join(names, ", ") +
                                       "."};
}

Error no_such_column(const Schema& schema, const KnownTables* known, std::string_view name) {
  std::vector<std::string> names;
  if (known != nullptr)
    for (const Table* table : *known) add_columns(names, *table);
  else
    for (const Table& table : schema.tables) add_columns(names, table);
  const std::string_view bare = name.substr(name.rfind('.') + 1);
  return {ErrorCode::kNoSuchColumn, "there is no column " + quote_identifier(name) + " here." +
                                        did_you_mean(bare, names) +
                                        " DESCRIBE a table to see its columns."};
}

std::string_view rest_after(std::string_view message, std::string_view prefix) {
  return message.starts_with(prefix) ? message.substr(prefix.size()) : std::string_view();
}

}  // namespace sqlenv
