#include "core/verify/difference.h"

#include <algorithm>
#include <numeric>

#include "core/verify/compare.h"
#include "core/verify/match.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMostRows = 500;
constexpr std::size_t kMostDiffering = 4;  // cells, in rows that are paired anywhere
constexpr std::size_t kNone = ~std::size_t{0};

class Pairing {
 public:
  Pairing(const Gold& gold, const AnswerRows& answer, const MatchRules& rules)
      : gold_(gold), answer_(answer), rules_(rules) {
    const std::size_t width = gold.table.columns.size();
    for (std::size_t c = 0; c < width; ++c) {
      std::vector<Cell>& expected = gold_cells_.emplace_back();
      for (const Row& row : gold.table.rows) expected.push_back(typed_cell(row[c], rules_.cells));
      std::vector<Cell>& given = answer_cells_.emplace_back();
      for (const auto& row : answer) given.push_back(answer_cell(row[c], rules_.cells));
    }
    columns_.resize(width);
    std::iota(columns_.begin(), columns_.end(), std::size_t{0});
    find_columns();
    partner_.assign(gold.table.rows.size(), kNone);
    taken_.assign(answer.size(), false);
  }

  Difference find(bool ordered) {
    pair_rows(0);
    for (std::size_t most = 1; most < columns_.size() && most <= kMostDiffering; ++most)
      pair_rows(most);
    // With one column, or nothing in common, rows pair in their order.
    if (gold_.table.rows.size() == answer_.size()) pair_rows(columns_.size());
    return describe(ordered);
  }

 private:
  void find_columns() {
    if (!rules_.any_column_order || columns_.size() < 2 || answer_.empty()) return;
    const Side gold = {gold_cells_, std::vector<std::uint32_t>(gold_.table.rows.size(), 0)};
    const Side answer = {answer_cells_, std::vector<std::uint32_t>(answer_.size(), 0)};
    const MatchResult result = match_tables(gold, answer, rules_);
    std::vector<std::size_t> sorted = result.columns;
    std::sort(sorted.begin(), sorted.end());
    if (sorted == columns_) columns_ = result.columns;  // a permutation
  }

  bool equal(std::size_t g, std::size_t a, std::size_t c) const {
    return equal_cells(gold_cells_[c][g], answer_cells_[columns_[c]][a], rules_.cells);
  }

  std::size_t differing(std::size_t g, std::size_t a, std::size_t most) const {
    std::size_t count = 0;
    for (std::size_t c = 0; c < columns_.size() && count <= most; ++c) count += !equal(g, a, c);
    return count;
  }

  // Pairs rows that differ in at most `most` cells: first in the same place, then anywhere.
  void pair_rows(std::size_t most) {
    for (std::size_t g = 0; g < partner_.size(); ++g)
      if (g < taken_.size() && partner_[g] == kNone && !taken_[g] && differing(g, g, most) <= most)
        pair(g, g);
    for (std::size_t g = 0; g < partner_.size(); ++g)
      for (std::size_t a = 0; a < taken_.size() && partner_[g] == kNone; ++a)
        if (!taken_[a] && differing(g, a, most) <= most) pair(g, a);
  }

  void pair(std::size_t g, std::size_t a) {
    partner_[g] = a;
    taken_[a] = true;
  }

  Difference describe(bool ordered) const {
    Difference found;
    for (std::size_t c = 0; c < columns_.size(); ++c) found.columns_moved |= columns_[c] != c;
    for (const auto& row : answer_) {
      std::vector<std::string>& cells = found.answer.emplace_back();
      for (const std::size_t c : columns_) cells.push_back(row[c].text);
    }
    for (std::size_t g = 0; g < partner_.size(); ++g) describe_row(g, ordered, found);
    for (std::size_t a = 0; a < taken_.size(); ++a)
      if (!taken_[a]) found.rows.push_back({RowDifference::Kind::kExtra, 0, a, {}});
    return found;
  }

  void describe_row(std::size_t g, bool ordered, Difference& found) const {
    const std::size_t a = partner_[g];
    if (a == kNone) return found.rows.push_back({RowDifference::Kind::kMissing, g, 0, {}});
    RowDifference row = {RowDifference::Kind::kChanged, g, a, {}};
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const Cell& expected = gold_cells_[c][g];
      const Cell& given = answer_cells_[columns_[c]][a];
      if (equal(g, a, c)) {
        found.near |= expected.kind == CellKind::kReal && expected.real != given.real;
        continue;
      }
      row.columns.push_back(c);
      found.other_type |= display_text(gold_.table.rows[g][c]) == answer_[a][columns_[c]].text;
    }
    const bool moved = ordered && a != g;
    if (row.columns.empty() && !moved) ++found.equal;
    else {
      if (row.columns.empty()) row.kind = RowDifference::Kind::kMoved;
      found.rows.push_back(std::move(row));
    }
  }

  const Gold& gold_;
  const AnswerRows& answer_;
  MatchRules rules_;
  Cells gold_cells_;
  Cells answer_cells_;
  std::vector<std::size_t> columns_;  // the answer's column for each gold column
  std::vector<std::size_t> partner_;  // the answer's row for each gold row
  std::vector<bool> taken_;           // for each row of the answer
};

}  // namespace

std::optional<Difference> difference(const Gold& gold, std::string_view answer, VerifierMode mode) {
  if (mode == VerifierMode::kSqlenv) return std::nullopt;
  const Judgement judged = judge_readings(gold, answer, mode);
  const std::size_t width = gold.table.columns.size();
  if (!judged.reading || width == 0) return std::nullopt;
  const AnswerRows& rows = judged.reading->rows;
  if (rows.size() > kMostRows || gold.table.rows.size() > kMostRows) return std::nullopt;
  for (const auto& row : rows)
    if (row.size() != width) return std::nullopt;
  return Pairing(gold, rows, match_rules(mode, judged.reading->named))
      .find(judged.verdict.reason == Reason::kOrder);
}

}  // namespace sqlenv
