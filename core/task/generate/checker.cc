#include "core/task/generate/checker.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/text.h"

namespace sqlenv::generate {
namespace {

constexpr std::size_t kLongestCell = 100;

double power_of_ten(std::int64_t exponent) {
  double power = 1;
  for (std::int64_t i = 0; i < exponent; ++i) power *= 10;
  return power;
}

bool is_rounded(double value) {
  const double scaled = value * 1e4;
  return std::fabs(value) < 1e11 && std::floor(scaled + 0.5) / 1e4 == value;
}

// Whether `value` lies half-way between two roundings, or is rounded to zero.
bool rounds_badly(double value, std::int64_t decimals) {
  const double scaled = std::fabs(value) * power_of_ten(decimals);
  if (scaled > 1e12) return true;
  if (value != 0 && scaled < 0.5) return true;
  return std::fabs(scaled - std::floor(scaled) - 0.5) < 1e-6 * std::max(1.0, scaled * 1e-6);
}

bool same_key(const Value& a, const Value& b) {
  const auto* x = std::get_if<double>(&a);
  const auto* y = std::get_if<double>(&b);
  if (x == nullptr || y == nullptr) return a == b;
  return std::fabs(*x - *y) <= 1e-9 * std::max(std::fabs(*x), std::fabs(*y)) + 1e-12;
}

std::string check_ties(const ResultTable& table, std::int64_t shown) {
  if (table.rows.size() < 2) return "trivial";
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (is_null(table.rows[i].back())) return "NULL";
    if (i > 0 && std::cmp_less_equal(i, shown) &&
        same_key(table.rows[i].back(), table.rows[i - 1].back()))
      return "tie";
  }
  return "";
}

std::string check_unrounded(const ResultTable& table, std::int64_t decimals) {
  for (const auto& row : table.rows)
    for (const Value& cell : row)
      if (const auto* real = std::get_if<double>(&cell))
        if (rounds_badly(*real, decimals)) return "half-way";
  return "";
}

std::string check_number(const ResultTable& table, const Check& check) {
  if (table.rows.empty()) return "empty";
  const auto* number = std::get_if<std::int64_t>(&table.rows.front().front());
  if (number == nullptr) return "NULL";
  switch (check.kind) {
    case Check::Kind::kAtLeast: return *number >= check.number ? "" : "trivial";
    case Check::Kind::kAtMost: return *number <= check.number ? "" : "trivial";
    default: return *number == 0 ? "" : "two readings";
  }
}

std::string run(MeteredDatabase& database, const Check& check) {
  const auto table = database.query(check.sql);
  if (!table) return "fails";
  if (check.kind == Check::Kind::kNoTie) return check_ties(*table, check.number);
  if (check.kind == Check::Kind::kUnrounded) return check_unrounded(*table, check.number);
  return check_number(*table, check);
}

std::string check_cell(const Value& cell) {
  if (is_null(cell)) return "NULL";
  if (std::holds_alternative<Blob>(cell)) return "blob";
  if (const auto* real = std::get_if<double>(&cell)) return is_rounded(*real) ? "" : "unrounded";
  const auto* text = std::get_if<std::string>(&cell);
  if (text == nullptr) return "";
  if (text->empty() || trim(*text).size() != text->size()) return "padded";
  const bool control = std::any_of(text->begin(), text->end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return control || text->size() > kLongestCell ? "unwieldy text" : "";
}

std::string check_single(const QuestionDraft& draft, const ResultTable& table) {
  if (table.rows.size() != 1 || table.columns.size() != 1) return "not one cell";
  const Value& cell = table.rows.front().front();
  if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    if (*number < draft.least) return "empty";
    if (draft.most && *number > *draft.most) return "trivial";
  }
  const auto* text = std::get_if<std::string>(&cell);
  const bool told =
      text != nullptr && to_lower(draft.text).find(to_lower(*text)) != std::string::npos;
  return told ? "told in the question" : "";
}

bool repeats_a_row(const ResultTable& table) {
  std::set<std::string> seen;
  for (const auto& row : table.rows) {
    std::string text;
    for (const Value& cell : row) text += display_text(cell) + '\0';
    if (!seen.insert(text).second) return true;
  }
  return false;
}

std::string check_result(const QuestionDraft& draft, const ResultTable& table) {
  if (table.rows.empty()) return "empty";
  if (table.rows.size() > kMostRows) return "too long";
  for (const auto& row : table.rows)
    for (const Value& cell : row)
      if (std::string why = check_cell(cell); !why.empty()) return why;
  if (draft.shape == Shape::kOne) return check_single(draft, table);
  if (draft.longest && std::cmp_greater(table.rows.size(), *draft.longest)) return "trivial";
  if (draft.shape == Shape::kList && table.rows.size() < 2) return "a list of one";
  return repeats_a_row(table) ? "repeated row" : "";
}

std::string type_of(const ResultTable& table) {
  if (table.columns.size() > 1) return "table";
  if (table.rows.size() > 1) return "list";
  const Value& cell = table.rows.front().front();
  if (std::holds_alternative<std::int64_t>(cell)) return "integer";
  return std::holds_alternative<double>(cell) ? "float" : "string";
}

}  // namespace

Finding examine(MeteredDatabase& database, const QuestionDraft& draft) {
  const auto table = database.query(draft.sql);
  if (!table) return {database.spent() ? "out of work" : "fails", ""};
  if (std::string why = check_result(draft, *table); !why.empty()) return {why, ""};
  for (const Check& check : draft.checks)
    if (std::string why = run(database, check); !why.empty())
      return {database.spent() ? "out of work" : why, ""};
  return {"", type_of(*table)};
}

std::string difficulty_of(const QuestionDraft& draft) {
  const std::set<std::size_t> tables(draft.tables.begin(), draft.tables.end());
  if (tables.size() >= 3 || (tables.size() == 2 && draft.layered)) return "hard";
  return tables.size() == 2 || draft.layered || draft.grouped ? "medium" : "easy";
}

}  // namespace sqlenv::generate
