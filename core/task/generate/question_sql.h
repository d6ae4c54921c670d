// Pieces of SQL: identifiers that are quoted only where they must be, literals, conjunctions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/sql/value.h"

namespace sqlenv::generate {

// `name` as it is if it is a plain word that SQLite reserves for nothing, else in double quotes.
std::string identifier(std::string_view name);

// An integer, real or text as an SQL literal. REQUIRES: no NULL, no blob.
std::string literal(const Value& value);
std::string text_literal(std::string_view text);

// " WHERE a AND b", or nothing.
std::string where(const std::vector<std::string>& conditions);

// One spelling for all queries that differ in letter case or blanks outside quotes only.
std::string normalised_sql(std::string_view sql);

// The query with its constants blanked: equal for questions that differ in their values only.
std::string sql_skeleton(std::string_view sql);

}  // namespace sqlenv::generate
