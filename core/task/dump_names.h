// The names of a dump: which table a name such as public.orders or [dbo].[Order Details] means in
// the database that is made, where tables have no schemas.
//
// Belongs to one import. Names are compared ignoring ASCII case.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/task/dump_tokens.h"

namespace sqlenv {

// A name of a table as it is written, without quotes.
struct DumpName {
  std::string space;  // its database (MySQL) or schema; empty if none is written
  std::string table;
};

// Reads the name at `at` and moves `at` behind it. Of more than two parts the last two count.
DumpName read_name(const DumpTokens& tokens, std::size_t& at);

// A column of a table that the script makes. `type` is the first letter of what its rows need to be
// read by: 'b' for truth values, 'y' for bytes, '-' for anything else.
struct DumpColumn {
  std::string name;
  char type = '-';
};

class DumpNames {
 public:
  // The table of that name, in SQLite's quotes.
  std::string quoted(const DumpName& name) const;

  // Reads a name and gives quoted().
  std::string quoted_at(const DumpTokens& tokens, std::size_t& at) const;

  // To be called for each CREATE TABLE: keeps tables of one name in two schemas apart by calling
  // the second one schema_table.
  void add_table(const DumpName& name);

  // From now on `from` means `to`: a partition and its table.
  void add_alias(const DumpName& from, const DumpName& to);

  // A schema or database, whose name in front of another name is left out. Of more than 1,000 the
  // first count.
  void add_space(const std::string& space);

  // The schema of names without one.
  void set_home(const std::string& space);

  // Removes the spaces in front of names.
  void strip_spaces(DumpTokens& tokens) const;

  void set_columns(const DumpName& table, std::vector<DumpColumn> columns);
  const std::vector<DumpColumn>* columns_of(const DumpName& table) const;

  // A type that the script makes, and the type that stands for it; empty if there is none. Of more
  // than 20,000 the first count.
  void add_type(const std::string& name, const std::string& type);
  const std::string* find_type(const std::string& name) const;

 private:
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  std::string key_of(const DumpName& name) const;
  static const std::string* find(const Pairs& pairs, const std::string& key);

  std::string home_;
  std::vector<std::string> spaces_ = {"public", "pg_catalog", "dbo"};
  std::set<std::string> seen_;  // keys and tables
  Pairs renamed_;               // by key, sorted
  Pairs types_;
  std::vector<std::pair<std::string, std::vector<DumpColumn>>> columns_;  // by quoted(), sorted
};

}  // namespace sqlenv
