// SelectShape: what the outermost SELECT of a statement asks for, read from its text.
//
// Clauses of subqueries, windows and common table expressions do not count, nor does the inside of
// strings, quoted names and comments. The grammar is not checked: the text must be one that SQLite
// has prepared, or the shape means nothing. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

// Bytes [begin, end) of the statement's text.
struct SqlSpan {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::string_view in(std::string_view sql) const { return sql.substr(begin, end - begin); }
};

struct ResultItem {
  SqlSpan expression;
  std::string alias;  // empty if none was given
  bool star = false;  // * or table.*
};

struct OrderTerm {
  SqlSpan expression;     // without COLLATE at its end, ASC, DESC and NULLS
  std::string collation;  // named by a COLLATE at its end, else empty
  bool descending = false;
  std::string nulls;  // FIRST, LAST or empty
};

struct SelectShape {
  bool select = false;    // there is an outermost SELECT, not VALUES
  bool distinct = false;  // in the first arm of a compound
  bool compound = false;  // UNION, INTERSECT or EXCEPT between outermost SELECTs
  bool grouped = false;
  std::vector<ResultItem> items;  // in the first arm
  std::size_t items_end = 0;      // the place for another result column
  std::vector<OrderTerm> order;   // empty if the outermost statement has no ORDER BY
  std::size_t body_end = 0;       // where ORDER BY or LIMIT begins, or the statement ends
  std::optional<SqlSpan> limit;
  std::optional<SqlSpan> offset;
};

SelectShape read_select_shape(std::string_view sql);

// Whether two pieces of SQL have equal tokens; only strings are compared with case.
bool same_tokens(std::string_view a, std::string_view b);

// The functions that `sql` calls, in lower case and in order, with repetitions.
std::vector<std::string> functions_called(std::string_view sql);

}  // namespace sqlenv
