// The keys that a dump adds to its tables after their rows.
//
// pg_dump, phpMyAdmin and SQL Server write "ALTER TABLE … ADD PRIMARY KEY" at the end, but SQLite
// knows keys only in CREATE TABLE. So a script is searched for such lines before it runs, and each
// CREATE TABLE gets its keys at once. Partitions, which are attached in the same way, are found
// too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/task/dump_names.h"

namespace sqlenv {

class DumpKeys {
 public:
  // `script` must outlive the object. Linear in its length.
  DumpKeys(std::string_view script, SqlDialect dialect);

  bool empty() const { return additions_.empty(); }

  // The keys of the table that is made at byte `at` of the script, in SQLite's spelling.
  std::vector<std::string> of(const DumpName& table, std::size_t at, const DumpNames& names) const;

  // The table that this one is attached to as a partition; none if `table` of the result is empty.
  DumpName parent_of(const DumpName& table, std::size_t at) const;

 private:
  struct Addition {
    DumpName table;
    std::size_t part = 0;  // how many lines before it change the database
    DumpTokens key;        // what is added
    DumpName parent;       // or the table that it becomes a partition of
  };

  void take_line(std::string_view script, std::size_t at, SqlDialect dialect);
  void take_items(const DumpTokens& tokens);
  std::size_t part_at(std::size_t at) const;
  template <class Take>
  void each(const DumpName& table, std::size_t at, Take take) const;

  std::vector<Addition> additions_;  // sorted by the table's name
  std::vector<std::size_t> changes_;
};

}  // namespace sqlenv
