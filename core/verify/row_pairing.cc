#include "core/verify/row_pairing.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <queue>

namespace sqlenv {
namespace {

using RowIds = std::vector<std::uint32_t>;

constexpr std::size_t kMaxMatching = 1024;  // rows of one bucket in a maximum matching

RowIds sorted_by(const Keys& keys) {
  RowIds rows(keys.size());
  std::iota(rows.begin(), rows.end(), 0U);
  std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
    return keys[a] != keys[b] ? keys[a] < keys[b] : a < b;
  });
  return rows;
}

// Maximum matching by Hopcroft and Karp (SIAM J. Comput. 2, 1973): whether all left vertices match.
class Matching {
 public:
  Matching(std::size_t left, std::size_t right)
      : edges_(left), left_(left, kFree), right_(right, kFree) {}

  void add(std::size_t left, std::size_t right) {
    edges_[left].push_back(static_cast<std::uint32_t>(right));
  }

  bool covers_left() {
    std::size_t matched = 0;
    while (layer()) {
      std::size_t found = 0;
      for (std::size_t i = 0; i < left_.size(); ++i)
        if (left_[i] == kFree && augment(static_cast<std::uint32_t>(i))) ++found;
      if (found == 0) break;
      matched += found;
    }
    return matched == left_.size();
  }

 private:
  static constexpr std::uint32_t kFree = std::numeric_limits<std::uint32_t>::max();

  // Computes the distances of left vertices from the free ones; false if no free right vertex is
  // reached.
  bool layer() {
    distance_.assign(left_.size(), kFree);
    std::queue<std::uint32_t> queue;
    for (std::size_t i = 0; i < left_.size(); ++i)
      if (left_[i] == kFree) distance_[i] = 0, queue.push(static_cast<std::uint32_t>(i));
    bool reached = false;
    for (; !queue.empty(); queue.pop()) {
      const std::uint32_t i = queue.front();
      for (const std::uint32_t j : edges_[i]) {
        const std::uint32_t next = right_[j];
        if (next == kFree) reached = true;
        else if (distance_[next] == kFree) distance_[next] = distance_[i] + 1, queue.push(next);
      }
    }
    return reached;
  }

  bool augment(std::uint32_t i) {
    for (const std::uint32_t j : edges_[i]) {
      const std::uint32_t next = right_[j];
      if (next == kFree || (distance_[next] == distance_[i] + 1 && augment(next))) {
        left_[i] = j, right_[j] = i;
        return true;
      }
    }
    distance_[i] = kFree;
    return false;
  }

  std::vector<std::vector<std::uint32_t>> edges_;
  std::vector<std::uint32_t> left_, right_, distance_;
};

class RowPairer {
 public:
  RowPairer(const Side& gold, const Side& answer, const CellRules& rules,
            const std::vector<std::size_t>& columns)
      : gold_(gold), answer_(answer), rules_(rules), columns_(columns) {}

  Match bucket(const RowIds& golds, const RowIds& answers) const {
    if (answers.size() > golds.size()) return Match::kNo;
    if (golds.size() == 1) return equal_rows(golds[0], answers[0]) ? Match::kYes : Match::kNo;
    const std::vector<std::size_t> varying = varying_columns(golds, answers);
    if (varying.empty())
      return answers.empty() || equal_rows(golds[0], answers[0]) ? Match::kYes : Match::kNo;
    if (varying.size() == 1 && on_a_line(varying[0], golds, answers))
      return along_a_line(varying[0], golds, answers) ? Match::kYes : Match::kNo;
    if (golds.size() <= kMaxMatching) return matching(golds, answers);
    return in_order(golds, answers) ? Match::kYes : Match::kUndecided;
  }

  // Whether each row equals some row of the other side.
  Match sets(const RowIds& golds, const RowIds& answers) const {
    if (varying_columns(golds, answers).empty())
      return equal_rows(golds[0], answers[0]) ? Match::kYes : Match::kNo;
    if (golds.size() * answers.size() > kMaxMatching * kMaxMatching) return Match::kUndecided;
    const bool all =
        std::all_of(golds.begin(), golds.end(),
                    [&](auto g) {
                      return std::any_of(answers.begin(), answers.end(),
                                         [&](auto a) { return equal_rows(g, a); });
                    }) &&
        std::all_of(answers.begin(), answers.end(), [&](auto a) {
          return std::any_of(golds.begin(), golds.end(), [&](auto g) { return equal_rows(g, a); });
        });
    return all ? Match::kYes : Match::kNo;
  }

 private:
  const Cell& gold(std::size_t column, std::uint32_t row) const { return gold_.cells[column][row]; }
  const Cell& answer(std::size_t column, std::uint32_t row) const {
    return answer_.cells[columns_[column]][row];
  }

  bool equal_rows(std::uint32_t g, std::uint32_t a) const {
    for (std::size_t c = 0; c < columns_.size(); ++c)
      if (!equal_cells(gold(c, g), answer(c, a), rules_)) return false;
    return true;
  }

  // A gold integer and a gold real of one value accept different numbers.
  static bool same_gold(const Cell& a, const Cell& b) {
    return a.kind == b.kind && identical_cells(a, b);
  }

  // The columns whose gold cells or answer cells are not all identical.
  std::vector<std::size_t> varying_columns(const RowIds& golds, const RowIds& answers) const {
    std::vector<std::size_t> varying;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const bool same =
          std::all_of(golds.begin(), golds.end(),
                      [&](auto g) { return same_gold(gold(c, g), gold(c, golds[0])); }) &&
          std::all_of(answers.begin(), answers.end(),
                      [&](auto a) { return identical_cells(answer(c, a), answer(c, answers[0])); });
      if (!same) varying.push_back(c);
    }
    return varying;
  }

  // Whether all cells are numbers and the gold's are reals: near numbers then form intervals, and
  // pairing in the order of the numbers finds a complete pairing if there is one.
  bool on_a_line(std::size_t c, const RowIds& golds, const RowIds& answers) const {
    return std::all_of(golds.begin(), golds.end(),
                       [&](auto g) { return gold(c, g).kind == CellKind::kReal; }) &&
           std::all_of(answers.begin(), answers.end(),
                       [&](auto a) { return answer(c, a).number != CellKind::kNull; });
  }

  bool along_a_line(std::size_t c, RowIds golds, RowIds answers) const {
    std::sort(golds.begin(), golds.end(),
              [&](auto x, auto y) { return gold(c, x).real < gold(c, y).real; });
    std::sort(answers.begin(), answers.end(),
              [&](auto x, auto y) { return answer(c, x).real < answer(c, y).real; });
    std::size_t g = 0;
    for (const std::uint32_t a : answers) {
      while (g < golds.size() && gold(c, golds[g]).real < answer(c, a).real &&
             !equal_cells(gold(c, golds[g]), answer(c, a), rules_))
        ++g;
      if (g == golds.size() || !equal_rows(golds[g], a)) return false;
      ++g;
    }
    return true;
  }

  Match matching(const RowIds& golds, const RowIds& answers) const {
    Matching pairs(answers.size(), golds.size());
    for (std::size_t a = 0; a < answers.size(); ++a)
      for (std::size_t g = 0; g < golds.size(); ++g)
        if (equal_rows(golds[g], answers[a])) pairs.add(a, g);
    return pairs.covers_left() ? Match::kYes : Match::kNo;
  }

  // With too many rows for a matching, sorting both by their cells finds a pairing of honest data.
  bool in_order(RowIds golds, RowIds answers) const {
    if (golds.size() != answers.size()) return false;
    const auto less = [this](const auto& cell, std::uint32_t x, std::uint32_t y) {
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        const Cell& a = (this->*cell)(c, x);
        const Cell& b = (this->*cell)(c, y);
        if (a.real != b.real) return a.real < b.real;
        if (a.text != b.text) return a.text < b.text;
      }
      return false;
    };
    std::sort(golds.begin(), golds.end(),
              [&](auto x, auto y) { return less(&RowPairer::gold, x, y); });
    std::sort(answers.begin(), answers.end(),
              [&](auto x, auto y) { return less(&RowPairer::answer, x, y); });
    for (std::size_t i = 0; i < golds.size(); ++i)
      if (!equal_rows(golds[i], answers[i])) return false;
    return true;
  }

  const Side& gold_;
  const Side& answer_;
  const CellRules& rules_;
  const std::vector<std::size_t>& columns_;
};

// The rows from `from` on that share its key.
RowIds run_of(const RowIds& rows, const Keys& keys, std::size_t from) {
  std::size_t to = from;
  while (to < rows.size() && keys[rows[to]] == keys[rows[from]]) ++to;
  return RowIds(rows.begin() + std::ptrdiff_t(from), rows.begin() + std::ptrdiff_t(to));
}

// Calls judge(golds, answers) for each key. kNo if a key has rows on one side only, unless gold
// rows may remain.
template <class Judge>
Match for_each_key(const Keys& gold_keys, const Keys& answer_keys, bool gold_may_be_left,
                   const Judge& judge) {
  const RowIds golds = sorted_by(gold_keys);
  const RowIds answers = sorted_by(answer_keys);
  Match worst = Match::kYes;
  std::size_t g = 0;
  for (std::size_t a = 0; a < answers.size();) {
    const std::uint64_t key = answer_keys[answers[a]];
    while (gold_may_be_left && g < golds.size() && gold_keys[golds[g]] < key) ++g;
    if (g == golds.size() || gold_keys[golds[g]] != key) return Match::kNo;
    const RowIds gold_run = run_of(golds, gold_keys, g);
    const RowIds answer_run = run_of(answers, answer_keys, a);
    const Match match = judge(gold_run, answer_run);
    if (match == Match::kNo) return match;
    if (match == Match::kUndecided) worst = match;
    g += gold_run.size();
    a += answer_run.size();
  }
  return gold_may_be_left || g == golds.size() ? worst : Match::kNo;
}

}  // namespace

Match pair_rows(const Side& gold, const Side& answer, const CellRules& rules,
                const std::vector<std::size_t>& columns, const Keys& gold_keys,
                const Keys& answer_keys) {
  const RowPairer pairing(gold, answer, rules, columns);
  return for_each_key(
      gold_keys, answer_keys, true,
      [&](const RowIds& golds, const RowIds& answers) { return pairing.bucket(golds, answers); });
}

Match equal_sets(const Side& gold, const Side& answer, const CellRules& rules,
                 const std::vector<std::size_t>& columns, const Keys& gold_keys,
                 const Keys& answer_keys) {
  const RowPairer pairing(gold, answer, rules, columns);
  return for_each_key(
      gold_keys, answer_keys, false,
      [&](const RowIds& golds, const RowIds& answers) { return pairing.sets(golds, answers); });
}

}  // namespace sqlenv
