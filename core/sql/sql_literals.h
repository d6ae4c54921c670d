// Names and literals in SQL text: writing them, and reading what SQLite's quote() wrote.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sql/value.h"

namespace sqlenv {

// `name` in double quotes.
std::string quote_identifier(std::string_view name);

// `name` as it is if it is an ASCII word and no keyword of SQLite, else in double quotes.
std::string sql_name(std::string_view name);

// `text` as an SQL string in single quotes.
std::string quote_text(std::string_view text);

// `value` as SQL reads it. REQUIRES: no infinity.
std::string sql_literal(const Value& value);

// Reads NULL, an integer, a real, 'text' with doubled quotes, or X'0aff'. None for anything else.
std::optional<Value> read_sql_literal(std::string_view text);

// Reads 0aff or 0AFF.
std::optional<Blob> hex_blob(std::string_view digits);

// Reads x'0aff' or X'0AFF'.
std::optional<Blob> read_blob_literal(std::string_view text);

// The pieces of "'a',2,'b,c'" between separators that stand outside quotes.
std::vector<std::string_view> split_literals(std::string_view text, char separator);

}  // namespace sqlenv
