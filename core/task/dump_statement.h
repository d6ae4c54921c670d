// The statements of other systems' dumps as SQLite understands them.
//
// Pure; any bytes may be given. What is not understood stays as it is written, so that SQLite
// refuses it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/task/dump_keys.h"
#include "core/task/dump_names.h"

namespace sqlenv {

// What a statement does and to what, such as {"CREATE VIEW", "v"}: its verb and, for CREATE, DROP
// and ALTER, the kind of object. A word that makes the object another kind stands between the two
// ("CREATE TEMPORARY TABLE").
struct StatementHead {
  std::string kind;
  std::string name;  // as it is written; empty if there is none
};
StatementHead statement_head(std::string_view statement, SqlDialect dialect);

struct DumpStatement {
  std::string kind;
  DumpTokens tokens;
  std::size_t at = 0;  // behind the name
  std::size_t name_at = 0;
  DumpName name;  // of the table or view that it is about
};
DumpStatement read_statement(std::string_view statement, SqlDialect dialect);

// Takes in what CREATE SCHEMA, CREATE TYPE, CREATE DOMAIN and SET search_path name; false for any
// other statement.
bool learn_names(const DumpStatement& statement, DumpNames& names, SqlDialect dialect);

struct TranslatedStatement {
  std::vector<std::string> sql;       // to be run in this order; empty if nothing is to be done
  std::string plain;                  // a CREATE TABLE without its computed columns
  std::vector<std::string> computed;  // the names of these
  std::vector<DumpColumn> columns;    // of a CREATE TABLE
  bool clock = false;                 // whether NULL stands for the current time
};

// `keys` are the constraints that the script adds to a table later.
TranslatedStatement translate(DumpStatement statement, const DumpNames& names, SqlDialect dialect,
                              const std::vector<std::string>& keys);

}  // namespace sqlenv
