// Every question of Spider's ten databases: the gold rows are right as an ANSWER, mutated ones
// wrong.
//
// Spider is not part of this repository: the tests skip if shared/spider is not beside it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "core/sql/mirror.h"
#include "core/task/folder_files.h"
#include "core/verify/answer_text.h"
#include "core/verify/verdict.h"
#include "core/wire/examples_json.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

namespace fs = std::filesystem;

struct GoldExample {
  std::string sql;
  Gold gold;
};

struct Connections {
  Database database;
  Database mirror;
};

Connections open(const std::string& name) {
  const fs::path file = test::spider_folder() / "database" / name / (name + ".sqlite");
  const DatabaseImage image =
      DatabaseImage::from_file_bytes(test::read_test_file(file.string())).value();
  return {Database::open(image).value(), Database::open(mirror_image(image).value()).value()};
}

// All 676 questions with their golds, computed once.
const std::vector<GoldExample>& examples() {
  static const std::vector<GoldExample> all = [] {
    std::vector<GoldExample> list;
    std::map<std::string, Connections> databases;
    for (const std::string file : {"train_spider.json", "dev.json"}) {
      const std::string text = test::read_test_file((test::spider_folder() / file).string());
      const ExampleList parsed = parse_examples(text, {file, "train"}).value();
      for (const Example& question : parsed.examples) {
        auto found = databases.find(question.database);
        if (found == databases.end())
          found = databases.emplace(question.database, open(question.database)).first;
        Result<Gold> gold =
            compute_gold(found->second.database, question.sql, "", &found->second.mirror);
        EXPECT_TRUE(gold.has_value()) << question.sql;
        if (gold) list.push_back({question.sql, std::move(*gold)});
      }
    }
    return list;
  }();
  return all;
}

class SpiderVerify : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(test::spider_folder() / "dev.json"))
      GTEST_SKIP() << "Spider's files are not beside the checkout (shared/spider)";
  }
};

TEST_F(SpiderVerify, GoldRowsAreRightInEveryMode) {
  ASSERT_EQ(examples().size(), 676u);
  for (const std::string& name : verifier_names()) {
    int right = 0;
    for (const GoldExample& example : examples()) {
      const Verdict verdict =
          verify(example.gold, answer_text(example.gold.table), *verifier_mode(name));
      right += verdict.correct ? 1 : 0;
      EXPECT_TRUE(verdict.correct)
          << name << ": " << example.sql << ": " << reason_name(verdict.reason) << " "
          << answer_text(example.gold.table).substr(0, 200);
    }
    EXPECT_EQ(right, 676) << name;
  }
}

TEST_F(SpiderVerify, TiesAreComputedForEveryGold) {
  for (const GoldExample& example : examples()) EXPECT_TRUE(example.gold.ties_known) << example.sql;
}

// The reason of the verdict on changed rows of the gold.
template <class Change>
std::string judge_changed(const GoldExample& example, VerifierMode mode, const Change& change) {
  ResultTable table = example.gold.table;
  change(table.rows);
  return std::string(reason_name(verify(example.gold, answer_text(table), mode).reason));
}

// A value that the gold does not hold.
Value another(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole + 1'000'003;
  if (const auto* real = std::get_if<double>(&value)) return *real * 1.001 + 1'000'003;
  return std::string("nobody wrote this");
}

TEST_F(SpiderVerify, AChangedValueIsWrong) {
  for (const GoldExample& example : examples()) {
    if (example.gold.table.rows.empty()) continue;
    for (const auto mode : {VerifierMode::kSpider, VerifierMode::kStrict, VerifierMode::kBird}) {
      for (const bool last : {false, true}) {
        const std::string reason = judge_changed(example, mode, [&](auto& rows) {
          Value& value = last ? rows.back().back() : rows.front().front();
          value = another(value);
        });
        EXPECT_TRUE(reason == "VALUE" || reason == "GOLD_AMBIGUOUS")
            << example.sql << ": " << reason;
      }
    }
  }
}

TEST_F(SpiderVerify, ADroppedOrRepeatedRowIsWrongWhereRowsAreCounted) {
  for (const GoldExample& example : examples()) {
    if (example.gold.table.rows.empty()) continue;
    for (const auto mode : {VerifierMode::kSpider, VerifierMode::kStrict}) {
      EXPECT_NE(judge_changed(example, mode, [](auto& rows) { rows.pop_back(); }), "MATCH")
          << example.sql;
      EXPECT_NE(judge_changed(example, mode, [](auto& rows) { rows.push_back(rows.front()); }),
                "MATCH")
          << example.sql;
    }
    // Repeating a row does not change a set.
    EXPECT_EQ(judge_changed(example, VerifierMode::kBird,
                            [](auto& rows) { rows.push_back(rows.front()); }),
              "MATCH");
  }
}

// Whether the i-th row and the next are in the same group of ties.
bool tie(const Gold& gold, std::size_t i) {
  std::size_t end = 0;
  for (const TieGroup& group : gold.groups) {
    end += group.rows;
    if (i < end) return i + 1 < end;
  }
  return !gold.ordered;
}

TEST_F(SpiderVerify, SwappedRowsAreWrongOnlyUnderOrderBy) {
  int wrong = 0;
  int ties = 0;
  for (const GoldExample& example : examples()) {
    const std::vector<Row>& rows = example.gold.table.rows;
    for (std::size_t i = 0; i + 1 < std::min<std::size_t>(rows.size(), 20); ++i) {
      if (rows[i] == rows[i + 1]) continue;
      const auto swap = [i](auto& changed) { std::swap(changed[i], changed[i + 1]); };
      const bool legal = tie(example.gold, i);
      ties += legal && example.gold.ordered ? 1 : 0;
      wrong += legal ? 0 : 1;
      EXPECT_EQ(judge_changed(example, VerifierMode::kStrict, swap), legal ? "MATCH" : "ORDER")
          << example.sql;
      EXPECT_EQ(judge_changed(example, VerifierMode::kSpider, swap),
                example.gold.mentions_order_by ? "ORDER" : "MATCH")
          << example.sql;
      EXPECT_EQ(judge_changed(example, VerifierMode::kBird, swap), "MATCH");
    }
  }
  EXPECT_GT(wrong, 50);
  EXPECT_GT(ties, 5);
}

TEST_F(SpiderVerify, SwappedColumnsAreRightButInBird) {
  int tried = 0;
  for (const GoldExample& example : examples()) {
    const auto swap = [](auto& rows) {
      for (Row& row : rows) std::swap(row.front(), row.back());
    };
    std::vector<Row> swapped = example.gold.table.rows;
    swap(swapped);
    if (swapped == example.gold.table.rows) continue;
    ++tried;
    EXPECT_EQ(judge_changed(example, VerifierMode::kStrict, swap), "MATCH") << example.sql;
    EXPECT_EQ(judge_changed(example, VerifierMode::kSpider, swap), "MATCH");
    EXPECT_EQ(judge_changed(example, VerifierMode::kBird, swap), "VALUE") << example.sql;
  }
  EXPECT_GT(tried, 100);
}

}  // namespace
}  // namespace sqlenv
