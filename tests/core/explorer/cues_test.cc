#include "core/explorer/cues.h"

#include <gtest/gtest.h>

namespace sqlenv {
namespace {

std::vector<Item> items_of(const std::string& text) {
  std::vector<Item> items;
  for (const QuestionToken& token : read_question(text))
    items.push_back({token.kind, token.lower, token.text, false, false, {}, {}, {}});
  return items;
}

TEST(Cues, Rankings) {
  const std::optional<Ranking> oldest = ranking_of("oldest");
  ASSERT_TRUE(oldest.has_value());
  EXPECT_TRUE(oldest->descending);
  EXPECT_EQ(oldest->concepts[0].word, "age");
  EXPECT_FALSE(oldest->concepts[0].inverted);
  EXPECT_EQ(oldest->concepts[1].word, "birth");
  EXPECT_TRUE(oldest->concepts[1].inverted) << "the oldest was born first";
  EXPECT_FALSE(oldest->needs_column);
  EXPECT_TRUE(ranking_of("highest")->needs_column);
  EXPECT_FALSE(ranking_of("most").has_value());
  EXPECT_EQ(ranking_after_most("expensive")->concepts[0].word, "price");
  EXPECT_TRUE(means_frequency("popular"));
  EXPECT_FALSE(means_frequency("expensive"));
}

TEST(Cues, ComparisonsAroundANumber) {
  const auto at = [](const std::string& text, std::size_t i) {
    return comparison_at(items_of(text), i);
  };
  EXPECT_EQ(at("more than 3", 2).op, ">");
  EXPECT_EQ(at("no more than 3", 3).op, "<=") << "the longer phrase";
  EXPECT_EQ(at("no more than 3", 3).first, 0u);
  const Comparison after = at("with 3 or more pets", 1);
  EXPECT_EQ(after.op, ">=");
  EXPECT_EQ(after.last, 3u);
  EXPECT_EQ(at("after the year 1990", 3).op, ">");
  EXPECT_EQ(at("older than 20", 2).concepts.at(0).word, "age");
  const Comparison none = at("has 3 pets", 1);
  EXPECT_FALSE(none.said);
  EXPECT_EQ(none.op, "");
}

TEST(Cues, Aggregates) {
  EXPECT_EQ(aggregate_of("mean"), Aggregate::kAvg);
  EXPECT_EQ(aggregate_of("total"), Aggregate::kSum);
  EXPECT_FALSE(aggregate_of("count").has_value());
}

}  // namespace
}  // namespace sqlenv
