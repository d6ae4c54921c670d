// CREATE TABLE of other systems as SQLite understands it.
//
// Kept: columns, types, defaults that are plain values, NOT NULL, primary keys, UNIQUE, foreign
// keys, computed columns. Left out: what SQLite does not have and no reader needs, such as engines,
// storage, character sets, comments, plain indexes, checks, actions of foreign keys. A column that
// counts by itself becomes INTEGER. A type keeps its name if SQLite then keeps the values as they
// are written; otherwise it becomes TEXT, BLOB or none. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/task/dump_names.h"

namespace sqlenv {

struct DumpTable {
  std::string sql;
  std::vector<std::string> computed;  // the computed columns
  std::vector<DumpColumn> columns;    // all of them
};

// The table whose partition a CREATE TABLE makes (PARTITION OF t, or INHERITS (t) without columns
// of its own); no table if it makes another.
DumpName partition_parent(const DumpTokens& tokens, std::size_t name, SqlDialect dialect);

// `tokens` are those of a CREATE TABLE with its name at `name`; `keys` are further constraints in
// SQLite's spelling. Without `computed`, computed columns are left out.
DumpTable create_table(const DumpTokens& tokens, std::size_t name, const DumpNames& names,
                       SqlDialect dialect, const std::vector<std::string>& keys, bool computed);

// The primary key, UNIQUE or foreign key at the front of `item`, perhaps behind CONSTRAINT and its
// name, in SQLite's spelling; empty if it is something else.
std::string table_key(const DumpTokens& tokens, DumpSpan item, const DumpNames& names);

// Whether a table's item or an added part is a key, check or index rather than a column.
bool is_constraint(const DumpTokens& tokens, std::size_t at, SqlDialect dialect);

// A column in SQLite's spelling. Adds its name to `computed` if it is computed.
std::string table_column(const DumpTokens& tokens, DumpSpan item, const DumpNames& names,
                         SqlDialect dialect, std::vector<std::string>& computed);

// The type at `at` in SQLite's spelling, which may be empty; moves `at` behind it.
std::string column_type(const DumpTokens& tokens, std::size_t& at, std::size_t end,
                        const DumpNames& names, SqlDialect dialect);

}  // namespace sqlenv
