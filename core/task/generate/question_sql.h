// Pieces of the SQL of questions: identifiers, literals, conjunctions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/sql/value.h"

namespace sqlenv::generate {

// `name` itself if it is a plain word and no keyword of SQLite, else in double quotes.
std::string identifier(std::string_view name);

// An integer, real or text as an SQL literal. REQUIRES: neither NULL nor a blob.
std::string literal(const Value& value);
std::string text_literal(std::string_view text);

// " WHERE a AND b", or nothing.
std::string where(const std::vector<std::string>& conditions);

// The query with its constants left out: equal for questions that differ in values alone.
std::string sql_skeleton(std::string_view sql);

}  // namespace sqlenv::generate
