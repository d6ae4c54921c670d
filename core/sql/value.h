// Value: one cell of a result, with SQLite's five storage classes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sqlenv {

struct Null {
  friend bool operator==(Null, Null) { return true; }
};

struct Blob {
  std::string bytes;
  friend bool operator==(const Blob&, const Blob&) = default;
};

// Text is UTF-8 (ill-formed bytes were replaced when it was read). Reals are never NaN, which
// SQLite turns into NULL.
using Value = std::variant<Null, std::int64_t, double, std::string, Blob>;

inline bool is_null(const Value& value) { return std::holds_alternative<Null>(value); }

// The text that agents read: NULL, 42, 3.14 (SQLite's own 15 digits), text as it is, x'0aff'.
std::string display_text(const Value& value);

// A real in SQLite's text form, such as "3.0" or "1.5e+20".
std::string real_text(double value);

// Reads a decimal number: an integer if it has neither point nor exponent and 64 bits hold it, else
// a real. None if `text` is anything else.
std::optional<Value> number_value(std::string_view text);

// Rows of equal width. `columns` are the names SQLite gives the result's columns. `reads_table`
// says whether the query that made them reads a table of the database, or a view of one: false for
// SELECT 1, and for what reads the schema alone.
struct ResultTable {
  std::vector<std::string> columns;
  std::vector<std::vector<Value>> rows;
  bool reads_table = false;

  friend bool operator==(const ResultTable&, const ResultTable&) = default;
};

}  // namespace sqlenv
