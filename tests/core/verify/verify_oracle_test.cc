// Compares verify() with a slow and obvious oracle, on all small tables and on random ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/verify/answer.h"
#include "core/verify/answer_text.h"
#include "core/verify/verdict.h"

namespace sqlenv {
namespace {

std::size_t below(Random& random, std::size_t bound) {
  return static_cast<std::size_t>(random.below(bound));
}

// Checked builds and wasm run several times slower, so they run every n-th case.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(__EMSCRIPTEN__)
constexpr int kStride = 11;
#else
constexpr int kStride = 1;
#endif

bool is_number(const Value& v) {
  return std::holds_alternative<std::int64_t>(v) || std::holds_alternative<double>(v);
}

double as_double(const Value& v) {
  const auto* whole = std::get_if<std::int64_t>(&v);
  return whole ? static_cast<double>(*whole) : std::get<double>(v);
}

// Doubles hold the small numbers of these tests exactly.
bool equal_cell(const Value& gold, const AnswerCell& answer, bool tolerant) {
  if (!answer.literal) {
    if (const auto* text = std::get_if<std::string>(&gold)) return *text == answer.text;
    if (is_null(gold)) return answer.text == "null" || answer.text == "NULL";
    if (answer.text.find_first_not_of("0123456789.") != std::string::npos) return false;
    return equal_cell(gold, {"", std::stod(answer.text)}, tolerant);
  }
  const Value& given = *answer.literal;
  if (!is_number(gold) || !is_number(given)) return gold == given;
  const double a = as_double(gold);
  const double b = as_double(given);
  if (!tolerant || std::holds_alternative<std::int64_t>(gold)) return a == b;
  return std::fabs(a - b) <= 1e-9 + 1e-6 * std::max(std::fabs(a), std::fabs(b));
}

struct Oracle {
  const Gold& gold;
  const AnswerRows& answer;
  bool tolerant = true;
  bool ordered = false;
  bool ties = true;

  std::vector<Row> rows = {};
  std::vector<std::size_t> groups = {};  // for each gold row
  std::vector<std::size_t> answer_groups = {};

  bool equal_rows(const Row& g, const std::vector<AnswerCell>& a,
                  const std::vector<std::size_t>& columns) const {
    for (std::size_t c = 0; c < g.size(); ++c)
      if (!equal_cell(g[c], a[columns[c]], tolerant)) return false;
    return true;
  }

  // Finds partners for the answer's rows from `at` on among the free gold rows.
  bool pair(std::size_t at, std::vector<bool>& used, const std::vector<std::size_t>& columns) {
    if (at == answer.size()) return true;
    for (std::size_t g = 0; g < rows.size(); ++g) {
      if (used[g] || groups[g] != answer_groups[at]) continue;
      if (!equal_rows(rows[g], answer[at], columns)) continue;
      used[g] = true;
      if (pair(at + 1, used, columns)) return true;
      used[g] = false;
    }
    return false;
  }

  bool right() {
    if (answer.size() != gold.table.rows.size()) return false;
    rows = gold.table.rows;
    for (std::size_t r = 0; r < rows.size(); ++r) groups.push_back(ordered ? r : 0);
    if (ties && !gold.groups.empty()) {
      groups.clear();
      for (std::size_t i = 0; i < gold.groups.size(); ++i)
        groups.insert(groups.end(), gold.groups[i].rows, i);
    }
    answer_groups = groups;
    for (std::size_t i = 0; ties && i < gold.groups.size(); ++i)
      for (const Row& row : gold.groups[i].others) rows.push_back(row), groups.push_back(i);
    std::vector<std::size_t> columns(gold.table.columns.size());
    std::iota(columns.begin(), columns.end(), std::size_t{0});
    do {
      std::vector<bool> used(rows.size(), false);
      if (pair(0, used, columns)) return true;
    } while (std::next_permutation(columns.begin(), columns.end()));
    return answer.empty();
  }
};

bool oracle_sets(const Gold& gold, const AnswerRows& answer) {
  const auto equal = [](const Row& g, const std::vector<AnswerCell>& a) {
    for (std::size_t c = 0; c < g.size(); ++c)
      if (!equal_cell(g[c], a[c], false)) return false;
    return true;
  };
  return std::all_of(gold.table.rows.begin(), gold.table.rows.end(),
                     [&](const Row& g) {
                       return std::any_of(answer.begin(), answer.end(),
                                          [&](const auto& a) { return equal(g, a); });
                     }) &&
         std::all_of(answer.begin(), answer.end(), [&](const auto& a) {
           return std::any_of(gold.table.rows.begin(), gold.table.rows.end(),
                              [&](const Row& g) { return equal(g, a); });
         });
}

bool oracle(const Gold& gold, const AnswerRows& answer, VerifierMode mode) {
  if (mode == VerifierMode::kBird) return oracle_sets(gold, answer);
  if (mode == VerifierMode::kSpider)
    return Oracle{gold, answer, false, gold.mentions_order_by, false}.right();
  return Oracle{gold, answer, true, gold.ordered, true}.right();
}

constexpr VerifierMode kModes[] = {VerifierMode::kStrict, VerifierMode::kSpider,
                                   VerifierMode::kBird};

std::vector<std::string> names(std::size_t width) { return std::vector<std::string>(width, "c"); }

// The answer as a list of lists, so that no list is read as a row.
std::string rows_text(const std::vector<Row>& rows) {
  std::string out;
  for (const Row& row : rows)
    out += (out.empty() ? "" : ", ") + (row.size() == 1
                                            ? "[" + answer_text({names(1), {row}}) + "]"
                                            : answer_text({names(row.size()), {row}}).substr(1));
  if (!rows.empty() && rows.front().size() > 1)
    for (std::size_t at; (at = out.find("]]")) != std::string::npos;) out.erase(at, 1);
  return "[" + out + "]";
}

AnswerRows typed(const std::vector<Row>& rows) {
  AnswerRows answer;
  for (const Row& row : rows) {
    answer.emplace_back();
    for (const Value& value : row) answer.back().push_back({display_text(value), value});
  }
  return answer;
}

void expect_same(const Gold& gold, const std::vector<Row>& answer, VerifierMode mode) {
  const std::string text = rows_text(answer);
  const Verdict verdict = verify(gold, text, mode);
  ASSERT_EQ(verdict.correct, oracle(gold, typed(answer), mode))
      << "gold " << rows_text(gold.table.rows) << (gold.ordered ? " in order" : "") << " answer "
      << text << " mode " << static_cast<int>(mode) << " " << reason_name(verdict.reason);
  static int turn = 0;
  if (++turn % 16 != 0) return;
  ASSERT_EQ(verify(gold, ResultTable{gold.table.columns, answer}, mode), verdict);
}

const std::vector<Value>& alphabet() {
  static const std::vector<Value> values = {Null{}, std::int64_t{1}, 1.0, std::string("1"),
                                            std::string("a")};
  return values;
}

// The n-th table of that size over the alphabet.
std::vector<Row> nth_table(std::size_t n, std::size_t height, std::size_t width,
                           const std::vector<Value>& values) {
  std::vector<Row> rows(height, Row(width));
  for (Row& row : rows)
    for (Value& value : row) value = values[n % values.size()], n /= values.size();
  return rows;
}

std::size_t table_count(std::size_t cells) {
  std::size_t count = 1;
  for (std::size_t i = 0; i < cells; ++i) count *= alphabet().size();
  return count;
}

TEST(VerifyOracle, AllPairsOfTinyTables) {
  struct Size {
    std::size_t height, width;
  };
  std::size_t turn = 0;
  for (const Size size : {Size{1, 1}, Size{2, 1}, Size{3, 1}, Size{1, 2}, Size{2, 2}}) {
    const std::size_t count = table_count(size.height * size.width);
    for (std::size_t g = 0; g < count; ++g) {
      Gold gold;
      gold.table = {names(size.width), nth_table(g, size.height, size.width, alphabet())};
      for (std::size_t a = 0; a < count; ++a) {
        ++turn;
        if (count > 200 && turn % kStride != 0) continue;
        gold.ordered = gold.mentions_order_by = turn % 2 == 0;
        expect_same(gold, nth_table(a, size.height, size.width, alphabet()), kModes[turn % 3]);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(VerifyOracle, TablesOfDifferentHeights) {
  for (std::size_t gold_height = 0; gold_height <= 3; ++gold_height) {
    for (std::size_t height = 0; height <= 3; ++height) {
      for (std::size_t g = 0; g < table_count(gold_height); ++g) {
        const Gold gold{{names(1), nth_table(g, gold_height, 1, alphabet())}};
        for (std::size_t a = 0; a < table_count(height); a += kStride)
          for (const VerifierMode mode : kModes) {
            expect_same(gold, nth_table(a, height, 1, alphabet()), mode);
            if (HasFatalFailure()) return;
          }
      }
    }
  }
}

// A random table over `values` and one that is likely to match it.
struct RandomPair {
  std::vector<Row> gold;
  std::vector<Row> answer;
};

RandomPair random_pair(Random& random, const std::vector<Value>& values, std::size_t height,
                       std::size_t width) {
  const auto any = [&] { return values[below(random, values.size())]; };
  RandomPair pair;
  for (std::size_t r = 0; r < height; ++r) {
    pair.gold.emplace_back();
    for (std::size_t c = 0; c < width; ++c) pair.gold.back().push_back(any());
  }
  pair.answer = pair.gold;
  for (std::size_t r = height; r > 1; --r)
    if (below(random, 2) == 0) std::swap(pair.answer[r - 1], pair.answer[below(random, r)]);
  if (below(random, 2) == 0)
    for (Row& row : pair.answer) std::rotate(row.begin(), row.begin() + 1, row.end());
  for (std::uint64_t n = below(random, 4); n > 0 && height > 0; --n)
    pair.answer[below(random, height)][below(random, width)] = any();
  return pair;
}

TEST(VerifyOracle, RandomTablesOfManyShapes) {
  Random random(3);
  for (int i = 0; i < 60'000 / kStride; ++i) {
    const RandomPair pair =
        random_pair(random, alphabet(), 1 + below(random, 5), 1 + below(random, 4));
    Gold gold{{names(pair.gold.front().size()), pair.gold}};
    gold.ordered = gold.mentions_order_by = below(random, 2) == 0;
    expect_same(gold, pair.answer, kModes[below(random, 3)]);
    if (HasFatalFailure()) return;
  }
}

TEST(VerifyOracle, NearnessIsNotTransitive) {
  // Each real is near its neighbours only.
  const std::vector<Value> values = {1.0, 1.0000009, 1.0000018, 1.0000027, std::int64_t{1}, Null{}};
  Random random(4);
  int right = 0;
  for (int i = 0; i < 60'000 / kStride; ++i) {
    const RandomPair pair = random_pair(random, values, 1 + below(random, 5), 1 + below(random, 3));
    Gold gold{{names(pair.gold.front().size()), pair.gold}};
    gold.ordered = below(random, 4) == 0;
    right += verify(gold, rows_text(pair.answer)).correct ? 1 : 0;
    expect_same(gold, pair.answer, VerifierMode::kStrict);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(right, 10'000 / kStride);
}

TEST(VerifyOracle, TiesAndRowsThatALimitCutOff) {
  const std::vector<Value> values = {std::int64_t{1}, std::int64_t{2}, 1.0, 1.0000009,
                                     std::string("a")};
  Random random(5);
  int right = 0;
  for (int i = 0; i < 40'000 / kStride; ++i) {
    const std::size_t height = 1 + below(random, 5);
    const std::size_t width = 1 + below(random, 2);
    const RandomPair pair = random_pair(random, values, height + below(random, 3), width);
    Gold gold{{names(width), {pair.gold.begin(), pair.gold.begin() + std::ptrdiff_t(height)}}};
    gold.ordered = true;
    for (std::size_t left = height; left > 0;) {
      const std::size_t rows = 1 + below(random, left);
      gold.groups.push_back({rows, {}});
      left -= rows;
    }
    for (std::size_t r = height; r < pair.gold.size(); ++r)
      gold.groups.back().others.push_back(pair.gold[r]);
    const std::vector<Row> answer(pair.answer.begin(),
                                  pair.answer.begin() + std::ptrdiff_t(height));
    right += verify(gold, rows_text(answer)).correct ? 1 : 0;
    expect_same(gold, answer, VerifierMode::kStrict);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(right, 5'000 / kStride);
}

TEST(VerifyOracle, AnswersWithoutTypes) {
  const std::vector<std::string> words = {"null", "1", "1.0", "a", "1.0000009"};
  const std::vector<Value> values = {Null{},           std::int64_t{1},  1.0,
                                     std::string("1"), std::string("a"), std::string("null")};
  Random random(6);
  int right = 0;
  for (int i = 0; i < 40'000 / kStride; ++i) {
    const std::size_t height = 2 + below(random, 3);
    Gold gold{{names(2), {}}};
    AnswerRows answer;
    std::string text;
    const std::size_t kinds = 2 + below(random, values.size() - 1);
    for (std::size_t r = 0; r < height; ++r) {
      gold.table.rows.push_back({values[below(random, kinds)], values[below(random, kinds)]});
      const std::string& left = words[below(random, words.size())];
      const std::string& other = words[below(random, words.size())];
      answer.push_back({{left, std::nullopt}, {other, std::nullopt}});
      text += left + " | " + other + "\n";
    }
    gold.ordered = gold.mentions_order_by = below(random, 2) == 0;
    const VerifierMode mode = kModes[below(random, 3)];
    const Verdict verdict = verify(gold, text, mode);
    right += verdict.correct ? 1 : 0;
    ASSERT_EQ(verdict.correct, oracle(gold, answer, mode)) << rows_text(gold.table.rows) << "\n"
                                                           << text << static_cast<int>(mode);
  }
  EXPECT_GT(right, 200 / kStride);
}

}  // namespace
}  // namespace sqlenv
