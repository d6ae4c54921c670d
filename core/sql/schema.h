// Schema: the tables, views, columns and keys of a database, and the rows of each table.
//
// Immutable once read, so it may be shared between threads. Names keep the spelling of the
// database; look-ups ignore ASCII case, as SQLite does. SQLite's own tables (sqlite_…) are left
// out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

struct Column {
  std::string name;
  std::string type;  // as declared; empty if none was
  bool not_null = false;
  int primary_key = 0;  // position in the primary key, from 1; 0 if not part of it
};

struct ForeignKey {
  std::vector<std::string> columns;
  std::string table;
  std::vector<std::string> referenced;  // if empty, the referenced table's primary key
};

struct Table {
  std::string name;
  bool is_view = false;
  std::vector<Column> columns;
  std::vector<ForeignKey> foreign_keys;
  std::optional<std::int64_t> row_count;  // none for a view, which may take any time to count
};

struct Schema {
  std::vector<Table> tables;  // in the order of their creation

  // The table or view of that name, ignoring case and any quotes around it; null if there is none.
  const Table* find(std::string_view name) const;

  std::vector<std::string> table_names() const;
};

}  // namespace sqlenv
