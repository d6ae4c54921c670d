#include "core/verify/tie_groups.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "core/base/text.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv {
namespace {

std::optional<std::size_t> small_integer(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  std::size_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::size_t>(c - '0');
  }
  return value;
}

std::optional<std::size_t> index_of_name(const std::vector<std::string>& columns,
                                         const std::string& name) {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (equal_ignoring_case(columns[i], name)) return i;
  return std::nullopt;
}

// Builds the ranked query. A sort key is a result column if SQLite reads it as one (a position, an
// alias, in a compound or DISTINCT also a column's expression), else an extra column.
class RankedQuery {
 public:
  RankedQuery(const std::string& sql, const SelectShape& shape,
              const std::vector<std::string>& columns)
      : sql_(sql), shape_(shape), columns_(columns) {}

  std::optional<std::string> ranked() {
    if (!read_terms()) return std::nullopt;
    const std::string rank =
        terms_.empty() ? "1" : "dense_rank() OVER (ORDER BY " + join(terms_, ", ") + ")";
    const std::vector<std::string> shown = names("c", columns_.size());
    return with_gold() + join(shown, ", ") + ", " + rank + " AS sqlenv_rank FROM sqlenv_gold " +
           "ORDER BY " + std::to_string(shown.size() + 1);
  }

  std::optional<std::string> keys() {
    if (!read_terms() || terms_.empty()) return std::nullopt;
    return with_gold() + join(keys_, ", ") + " FROM sqlenv_gold ORDER BY " + join(terms_, ", ");
  }

 private:
  bool read_terms() {
    for (const OrderTerm& term : shape_.order) {
      const std::optional<std::string> key = key_of(term);
      if (!key) return false;
      keys_.push_back(*key);
      terms_.push_back(*key + direction(term));
    }
    return true;
  }

  std::string with_gold() const {
    std::vector<std::string> all = names("c", columns_.size());
    for (const std::string& name : names("k", extra_.size())) all.push_back(name);
    return "WITH sqlenv_gold(" + join(all, ", ") + ") AS (" + body() + "\n) SELECT ";
  }

  static std::vector<std::string> names(const std::string& stem, std::size_t count) {
    std::vector<std::string> out;
    for (std::size_t i = 1; i <= count; ++i) out.push_back("sqlenv_" + stem + std::to_string(i));
    return out;
  }

  static std::string direction(const OrderTerm& term) {
    return (term.collation.empty() ? "" : " COLLATE \"" + term.collation + "\"") +
           (term.descending ? " DESC" : "") + (term.nulls.empty() ? "" : " NULLS " + term.nulls);
  }

  std::string body() const {
    std::string body = sql_.substr(0, shape_.body_end);
    std::string extra;
    for (const std::string& key : extra_) extra += ", (" + key + "\n)";
    return body.insert(std::min(shape_.items_end, body.size()), extra);
  }

  std::optional<std::string> key_of(const OrderTerm& term) {
    const std::string expression(term.expression.in(sql_));
    if (const auto column = result_column(expression)) {
      if (*column >= columns_.size()) return std::nullopt;
      return "sqlenv_c" + std::to_string(*column + 1);
    }
    if (shape_.compound || shape_.distinct || !shape_.select) return std::nullopt;
    extra_.push_back(expression);
    return "sqlenv_k" + std::to_string(extra_.size());
  }

  // The result column that a term means; none if it means another expression.
  std::optional<std::size_t> result_column(const std::string& expression) const {
    if (const auto position = small_integer(expression)) return *position - 1;
    const std::vector<SqlToken> tokens = sql_tokens(expression);
    const bool name =
        tokens.size() == 1 && (tokens[0].is_word() || tokens[0].kind == TokenKind::kQuoted);
    const bool star = std::any_of(shape_.items.begin(), shape_.items.end(),
                                  [](const ResultItem& item) { return item.star; });
    for (std::size_t i = 0; i < shape_.items.size(); ++i) {
      const ResultItem& item = shape_.items[i];
      const bool alias =
          name && !item.alias.empty() && equal_ignoring_case(item.alias, unquoted(expression));
      if (alias) return star ? index_of_name(columns_, item.alias) : i;
    }
    if (!shape_.compound && !shape_.distinct) return std::nullopt;
    for (std::size_t i = 0; !star && i < shape_.items.size(); ++i)
      if (same_tokens(shape_.items[i].expression.in(sql_), expression)) return i;
    return name ? index_of_name(columns_, unquoted(expression)) : std::nullopt;
  }

  const std::string& sql_;
  const SelectShape& shape_;
  const std::vector<std::string>& columns_;
  std::vector<std::string> extra_;
  std::vector<std::string> keys_;
  std::vector<std::string> terms_;
};

// Evaluates a LIMIT or OFFSET, which are constant expressions, by SQLite.
std::optional<std::int64_t> constant(Database& database, const std::string& sql, SqlSpan span) {
  const Result<ResultTable> table = database.query("SELECT " + std::string(span.in(sql)));
  if (!table || table->rows.size() != 1 || table->rows[0].size() != 1) return std::nullopt;
  const auto* value = std::get_if<std::int64_t>(&table->rows[0][0]);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

}  // namespace

std::optional<KeptRows> kept_rows(Database& database, const std::string& sql,
                                  const SelectShape& shape) {
  std::int64_t offset = 0;
  std::int64_t limit = -1;
  if (shape.offset) {
    const auto value = constant(database, sql, *shape.offset);
    if (!value) return std::nullopt;
    offset = std::clamp<std::int64_t>(*value, 0, 1'000'000'000);
  }
  if (shape.limit) {
    const auto value = constant(database, sql, *shape.limit);
    if (!value) return std::nullopt;
    limit = std::min<std::int64_t>(*value, 1'000'000'000);
  }
  KeptRows kept;
  kept.begin = static_cast<std::size_t>(offset);
  if (limit >= 0) kept.end = kept.begin + static_cast<std::size_t>(limit);
  return kept;
}

bool row_less(const Row& a, const Row& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].index() != b[i].index()) return a[i].index() < b[i].index();
    if (a[i] == b[i]) continue;
    if (const auto* blob = std::get_if<Blob>(&a[i]))
      return blob->bytes < std::get<Blob>(b[i]).bytes;
    if (const auto* text = std::get_if<std::string>(&a[i]))
      return *text < std::get<std::string>(b[i]);
    if (const auto* whole = std::get_if<std::int64_t>(&a[i]))
      return *whole < std::get<std::int64_t>(b[i]);
    return std::get<double>(a[i]) < std::get<double>(b[i]);
  }
  return false;
}

namespace {

// Removes `rows` from the sorted bag `pool`. False if a row is missing.
bool take_away(std::vector<Row>& pool, std::vector<Row> rows) {
  std::sort(pool.begin(), pool.end(), row_less);
  std::sort(rows.begin(), rows.end(), row_less);
  std::vector<Row> left;
  std::set_difference(pool.begin(), pool.end(), rows.begin(), rows.end(), std::back_inserter(left),
                      row_less);
  const bool all = left.size() + rows.size() == pool.size();
  pool = std::move(left);
  return all;
}

std::optional<std::vector<TieGroup>> group_rows(std::vector<Row> ranked, KeptRows window,
                                                const ResultTable& table) {
  window.end = std::min(window.end, ranked.size());
  window.begin = std::min(window.begin, window.end);
  if (table.rows.size() != window.end - window.begin) return std::nullopt;
  std::vector<TieGroup> groups;
  for (std::size_t first = 0; first < ranked.size();) {
    std::size_t last = first;
    const Value rank = ranked[first].back();
    while (last < ranked.size() && ranked[last].back() == rank) ranked[last++].pop_back();
    const std::size_t begin = std::max(first, window.begin);
    const std::size_t end = std::min(last, window.end);
    if (begin < end) {
      const auto at = [&](std::size_t i) {
        return table.rows.begin() + static_cast<std::ptrdiff_t>(i - window.begin);
      };
      TieGroup group{end - begin, {}};
      group.others.assign(std::make_move_iterator(ranked.begin() + std::ptrdiff_t(first)),
                          std::make_move_iterator(ranked.begin() + std::ptrdiff_t(last)));
      if (!take_away(group.others, {at(begin), at(end)})) return std::nullopt;
      groups.push_back(std::move(group));
    }
    first = last;
  }
  return groups;
}

}  // namespace

std::optional<std::string> ranked_query(const std::string& sql, const SelectShape& shape,
                                        const std::vector<std::string>& columns) {
  return RankedQuery(sql, shape, columns).ranked();
}

std::optional<std::vector<Row>> sort_keys(Database& database, const std::string& sql,
                                          const SelectShape& shape,
                                          const std::vector<std::string>& columns) {
  const std::optional<std::string> query = RankedQuery(sql, shape, columns).keys();
  if (!query) return std::nullopt;
  Result<ResultTable> table = database.query(*query, gold_limits());
  if (!table) return std::nullopt;
  return std::move(table->rows);
}

std::optional<std::vector<TieGroup>> tie_groups(Database& database, const std::string& sql,
                                                const SelectShape& shape,
                                                const ResultTable& table) {
  const std::optional<std::string> query = ranked_query(sql, shape, table.columns);
  const std::optional<KeptRows> window = kept_rows(database, sql, shape);
  if (!query || !window) return std::nullopt;
  Result<ResultTable> ranked = database.query(*query, gold_limits());
  if (!ranked) return std::nullopt;
  return group_rows(std::move(ranked->rows), *window, table);
}

}  // namespace sqlenv
