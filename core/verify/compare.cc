#include "core/verify/compare.h"

#include <algorithm>
#include <unordered_map>

#include "core/verify/match.h"

namespace sqlenv {
namespace {

using Groups = std::vector<std::uint32_t>;

// The sums of two releases of SQLite differ by less: docs/verification.md.
constexpr CellRules kExact = {1e-9, 1e-10, false};
constexpr CellRules kStrict = {1e-9, 1e-6, true};

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

Verdict right(const std::string& detail) { return {true, Reason::kMatch, detail, {}}; }

Cells typed_cells(const std::vector<Row>& rows, std::size_t width, const CellRules& rules) {
  Cells cells(width);
  for (const Row& row : rows)
    for (std::size_t c = 0; c < width; ++c) cells[c].push_back(typed_cell(row[c], rules));
  return cells;
}

Cells answer_cells(const AnswerRows& rows, std::size_t width, const CellRules& rules) {
  Cells cells(width);
  for (const auto& row : rows)
    for (std::size_t c = 0; c < width; ++c) cells[c].push_back(answer_cell(row[c], rules));
  return cells;
}

// The gold's rows with the rows that may replace them, and the answer's rows, in groups.
struct Sides {
  Side gold;
  Side answer;
};

// 0, 1, 2 … if `ordered`, else all 0.
Groups plain_groups(std::size_t rows, bool ordered) {
  Groups groups(rows, 0);
  for (std::size_t r = 0; ordered && r < rows; ++r) groups[r] = static_cast<std::uint32_t>(r);
  return groups;
}

Sides make_sides(const Gold& gold, const AnswerRows& answer, const CellRules& rules, bool ordered) {
  const std::size_t width = gold.table.columns.size();
  return {
      {typed_cells(gold.table.rows, width, rules), plain_groups(gold.table.rows.size(), ordered)},
      {answer_cells(answer, width, rules), plain_groups(answer.size(), ordered)}};
}

// Groups the gold's ties and the rows that a LIMIT cut off.
void apply_ties(const Gold& gold, const CellRules& rules, Sides& sides) {
  if (gold.groups.empty()) return;
  Groups groups;
  for (std::size_t i = 0; i < gold.groups.size(); ++i)
    groups.insert(groups.end(), gold.groups[i].rows, static_cast<std::uint32_t>(i));
  sides.answer.groups = groups;
  sides.gold.groups = std::move(groups);
  for (std::size_t i = 0; i < gold.groups.size(); ++i) {
    for (const Row& row : gold.groups[i].others) {
      for (std::size_t c = 0; c < row.size(); ++c)
        sides.gold.cells[c].push_back(typed_cell(row[c], rules));
      sides.gold.groups.push_back(static_cast<std::uint32_t>(i));
    }
  }
}

std::optional<Place> place_of(const MatchResult& result) {
  if (!result.row) return std::nullopt;
  return Place{*result.row, result.column};
}

Verdict value_differs(const Gold& gold, const MatchResult& result) {
  const std::optional<Place> place = place_of(result);
  const bool single = gold.table.rows.size() == 1 && gold.table.columns.size() == 1;
  if (!place || single) return wrong_verdict(Reason::kValue, "At least one value differs.", place);
  const std::string row = "Row " + std::to_string(place->row + 1);
  if (!place->column)
    return wrong_verdict(Reason::kValue, row + " is not one of the rows that are right.", place);
  return wrong_verdict(Reason::kValue,
                       row +
                           " of the right result is not in the answer; the nearest row differs "
                           "in the column \"" +
                           gold.table.columns[*place->column] + "\".",
                       place);
}

// The rows, each once.
Side distinct_rows(const Side& side) {
  Side out;
  out.cells.resize(side.cells.size());
  std::unordered_multimap<std::uint64_t, std::size_t> seen;
  for (std::size_t r = 0; r < side.rows(); ++r) {
    std::uint64_t hash = 0;
    for (const auto& column : side.cells) hash = mix_hash(hash, cell_hash(column[r]));
    const auto [first, last] = seen.equal_range(hash);
    const bool repeated = std::any_of(first, last, [&](const auto& entry) {
      return std::all_of(side.cells.begin(), side.cells.end(), [&](const auto& column) {
        return identical_cells(column[r], column[entry.second]);
      });
    });
    if (repeated) continue;
    seen.emplace(hash, r);
    for (std::size_t c = 0; c < side.cells.size(); ++c) out.cells[c].push_back(side.cells[c][r]);
    out.groups.push_back(0);
  }
  return out;
}

Verdict row_count_differs(const Gold& gold, const AnswerRows& answer, const MatchRules& rules) {
  const Sides sides = make_sides(gold, answer, rules.cells, false);
  const Side rows = distinct_rows(sides.gold);
  const Side answer_rows = distinct_rows(sides.answer);
  if (!answer.empty() && rows.rows() == answer_rows.rows() &&
      match_tables(rows, answer_rows, rules).match == Match::kYes)
    return wrong_verdict(Reason::kDuplicates, "Rows are repeated, or a repeated row is missing.");
  return wrong_verdict(Reason::kRowCount, "The answer has " + counted(answer.size(), "row") +
                                              ", not " + std::to_string(gold.table.rows.size()) +
                                              ".");
}

Verdict order_differs(const Gold& gold, const MatchResult& in_order) {
  if (!gold.ties_known)
    return wrong_verdict(Reason::kUndecided,
                         "The rows are right, but which of them tie could not be computed.");
  return wrong_verdict(Reason::kOrder, "The rows are right but their order is not.",
                       place_of(in_order));
}

// Modes strict and spider compare bags of rows; they differ in the rules and in what `ordered`
// means.
Verdict compare_bags(const Gold& gold, const AnswerRows& answer, const MatchRules& rules,
                     bool ordered, bool ties) {
  if (answer.size() != gold.table.rows.size()) return row_count_differs(gold, answer, rules);
  if (answer.empty()) return right("There are no rows, as it should be.");
  Sides sides = make_sides(gold, answer, rules.cells, ordered);
  if (ties) apply_ties(gold, rules.cells, sides);
  const MatchResult result = match_tables(sides.gold, sides.answer, rules);
  if (result.match == Match::kYes)
    return right(ordered ? "Every row matches, in the order the question asks for."
                         : "Every row matches.");
  if (result.match == Match::kUndecided)
    return wrong_verdict(Reason::kUndecided, "Too many rows and columns look alike to pair them.");
  if (ordered) {
    const Sides bag = make_sides(gold, answer, rules.cells, false);
    if (match_tables(bag.gold, bag.answer, rules).match == Match::kYes)
      return order_differs(gold, result);
  }
  if (ties && gold.limited && !gold.ties_known)
    return wrong_verdict(Reason::kUndecided,
                         "It differs, but which rows the LIMIT may keep could not be computed.");
  return value_differs(gold, result);
}

Verdict compare_strictly(const Gold& gold, const AnswerRows& answer, const MatchRules& rules) {
  Verdict verdict = compare_bags(gold, answer, rules, gold.ordered, true);
  if (verdict.correct) return verdict;
  if (!gold.unsearched.empty())
    return wrong_verdict(Reason::kUndecided, verdict.detail + " " + gold.unsearched, verdict.where);
  if (!gold.alternative) return verdict;
  Gold other;
  other.table = *gold.alternative;
  other.ordered = gold.ordered;
  if (compare_bags(other, answer, rules, other.ordered, true).correct)
    return right("It is one of the results that the question leaves open.");
  verdict.reason = Reason::kGoldAmbiguous;
  verdict.detail += " Yet the question does not determine its answer.";
  return verdict;
}

Verdict compare_sets(const Gold& gold, const AnswerRows& answer) {
  const Sides sides = make_sides(gold, answer, kExact, false);
  if (gold.table.rows.empty() != answer.empty())
    return row_count_differs(gold, answer, {kExact, false});
  if (answer.empty()) return right("There are no rows, as it should be.");
  const Match match = match_sets(sides.gold, sides.answer, kExact);
  if (match == Match::kYes) return right("The sets of rows are equal.");
  if (match == Match::kUndecided)
    return wrong_verdict(Reason::kUndecided, "Too many rows look alike to pair them.");
  return wrong_verdict(Reason::kValue, "The sets of rows differ.");
}

}  // namespace

AnswerRows answer_rows(const ResultTable& table) {
  AnswerRows rows;
  for (const Row& row : table.rows) {
    rows.emplace_back();
    for (const Value& value : row) rows.back().push_back({display_text(value), value});
  }
  return rows;
}

Verdict compare_closely(const Gold& gold, const ResultTable& table, double tolerance) {
  const MatchRules rules = {{tolerance, tolerance, true}, true};
  return compare_bags(gold, answer_rows(table), rules, gold.ordered, true);
}

MatchRules match_rules(VerifierMode mode, bool named) {
  return {mode == VerifierMode::kStrict ? kStrict : kExact, mode != VerifierMode::kBird && !named};
}

Verdict compare_rows(const Gold& gold, const AnswerReading& answer, VerifierMode mode) {
  const AnswerRows& rows = answer.rows;
  const std::size_t width = gold.table.columns.size();
  for (std::size_t r = 0; r < rows.size(); ++r)
    if (rows[r].size() != width)
      return wrong_verdict(Reason::kColumnCount,
                           "A row has " + counted(rows[r].size(), "column") + " where " +
                               std::to_string(width) + " belong.",
                           Place{r, std::nullopt});
  const MatchRules rules = match_rules(mode, answer.named);
  if (mode == VerifierMode::kBird) return compare_sets(gold, rows);
  if (mode == VerifierMode::kSpider)
    return compare_bags(gold, rows, rules, gold.mentions_order_by, false);
  return compare_strictly(gold, rows, rules);
}

}  // namespace sqlenv
