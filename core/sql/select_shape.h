// SelectShape: what the outermost SELECT of a statement asks for, read from its text.
//
// It tells the outermost statement's clauses from those of subqueries, windows, common table
// expressions, strings, quoted names and comments. It does not check the grammar: the text is one
// that SQLite has prepared, or the shape means nothing. Pure.
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
  std::string collation;  // of a COLLATE at its end, else empty
  bool descending = false;
  std::string nulls;  // FIRST, LAST or empty
};

struct SelectShape {
  bool select = false;    // there is an outermost SELECT; else VALUES, or nothing known
  bool distinct = false;  // of the first arm of a compound
  bool compound = false;  // UNION, INTERSECT or EXCEPT between outermost SELECTs
  bool grouped = false;
  std::vector<ResultItem> items;  // of the first arm
  std::size_t items_end = 0;      // where another result column could be written
  std::vector<OrderTerm> order;   // empty if the outermost statement has no ORDER BY
  std::size_t body_end = 0;       // where ORDER BY, LIMIT or else the statement's end begins
  std::optional<SqlSpan> limit;
  std::optional<SqlSpan> offset;
};

SelectShape read_select_shape(std::string_view sql);

// Whether two pieces of SQL are the same tokens, words and names compared without case.
bool same_tokens(std::string_view a, std::string_view b);

// The functions that `sql` calls, in lower case, in their order, with repetitions.
std::vector<std::string> functions_called(std::string_view sql);

}  // namespace sqlenv
