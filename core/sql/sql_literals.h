// Literals in SQL text: writing them, and reading what SQLite's quote() wrote.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sql/value.h"

namespace sqlenv {

// `text` as an SQL string in single quotes.
std::string quote_text(std::string_view text);

// NULL, an integer, a real, 'text' with doubled quotes, or X'0aff'. None for anything else.
std::optional<Value> read_sql_literal(std::string_view text);

// `name` bare where SQL allows that for any reader, else in double quotes.
std::string sql_name(std::string_view name);

// The pieces of "'a',2,'b,c'" between separators that stand outside quotes.
std::vector<std::string_view> split_literals(std::string_view text, char separator);

}  // namespace sqlenv
