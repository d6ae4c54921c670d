#include "core/verify/verdict.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/text.h"
#include "core/verify/answer.h"

namespace sqlenv {
namespace {

using GoldRow = std::vector<Value>;
using AnswerRow = std::vector<AnswerCell>;

bool equal_reals(double a, double b) {
  if (a == b) return true;
  if (std::isinf(a) || std::isinf(b)) return false;
  return std::fabs(a - b) <= 1e-9 + 1e-6 * std::max(std::fabs(a), std::fabs(b));
}

std::optional<double> number_in(const AnswerCell& cell) {
  if (!cell.literal) return parse_number(cell.text);
  if (const auto* whole = std::get_if<std::int64_t>(&*cell.literal))
    return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&*cell.literal)) return *real;
  return std::nullopt;
}

// Integers beyond 2^53 must not be compared as doubles.
bool equal_integer(std::int64_t gold, const AnswerCell& cell) {
  if (cell.literal)
    if (const auto* whole = std::get_if<std::int64_t>(&*cell.literal)) return *whole == gold;
  if (cell.text == std::to_string(gold)) return number_in(cell).has_value();
  const std::optional<double> number = number_in(cell);
  return number && std::floor(*number) == *number && *number == static_cast<double>(gold);
}

bool equal_text(const std::string& gold, const AnswerCell& cell) {
  const bool may_be_text = !cell.literal || std::holds_alternative<std::string>(*cell.literal);
  return may_be_text && collapse_spaces(gold) == collapse_spaces(cell.text);
}

bool equal_null(const AnswerCell& cell) {
  if (cell.literal) return is_null(*cell.literal);
  const std::string word = to_lower(trim(cell.text));
  return word == "null" || word == "none";
}

bool equal_cell(const Value& gold, const AnswerCell& cell) {
  if (is_null(gold)) return equal_null(cell);
  if (const auto* whole = std::get_if<std::int64_t>(&gold)) return equal_integer(*whole, cell);
  if (const auto* real = std::get_if<double>(&gold)) {
    const std::optional<double> number = number_in(cell);
    return number && equal_reals(*real, *number);
  }
  if (const auto* text = std::get_if<std::string>(&gold)) return equal_text(*text, cell);
  return equal_ignoring_case(display_text(gold), cell.text);
}

using Permutation = std::vector<std::size_t>;  // gold column -> answer column

bool equal_row(const GoldRow& gold, const AnswerRow& answer, const Permutation& columns) {
  for (std::size_t c = 0; c < gold.size(); ++c)
    if (!equal_cell(gold[c], answer[columns[c]])) return false;
  return true;
}

bool equal_in_order(const Gold& gold, const AnswerRows& answer, const Permutation& columns) {
  for (std::size_t r = 0; r < answer.size(); ++r)
    if (!equal_row(gold.table.rows[r], answer[r], columns)) return false;
  return true;
}

bool equal_as_bag(const Gold& gold, const AnswerRows& answer, const Permutation& columns) {
  std::vector<bool> used(answer.size(), false);
  for (const GoldRow& row : gold.table.rows) {
    std::size_t r = 0;
    while (r < answer.size() && (used[r] || !equal_row(row, answer[r], columns))) ++r;
    if (r == answer.size()) return false;
    used[r] = true;
  }
  return true;
}

// Column orders worth trying: gold column g may be answer column a only if the bags of their cells
// agree, which leaves one candidate in all but degenerate tables.
class ColumnOrders {
 public:
  ColumnOrders(const Gold& gold, const AnswerRows& answer) : gold_(gold), answer_(answer) {
    const std::size_t width = gold.table.columns.size();
    candidates_.resize(width);
    for (std::size_t g = 0; g < width; ++g)
      for (std::size_t a = 0; a < width; ++a)
        if (same_bag(g, a)) candidates_[g].push_back(a);
  }

  // True once `accept` does; false if no order passes; sets `exhausted` if there were too many.
  template <class Accept>
  bool any(const Accept& accept) {
    Permutation order;
    return extend(order, accept);
  }

  bool gave_up() const { return tried_ >= kMaxTried; }

 private:
  static constexpr int kMaxTried = 5040;

  bool same_bag(std::size_t g, std::size_t a) const {
    std::vector<bool> used(answer_.size(), false);
    for (const GoldRow& row : gold_.table.rows) {
      std::size_t r = 0;
      while (r < answer_.size() && (used[r] || !equal_cell(row[g], answer_[r][a]))) ++r;
      if (r == answer_.size()) return false;
      used[r] = true;
    }
    return true;
  }

  template <class Accept>
  bool extend(Permutation& order, const Accept& accept) {
    if (order.size() == candidates_.size()) return ++tried_ <= kMaxTried && accept(order);
    for (std::size_t a : candidates_[order.size()]) {
      if (std::find(order.begin(), order.end(), a) != order.end()) continue;
      order.push_back(a);
      if (extend(order, accept)) return true;
      order.pop_back();
      if (gave_up()) return false;
    }
    return false;
  }

  const Gold& gold_;
  const AnswerRows& answer_;
  std::vector<Permutation> candidates_;
  int tried_ = 0;
};

bool is_header(const AnswerRow& row, const std::vector<std::string>& columns) {
  return std::equal(row.begin(), row.end(), columns.begin(), columns.end(),
                    [](const AnswerCell& cell, const std::string& column) {
                      return equal_ignoring_case(trim(cell.text), column);
                    });
}

Verdict wrong(Reason reason, std::string detail) { return {false, reason, std::move(detail)}; }

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

// A row count that differs only because rows repeat deserves its own name.
bool same_without_duplicates(const Gold& gold, const AnswerRows& answer) {
  Permutation identity(gold.table.columns.size());
  std::iota(identity.begin(), identity.end(), std::size_t{0});
  const auto in_gold = [&](const AnswerRow& row) {
    return std::any_of(gold.table.rows.begin(), gold.table.rows.end(),
                       [&](const GoldRow& g) { return equal_row(g, row, identity); });
  };
  const auto in_answer = [&](const GoldRow& g) {
    return std::any_of(answer.begin(), answer.end(),
                       [&](const AnswerRow& row) { return equal_row(g, row, identity); });
  };
  return !answer.empty() && std::all_of(answer.begin(), answer.end(), in_gold) &&
         std::all_of(gold.table.rows.begin(), gold.table.rows.end(), in_answer);
}

Verdict compare_rows(const Gold& gold, const AnswerRows& answer) {
  ColumnOrders orders(gold, answer);
  if (gold.ordered &&
      orders.any([&](const Permutation& p) { return equal_in_order(gold, answer, p); }))
    return {true, Reason::kMatch, "Every row matches, in the order the question asks for."};
  ColumnOrders unordered(gold, answer);
  if (unordered.any([&](const Permutation& p) { return equal_as_bag(gold, answer, p); })) {
    if (gold.ordered) return wrong(Reason::kOrder, "The rows are right but their order is not.");
    return {true, Reason::kMatch, "Every row matches."};
  }
  if (unordered.gave_up())
    return wrong(Reason::kUndecided, "Too many columns look alike to pair them.");
  return wrong(Reason::kValue, "At least one value differs.");
}

}  // namespace

std::string_view reason_name(Reason reason) {
  switch (reason) {
    case Reason::kMatch: return "MATCH";
    case Reason::kRowCount: return "ROW_COUNT";
    case Reason::kColumnCount: return "COLUMN_COUNT";
    case Reason::kValue: return "VALUE";
    case Reason::kOrder: return "ORDER";
    case Reason::kDuplicates: return "DUPLICATES";
    case Reason::kParse: return "PARSE";
    case Reason::kEmpty: return "EMPTY";
    case Reason::kGoldError: return "GOLD_ERROR";
    case Reason::kUndecided: return "UNDECIDED";
  }
  return "UNDECIDED";
}

Verdict verify(const Gold& gold, std::string_view answer_text) {
  if (trim(answer_text).empty()) return wrong(Reason::kEmpty, "The answer is blank.");
  const std::size_t height = gold.table.rows.size();
  const std::size_t width = gold.table.columns.size();
  std::optional<AnswerRows> answer = parse_answer(answer_text, {height, width});
  if (!answer) return wrong(Reason::kParse, "The answer could not be read as a list or table.");
  if (answer->size() == height + 1 && is_header(answer->front(), gold.table.columns))
    answer->erase(answer->begin());
  for (const AnswerRow& row : *answer)
    if (row.size() != width)
      return wrong(Reason::kColumnCount, "A row has " + counted(row.size(), "column") + " where " +
                                             std::to_string(width) + " belong.");
  if (answer->size() != height) {
    // Far more rows than gold cannot be an innocent repeat, and comparing them all would be slow.
    const bool comparable = answer->size() <= 4 * height + 16;
    if (comparable && same_without_duplicates(gold, *answer))
      return wrong(Reason::kDuplicates, "Rows are repeated, or a repeated row is missing.");
    return wrong(Reason::kRowCount, "The answer has " + counted(answer->size(), "row") + ", not " +
                                        std::to_string(height) + ".");
  }
  return compare_rows(gold, *answer);
}

}  // namespace sqlenv
