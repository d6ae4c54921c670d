#include "core/verify/match.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_map>

#include "core/base/check.h"
#include "core/verify/column_pairs.h"
#include "core/verify/row_pairing.h"

namespace sqlenv {
namespace {

// Bounds on the search: rows that all tried orders of columns examine together, and orders that are
// tried in any case.
constexpr std::size_t kMaxWork = 50'000'000;
constexpr std::size_t kMinSteps = 200;

struct RowKeys {
  Keys gold;
  Keys answer;
};

void extend_keys(RowKeys& keys, const KeyPair& column) {
  for (std::size_t r = 0; r < keys.gold.size(); ++r)
    keys.gold[r] = mix_hash(keys.gold[r], column.gold[r]);
  for (std::size_t r = 0; r < keys.answer.size(); ++r)
    keys.answer[r] = mix_hash(keys.answer[r], column.answer[r]);
}

// Searches the order of columns, one gold column at a time. After each column the keys of the rows
// so far must still pair, which leaves one choice unless columns are alike.
class ColumnSearch {
 public:
  ColumnSearch(const Side& gold, const Side& answer, const MatchRules& rules)
      : gold_(gold), answer_(answer), rules_(rules), pairs_(gold, answer, rules.cells) {
    const std::size_t width = gold.cells.size();
    max_steps_ = std::max(kMinSteps, kMaxWork / (gold.rows() + answer.rows() + 1));
    candidates_.resize(width);
    for (std::size_t g = 0; g < width; ++g)
      for (const std::size_t a : wanted_columns(g, width))
        if (pairs_.fit(g, a)) candidates_[g].push_back(a);
    order_.resize(width);
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t x, std::size_t y) {
      return candidates_[x].size() < candidates_[y].size();
    });
    for (const std::vector<Cell>& column : answer.cells) {
      std::uint64_t hash = 0;
      for (const Cell& cell : column) hash = mix_hash(hash, cell_hash(cell));
      column_hashes_.push_back(hash);
    }
  }

  MatchResult search() {
    MatchResult result;
    columns_.assign(candidates_.size(), kNone);
    RowKeys keys;
    for (const std::uint32_t group : gold_.groups) keys.gold.push_back(mix_hash(7, group));
    for (const std::uint32_t group : answer_.groups) keys.answer.push_back(mix_hash(7, group));
    result.match = extend(0, keys);
    result.columns = result.match == Match::kYes ? columns_ : best_guess();
    if (result.match == Match::kNo) find_difference(keys, result);
    return result;
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  // Tries the column in the gold's place first, since most answers keep the order.
  std::vector<std::size_t> wanted_columns(std::size_t g, std::size_t width) const {
    std::vector<std::size_t> wanted = {g};
    for (std::size_t a = 0; rules_.any_column_order && a < width; ++a)
      if (a != g) wanted.push_back(a);
    return wanted;
  }

  bool taken(std::size_t a) const {
    return std::find(columns_.begin(), columns_.end(), a) != columns_.end();
  }

  Match extend(std::size_t depth, const RowKeys& before) {
    if (depth == order_.size())
      return pair_rows(gold_, answer_, rules_.cells, columns_, before.gold, before.answer);
    const std::size_t g = order_[depth];
    Match best = Match::kNo;
    std::set<std::uint64_t> tried;  // of columns with equal cells one is tried
    for (const std::size_t a : candidates_[g]) {
      if (taken(a) || !tried.insert(column_hashes_[a]).second) continue;
      if (++steps_ > max_steps_) return Match::kUndecided;
      RowKeys after = before;
      extend_keys(after, pairs_.keys(g, a));
      if (!may_pair(after)) continue;
      columns_[g] = a;
      const Match match = extend(depth + 1, after);
      if (match == Match::kYes) return match;
      columns_[g] = kNone;
      if (match == Match::kUndecided) best = match;
      if (steps_ > max_steps_) return Match::kUndecided;
    }
    return best;
  }

  // Whether each key of the answer has its own gold key. Bags of equal size are compared by a sum.
  static bool may_pair(const RowKeys& keys) {
    if (keys.gold.size() == keys.answer.size()) {
      const auto sum = [](std::uint64_t total, std::uint64_t key) {
        return total + mix_hash(8, key);
      };
      return std::accumulate(keys.gold.begin(), keys.gold.end(), std::uint64_t{0}, sum) ==
             std::accumulate(keys.answer.begin(), keys.answer.end(), std::uint64_t{0}, sum);
    }
    RowKeys sorted = keys;
    std::sort(sorted.gold.begin(), sorted.gold.end());
    std::sort(sorted.answer.begin(), sorted.answer.end());
    return std::includes(sorted.gold.begin(), sorted.gold.end(), sorted.answer.begin(),
                         sorted.answer.end());
  }

  // Uses each column that fits once; the others keep their places.
  std::vector<std::size_t> best_guess() const {
    std::vector<std::size_t> guess(candidates_.size(), kNone);
    std::vector<bool> used(candidates_.size(), false);
    for (const std::size_t g : order_)
      for (const std::size_t a : candidates_[g])
        if (guess[g] == kNone && !used[a]) guess[g] = a, used[a] = true;
    for (std::size_t g = 0; g < guess.size(); ++g) {
      if (guess[g] != kNone) continue;
      std::size_t a = used[g] ? 0 : g;
      while (used[a]) ++a;
      guess[g] = a, used[a] = true;
    }
    return guess;
  }

  // The rows, in order, whose key the other side has less often.
  static std::vector<std::size_t> left_over(const Keys& keys, const Keys& other) {
    std::unordered_map<std::uint64_t, std::size_t> count;
    for (const std::uint64_t key : other) ++count[key];
    std::vector<std::size_t> rows;
    for (std::size_t r = 0; r < keys.size(); ++r) {
      const auto found = count.find(keys[r]);
      if (found == count.end() || found->second == 0) rows.push_back(r);
      else --found->second;
    }
    return rows;
  }

  std::size_t first_difference(std::size_t g, std::size_t a,
                               const std::vector<std::size_t>& columns) const {
    std::size_t c = 0;
    while (c < columns.size() &&
           equal_cells(gold_.cells[c][g], answer_.cells[columns[c]][a], rules_.cells))
      ++c;
    return c;
  }

  std::size_t equal_count(std::size_t g, std::size_t a,
                          const std::vector<std::size_t>& columns) const {
    std::size_t count = 0;
    for (std::size_t c = 0; c < columns.size(); ++c)
      count += equal_cells(gold_.cells[c][g], answer_.cells[columns[c]][a], rules_.cells) ? 1 : 0;
    return count;
  }

  void find_difference(RowKeys keys, MatchResult& result) {
    for (std::size_t g = 0; g < result.columns.size(); ++g)
      extend_keys(keys, pairs_.keys(g, result.columns[g]));
    const std::vector<std::size_t> golds = left_over(keys.gold, keys.answer);
    const std::vector<std::size_t> answers = left_over(keys.answer, keys.gold);
    if (golds.empty() || answers.empty()) return;
    const bool pool = gold_.rows() > answer_.rows();
    result.row = pool ? answers.front() : golds.front();
    if (pool) return;
    const std::size_t tried = std::min<std::size_t>(answers.size(), 64);
    const auto nearest = std::max_element(answers.begin(), answers.begin() + std::ptrdiff_t(tried),
                                          [&](std::size_t x, std::size_t y) {
                                            return equal_count(*result.row, x, result.columns) <
                                                   equal_count(*result.row, y, result.columns);
                                          });
    const std::size_t column = first_difference(*result.row, *nearest, result.columns);
    if (column < result.columns.size()) result.column = column;
  }

  const Side& gold_;
  const Side& answer_;
  const MatchRules& rules_;
  ColumnPairs pairs_;
  std::vector<std::vector<std::size_t>> candidates_;
  std::vector<std::size_t> order_;  // gold columns, those with the fewest candidates first
  std::vector<std::uint64_t> column_hashes_;
  std::vector<std::size_t> columns_;
  std::size_t steps_ = 0;
  std::size_t max_steps_ = 0;
};

}  // namespace

MatchResult match_tables(const Side& gold, const Side& answer, const MatchRules& rules) {
  SQLENV_CHECK(gold.cells.size() == answer.cells.size() && !gold.cells.empty());
  return ColumnSearch(gold, answer, rules).search();
}

Match match_sets(const Side& gold, const Side& answer, const CellRules& rules) {
  SQLENV_CHECK(gold.cells.size() == answer.cells.size() && !gold.cells.empty());
  ColumnPairs pairs(gold, answer, rules);
  RowKeys keys = {Keys(gold.rows(), 0), Keys(answer.rows(), 0)};
  std::vector<std::size_t> columns(gold.cells.size());
  std::iota(columns.begin(), columns.end(), std::size_t{0});
  for (const std::size_t c : columns) extend_keys(keys, pairs.keys(c, c));
  return equal_sets(gold, answer, rules, columns, keys.gold, keys.answer);
}

}  // namespace sqlenv
