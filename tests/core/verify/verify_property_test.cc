// Properties of every verdict: invariances, wrong answers, bounded work, hostile input.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/verify/answer_text.h"
#include "core/verify/verdict.h"

namespace sqlenv {
namespace {

std::size_t below(Random& random, std::size_t bound) {
  return static_cast<std::size_t>(random.below(bound));
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kManyRows = 5'000;
#else
constexpr std::size_t kManyRows = 100'000;
#endif

std::vector<std::string> names(std::size_t width) {
  std::vector<std::string> out;
  for (std::size_t c = 0; c < width; ++c) out.push_back("c" + std::to_string(c));
  return out;
}

Value random_value(Random& random) {
  switch (below(random, 7)) {
    case 0: return Null{};
    case 1: return static_cast<std::int64_t>(below(random, 5));
    case 2: return static_cast<std::int64_t>(random.next());
    case 3: return static_cast<double>(below(random, 1000)) / 7;
    case 4: return std::string(1, static_cast<char>('a' + below(random, 3)));
    case 5: return "Zoë \"" + std::to_string(below(random, 9)) + "\" | , \n";
    default: return Blob{std::string(below(random, 3), '\x01')};
  }
}

Gold random_gold(Random& random, std::size_t height, std::size_t width) {
  Gold gold{{names(width), {}}};
  for (std::size_t r = 0; r < height; ++r) {
    gold.table.rows.emplace_back();
    for (std::size_t c = 0; c < width; ++c) gold.table.rows.back().push_back(random_value(random));
  }
  return gold;
}

template <class T>
void shuffle(Random& random, std::vector<T>& items) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(random, i)]);
}

ResultTable with_columns_shuffled(Random& random, const ResultTable& table) {
  std::vector<std::size_t> order(table.columns.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  shuffle(random, order);
  ResultTable out{table.columns, {}};
  for (const Row& row : table.rows) {
    out.rows.emplace_back();
    for (const std::size_t c : order) out.rows.back().push_back(row[c]);
  }
  return out;
}

// Whether each row matches the row in its place anyway.
bool all_alike(const Gold& gold, const ResultTable& answer) {
  for (std::size_t r = 0; r < answer.rows.size(); ++r)
    if (!verify(Gold{{gold.table.columns, {gold.table.rows[r]}}},
                ResultTable{gold.table.columns, {answer.rows[r]}})
             .correct)
      return false;
  return true;
}

TEST(VerifyProperty, EveryResultIsItsOwnRightAnswer) {
  Random random(1);
  for (int i = 0; i < 300; ++i) {
    Gold gold = random_gold(random, 2 + below(random, 30), 1 + below(random, 6));
    gold.ordered = gold.mentions_order_by = below(random, 2) == 0;
    for (const std::string& name : verifier_names()) {
      const VerifierMode mode = *verifier_mode(name);
      EXPECT_TRUE(verify(gold, answer_text(gold.table), mode).correct) << name;
      EXPECT_TRUE(verify(gold, gold.table, mode).correct) << name;
    }
  }
}

TEST(VerifyProperty, OrderOfRowsAndColumnsWhereItIsFree) {
  Random random(2);
  for (int i = 0; i < 300; ++i) {
    Gold gold = random_gold(random, 2 + below(random, 30), 1 + below(random, 6));
    ResultTable answer = with_columns_shuffled(random, gold.table);
    shuffle(random, answer.rows);
    EXPECT_EQ(verify(gold, answer_text(answer)).reason, Reason::kMatch);
    EXPECT_EQ(verify(gold, answer, VerifierMode::kSpider).reason, Reason::kMatch);
    gold.ordered = true;
    ResultTable turned = gold.table;
    std::rotate(turned.rows.begin(), turned.rows.begin() + 1, turned.rows.end());
    const Reason reason = verify(gold, turned).reason;
    EXPECT_TRUE(reason == Reason::kOrder || all_alike(gold, turned))
        << reason_name(reason) << answer_text(gold.table);
  }
}

TEST(VerifyProperty, DroppedAddedAndChangedRowsAreWrong) {
  Random random(3);
  for (int i = 0; i < 300; ++i) {
    const Gold gold = random_gold(random, 2 + below(random, 20), 1 + below(random, 4));
    ResultTable answer = with_columns_shuffled(random, gold.table);
    shuffle(random, answer.rows);
    ResultTable fewer = answer;
    fewer.rows.pop_back();
    EXPECT_FALSE(verify(gold, fewer).correct);
    ResultTable more = answer;
    more.rows.push_back(more.rows.front());
    EXPECT_EQ(verify(gold, more).reason, Reason::kDuplicates);
    ResultTable changed = answer;
    changed.rows[below(random, changed.rows.size())][below(random, answer.columns.size())] =
        std::string("nowhere in the gold");
    const Verdict verdict = verify(gold, changed);
    EXPECT_EQ(verdict.reason, Reason::kValue);
    ASSERT_TRUE(verdict.where.has_value());
    EXPECT_LT(verdict.where->row, gold.table.rows.size());
  }
}

TEST(VerifyProperty, TheDifferenceIsFound) {
  Random random(4);
  for (int i = 0; i < 200; ++i) {
    Gold gold{{names(4), {}}};
    const std::size_t height = 2 + below(random, 30);
    for (std::size_t r = 0; r < height; ++r)
      gold.table.rows.push_back({static_cast<std::int64_t>(r), std::string(1, char('a' + r % 26)),
                                 static_cast<double>(r) / 3, Null{}});
    gold.ordered = i % 2 == 0;
    const Place place{below(random, height), below(random, 4)};
    ResultTable answer = gold.table;
    answer.rows[place.row][*place.column] = std::string("other");
    if (!gold.ordered) shuffle(random, answer.rows);
    const Verdict verdict = verify(gold, answer);
    EXPECT_EQ(verdict.reason, Reason::kValue);
    EXPECT_EQ(verdict.where, place) << verdict.detail;
    EXPECT_NE(verdict.detail.find("Row " + std::to_string(place.row + 1)), std::string::npos);
  }
}

TEST(VerifyProperty, ToleranceIsMonotone) {
  Random random(5);
  for (int i = 0; i < 2000; ++i) {
    const double size = static_cast<double>(below(random, 2'000'001)) - 1'000'000;
    const double real = size / 7;
    const double room = 1e-9 + 1e-6 * std::abs(real);
    const Gold gold{{{"x"}, {{real}}}};
    double last_right = 0;
    bool right = true;
    for (const double part : {0.0, 0.25, 0.5, 0.9, 1.1, 1.5, 10.0, 1000.0}) {
      const double sign = below(random, 2) == 0 ? 1 : -1;
      const bool now = verify(gold, ResultTable{{"x"}, {{real + sign * part * room}}}).correct;
      EXPECT_EQ(now, part < 1) << real << " " << part;
      EXPECT_TRUE(right || !now) << "right again at " << part << " after " << last_right;
      right = now;
      if (now) last_right = part;
    }
  }
}

// Tables on which a comparison of all pairs would take minutes.
TEST(VerifyWork, ManyRows) {
  Random random(6);
  Gold gold{{names(4), {}}};
  for (std::size_t r = 0; r < kManyRows; ++r)
    gold.table.rows.push_back({static_cast<std::int64_t>(r % 1000), "name " + std::to_string(r),
                               static_cast<double>(below(random, 1'000'000)) / 1e6, Null{}});
  ResultTable answer = with_columns_shuffled(random, gold.table);
  shuffle(random, answer.rows);
  EXPECT_EQ(verify(gold, answer).reason, Reason::kMatch);
  const Verdict changed = [&] {
    ResultTable other = answer;
    other.rows[kManyRows / 2][1] = Null{};
    return verify(gold, other);
  }();
  EXPECT_EQ(changed.reason, Reason::kValue);
  gold.ordered = true;
  EXPECT_EQ(verify(gold, answer).reason, Reason::kOrder);
}

TEST(VerifyWork, ManyEqualRowsAndManyNearReals) {
  Gold equal{{names(2), std::vector<Row>(kManyRows, Row{std::int64_t{1}, 0.5})}};
  EXPECT_EQ(verify(equal, equal.table).reason, Reason::kMatch);
  ResultTable one_off = equal.table;
  one_off.rows.back()[0] = std::int64_t{2};
  EXPECT_EQ(verify(equal, one_off).reason, Reason::kValue);
  // Each is near the next, so they form one chain.
  Gold chain{{names(1), {}}};
  for (std::size_t r = 0; r < kManyRows; ++r)
    chain.table.rows.push_back({1e6 + static_cast<double>(r) * 0.5});
  ResultTable shifted = chain.table;
  for (Row& row : shifted.rows) row[0] = std::get<double>(row[0]) + 0.75;
  std::reverse(shifted.rows.begin(), shifted.rows.end());
  EXPECT_EQ(verify(chain, shifted).reason, Reason::kMatch);
  shifted.rows.front()[0] = 9e6;
  EXPECT_EQ(verify(chain, shifted).reason, Reason::kValue);
}

TEST(VerifyWork, ColumnsThatLookAlike) {
  Random random(7);
  constexpr std::size_t kWidth = 14;
  Gold gold{{names(kWidth), {}}};
  for (std::size_t r = 0; r < 16; ++r) {
    Row row;
    for (std::size_t c = 0; c < kWidth; ++c)
      row.push_back(static_cast<std::int64_t>((r + c) % 16 < 8 ? 0 : 1));
    shuffle(random, row);
    gold.table.rows.push_back(row);
  }
  ResultTable answer = with_columns_shuffled(random, gold.table);
  shuffle(random, answer.rows);
  EXPECT_EQ(verify(gold, answer).reason, Reason::kMatch);
  // Twelve columns with equal cells.
  Gold same{{names(12), std::vector<Row>(50, Row(12, std::int64_t{0}))}};
  EXPECT_EQ(verify(same, same.table).reason, Reason::kMatch);
  // The identity and its cyclic shift: all columns have the same cells.
  Gold latin{{names(12), {}}};
  ResultTable other{names(12), {}};
  for (std::size_t r = 0; r < 12; ++r) {
    Row row, twisted;
    for (std::size_t c = 0; c < 12; ++c) {
      row.push_back(static_cast<std::int64_t>((r + c) % 12));
      twisted.push_back(static_cast<std::int64_t>((r + c * 5) % 12));
    }
    latin.table.rows.push_back(row);
    other.rows.push_back(twisted);
  }
  const Reason reason = verify(latin, other).reason;
  EXPECT_TRUE(reason == Reason::kMatch || reason == Reason::kValue || reason == Reason::kUndecided);
}

TEST(VerifyWork, UndecidedRatherThanAGuess) {
  // Two columns of reals in one chain: too many for a matching, and in no simple order.
  Gold gold{{names(2), {}}};
  ResultTable answer{names(2), {}};
  for (std::size_t r = 0; r < 3000; ++r) {
    const double x = 1e6 + static_cast<double>(r % 60) * 0.9;
    const double y = 1e6 + static_cast<double>(r / 60) * 0.9;
    gold.table.rows.push_back({x, y});
    answer.rows.push_back({x + (r % 2 == 0 ? 0.8 : -0.8), y + (r % 3 == 0 ? 0.8 : -0.8)});
  }
  const Reason reason = verify(gold, answer).reason;
  EXPECT_TRUE(reason == Reason::kUndecided || reason == Reason::kMatch) << reason_name(reason);
  EXPECT_EQ(verify(gold, gold.table).reason, Reason::kMatch);
}

TEST(HostileAnswers, NothingCrashesAndNothingIsRight) {
  const auto filled = [](std::string_view piece) {
    std::string out;
    while (out.size() < 20'000) out += piece;
    return out;
  };
  std::vector<std::string> answers = {"[\"\\ud800\"]",
                                      "[\"\\udc00\\ud800\"]",
                                      "[\"\\ud800\\u0041\"]",
                                      "\xED\xA0\x80",
                                      "\"\xff",
                                      "[\xff]",
                                      "'\\x'",
                                      "[1e999999999]",
                                      "[-]",
                                      "[+]",
                                      "[0x10]",
                                      "x'",
                                      "[x'0']",
                                      "```",
                                      "`",
                                      "Answer:",
                                      "Answer: answer: ```\n```",
                                      "[[]]",
                                      "[[],[]]",
                                      "[()]",
                                      "|",
                                      "\"\"\"\"",
                                      "(,)",
                                      "null",
                                      "NaN",
                                      "[NaN]",
                                      "--",
                                      "%",
                                      "$",
                                      "()"};
  for (const char* piece :
       {"[",     "(",       "\"",   "'",   "\\",      "[[", "],[", "1,",     "|", "\n", "a\n",
        "\"\",", "\\ud800", "\xff", "```", "answer:", "e",  "9",   "\u0301", "(", "-",  ","})
    answers.push_back(filled(piece));
  answers.push_back("[\"" + filled("\\u0301"));
  answers.push_back("[\"" + filled("\u0301") + "\"]");
  const Gold golds[] = {{{{"x"}, {{std::int64_t{7}}}}},
                        {{{"x"}, {{1.5}, {std::string("b")}}}},
                        {{{"x", "y"}, {{Null{}, Blob{"z"}}, {std::string("q"), 2.0}}}}};
  for (const std::string& answer : answers)
    for (const Gold& gold : golds)
      for (const std::string& name : verifier_names()) {
        const Verdict verdict = verify(gold, answer, *verifier_mode(name));
        EXPECT_FALSE(verdict.correct) << answer.substr(0, 40);
        EXPECT_EQ(valid_utf8(verdict.detail), verdict.detail);
      }
}

// The longest answer that an episode accepts.
TEST(HostileAnswers, AMebibyte) {
  const Gold gold{{{"x", "y"}, {{Null{}, Blob{"z"}}, {std::string("q"), 2.0}}}};
  for (const std::string_view piece :
       {"[", "1,", "],[", "|", "a\n", "\"\",", "\\ud800", "\u0301", "9"}) {
    std::string answer(piece.front() == '1' || piece.front() == '\\' ? "[" : "");
    while (answer.size() + piece.size() <= std::size_t{1} << 20) answer += piece;
    EXPECT_FALSE(verify(gold, answer).correct);
  }
}

TEST(HostileAnswers, QuotesAfterManyBlanksAreReadOnce) {
  const Gold gold{{{"x", "y"}, {{Null{}, 1.5}}}};
  std::string answer = ",";
  answer.resize(500'000, ' ');
  while (answer.size() < 1'000'000) answer += "\" ";
  EXPECT_FALSE(verify(gold, answer).correct);
}

TEST(HostileAnswers, RandomBytesAndRandomPieces) {
  Random random(8);
  const std::string_view pieces[] = {"[",    "]",    "(",   ")",    ",",  "|",  "\n",
                                     "\"",   "'",    "\\u", "d8",   "00", "1",  "2.5",
                                     "null", "None", "x'",  "\xff", "\t", "```"};
  const Gold gold{{{"x", "y"}, {{std::int64_t{1}, 2.5}, {Null{}, std::string("z")}}}};
  for (int i = 0; i < 30'000; ++i) {
    std::string answer;
    for (std::uint64_t n = 1 + below(random, 12); n > 0; --n)
      answer += pieces[below(random, std::size(pieces))];
    for (const std::string& name : verifier_names())
      EXPECT_FALSE(verify(gold, answer, *verifier_mode(name)).correct) << answer;
  }
}

}  // namespace
}  // namespace sqlenv
