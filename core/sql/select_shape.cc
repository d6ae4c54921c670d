#include "core/sql/select_shape.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv {
namespace {

using Tokens = std::vector<SqlToken>;

// Words after which the expression goes on, so that no alias can follow without AS.
constexpr std::string_view kOperators[] = {
    "and",  "or",    "not",     "is",      "like",     "in",   "glob",
    "from", "match", "regexp",  "as",      "escape",   "case", "when",
    "then", "else",  "between", "collate", "distinct", "all",  "over"};
// Words that end an expression, so that they are no alias.
constexpr std::string_view kEnds[] = {"end",          "null",         "isnull",           "notnull",
                                      "current_date", "current_time", "current_timestamp"};

template <std::size_t N>
bool one_of(const std::string_view (&words)[N], std::string_view word) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view w) { return equal_ignoring_case(w, word); });
}

class ShapeReader {
 public:
  explicit ShapeReader(std::string_view sql) : sql_(sql) {
    for (const SqlToken& token : sql_tokens(sql))
      if (token.depth == 0) outer_.push_back(token);
    while (!outer_.empty() && is(outer_.size() - 1, ";")) outer_.pop_back();
  }

  SelectShape read() {
    std::size_t i = 0;
    while (i < outer_.size() && !is(i, "select") && !is(i, "values")) ++i;
    shape_.select = is(i, "select");
    const std::size_t body = i;
    if (shape_.select) i = read_items(i + 1);
    i = read_body(i);
    shape_.body_end = i < outer_.size() ? outer_[i].begin : end_of(body, outer_.size());
    if (is(i, "order") && is(i + 1, "by")) i = read_order(i + 2);
    if (is(i, "limit")) read_limit(i + 1);
    return std::move(shape_);
  }

 private:
  std::string_view text(std::size_t i) const { return outer_[i].in(sql_); }

  bool is(std::size_t i, std::string_view word) const {
    return i < outer_.size() &&
           (outer_[i].kind == TokenKind::kKeyword || outer_[i].kind == TokenKind::kSymbol) &&
           equal_ignoring_case(text(i), word);
  }

  std::size_t end_of(std::size_t first, std::size_t last) const {
    return last > first ? outer_[last - 1].end : sql_.size();
  }

  // From token `first` to the token before `last`, with the text between them.
  SqlSpan span(std::size_t first, std::size_t last) const {
    if (first >= last) return {};
    return {outer_[first].begin, outer_[last - 1].end};
  }

  bool ends_items(std::size_t i) const {
    // IS [NOT] DISTINCT FROM is an operator.
    if (is(i, "from")) return !(i > 0 && is(i - 1, "distinct"));
    for (const char* word : {"where", "group", "having", "window"})
      if (is(i, word)) return true;
    return ends_body(i) || compounds(i);
  }

  bool compounds(std::size_t i) const {
    return is(i, "union") || is(i, "intersect") || is(i, "except");
  }

  bool ends_body(std::size_t i) const {
    return i >= outer_.size() || is(i, "limit") || (is(i, "order") && is(i + 1, "by"));
  }

  std::size_t read_items(std::size_t i) {
    shape_.distinct = is(i, "distinct");
    if (is(i, "distinct") || is(i, "all")) ++i;
    std::size_t first = i;
    for (;; ++i) {
      const bool last = ends_items(i);
      if (!last && !is(i, ",")) continue;
      if (i > first) shape_.items.push_back(read_item(first, i));
      first = i + 1;
      if (last) break;
    }
    shape_.items_end = i > 0 ? outer_[i - 1].end : 0;
    return i;
  }

  ResultItem read_item(std::size_t first, std::size_t last) const {
    ResultItem item;
    item.star = is(last - 1, "*") && (last - first == 1 || is(last - 2, "."));
    std::size_t end = last;
    if (!item.star && has_alias(first, last)) {
      item.alias = unquoted(text(last - 1));
      end = is(last - 2, "as") ? last - 2 : last - 1;
    }
    item.expression = span(first, end);
    return item;
  }

  bool has_alias(std::size_t first, std::size_t last) const {
    if (last - first < 2) return false;
    const SqlToken& token = outer_[last - 1];
    if (token.kind == TokenKind::kNumber || token.kind == TokenKind::kSymbol) return false;
    if (is(last - 2, "as")) return true;
    if (token.is_word() && one_of(kEnds, text(last - 1))) return false;
    const SqlToken& before = outer_[last - 2];
    if (before.is_word()) return !one_of(kOperators, text(last - 2));
    return before.kind != TokenKind::kSymbol || is(last - 2, ")");
  }

  std::size_t read_body(std::size_t i) {
    for (; !ends_body(i); ++i) {
      if (compounds(i)) shape_.compound = true;
      if (!shape_.compound && is(i, "group") && is(i + 1, "by")) shape_.grouped = true;
    }
    return i;
  }

  std::size_t read_order(std::size_t i) {
    std::size_t first = i;
    for (;; ++i) {
      const bool last = i >= outer_.size() || is(i, "limit");
      if (!last && !is(i, ",")) continue;
      shape_.order.push_back(read_term(first, i));
      first = i + 1;
      if (last) return i;
    }
  }

  OrderTerm read_term(std::size_t first, std::size_t last) const {
    OrderTerm term;
    if (last >= first + 3 && is(last - 2, "nulls")) {
      term.nulls = is(last - 1, "first") ? "FIRST" : "LAST";
      last -= 2;
    }
    if (last >= first + 2 && (is(last - 1, "asc") || is(last - 1, "desc"))) {
      term.descending = is(last - 1, "desc");
      --last;
    }
    if (last >= first + 3 && is(last - 2, "collate")) {
      term.collation = unquoted(text(last - 1));
      last -= 2;
    }
    term.expression = span(first, last);
    return term;
  }

  // LIMIT n, LIMIT n OFFSET m, or LIMIT m, n.
  void read_limit(std::size_t i) {
    std::size_t middle = i;
    while (middle < outer_.size() && !is(middle, "offset") && !is(middle, ",")) ++middle;
    shape_.limit = span(i, middle);
    if (middle >= outer_.size()) return;
    shape_.offset = span(middle + 1, outer_.size());
    if (is(middle, ",")) std::swap(*shape_.limit, *shape_.offset);
  }

  std::string_view sql_;
  Tokens outer_;
  SelectShape shape_;
};

}  // namespace

SelectShape read_select_shape(std::string_view sql) { return ShapeReader(sql).read(); }

bool same_tokens(std::string_view a, std::string_view b) {
  const Tokens one = sql_tokens(a);
  const Tokens two = sql_tokens(b);
  return std::equal(one.begin(), one.end(), two.begin(), two.end(),
                    [&](const SqlToken& x, const SqlToken& y) {
                      if (x.kind == TokenKind::kString || y.kind == TokenKind::kString)
                        return x.in(a) == y.in(b);
                      return equal_ignoring_case(unquoted(x.in(a)), unquoted(y.in(b)));
                    });
}

std::vector<std::string> functions_called(std::string_view sql) {
  std::vector<std::string> names;
  for (const SqlToken& token : sql_tokens(sql))
    if (token.kind == TokenKind::kFunction) names.push_back(to_lower(token.in(sql)));
  return names;
}

}  // namespace sqlenv
