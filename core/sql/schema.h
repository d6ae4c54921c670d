// Schema: the tables, views, columns and keys of a database, and the rows of each table.
//
// Immutable once read, so it may be shared between threads. Names keep the spelling of the
// database; look-ups ignore ASCII case, as SQLite does. SQLite's own tables (sqlite_…) are no part
// of it.
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
  int primary_key = 0;     // position in the primary key, from 1; 0 if not part of it
  bool generated = false;  // computed from other columns, when it is read or when it is stored
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
  bool partial = false;  // some of its columns cannot be read and are not in `columns`
};

// A table, view or column of the file that is not in Schema::tables.
struct LeftOut {
  enum class Kind {
    kVirtualTable,  // of a module that is not available here
    kHiddenTable,   // can be read, but holds only what `owner` needs to work
    kView,          // cannot be prepared
    kColumn         // generated, and cannot be computed
  };
  Kind kind = Kind::kView;
  std::string table;   // its name, or the name of the column's table
  std::string column;  // empty for all but kColumn
  std::string owner;   // of a hidden table: a virtual table, or GeoPackage or SpatiaLite
  std::string reason;  // SQLite's message; empty for a hidden table
};

struct Schema {
  std::vector<Table> tables;  // in the order of their creation
  std::vector<LeftOut> left_out;

  // The table or view of that name, ignoring case and any quotes around it; null if there is none.
  const Table* find(std::string_view name) const;

  // The same for tables and views that are left out.
  const LeftOut* find_left_out(std::string_view name) const;

  std::vector<std::string> table_names() const;
};

// What stands between SELECT and FROM to read all columns of the table that can be read.
std::string all_columns(const Table& table);

}  // namespace sqlenv
