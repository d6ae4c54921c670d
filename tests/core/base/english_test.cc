#include "core/base/english.h"

#include <gtest/gtest.h>

namespace sqlenv {
namespace {

TEST(English, SplitsIdentifiers) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(split_identifier("SurfaceArea"), (Words{"Surface", "Area"}));
  EXPECT_EQ(split_identifier("surface_area"), (Words{"surface", "area"}));
  EXPECT_EQ(split_identifier("GNPOld"), (Words{"GNP", "Old"}));
  EXPECT_EQ(split_identifier("CUSTOMER_ID"), (Words{"CUSTOMER", "ID"}));
  EXPECT_EQ(split_identifier("Price ($) / line_2"), (Words{"Price", "line", "2"}));
  EXPECT_EQ(split_identifier("area_km2"), (Words{"area", "km2"}));
  EXPECT_EQ(split_identifier("größeTotal"), (Words{"größe", "Total"}));
  EXPECT_EQ(split_identifier("_-_"), Words{});
}

TEST(English, PluralsAndSingularsAreInverse) {
  for (const auto& [one, many] :
       std::vector<std::pair<std::string, std::string>>{{"country", "countries"},
                                                        {"class", "classes"},
                                                        {"dog", "dogs"},
                                                        {"person", "people"},
                                                        {"address", "addresses"},
                                                        {"box", "boxes"},
                                                        {"id", "ids"},
                                                        {"movie", "movies"},
                                                        {"tie", "ties"},
                                                        {"bus", "buses"},
                                                        {"canvas", "canvases"},
                                                        {"life", "lives"},
                                                        {"index", "indexes"},
                                                        {"analysis", "analyses"},
                                                        {"house", "houses"},
                                                        {"axe", "axes"},
                                                        {"species", "species"},
                                                        {"day", "days"}}) {
    EXPECT_EQ(singular(many), one);
    EXPECT_EQ(plural(one), many);
    EXPECT_EQ(singular(one), one);
    EXPECT_EQ(plural(many), many);
    EXPECT_EQ(is_plural(many), one != many) << many;
    EXPECT_FALSE(is_plural(one)) << one;
  }
  EXPECT_EQ(singular("indices"), "index");
  EXPECT_EQ(plural("GNP"), "GNPs");
  for (const char* word : {"status", "data", "news", "series", "less", "is", "s", ""})
    EXPECT_FALSE(is_plural(word)) << word;
}

TEST(English, KindsOfWords) {
  EXPECT_TRUE(is_uncountable("staff"));
  EXPECT_TRUE(is_uncountable("hiring"));
  EXPECT_FALSE(is_uncountable("king"));
  EXPECT_TRUE(is_stop_word("which"));
  EXPECT_FALSE(is_stop_word("country"));
}

TEST(English, NumberWords) {
  for (int number = 0; number <= 12; ++number)
    EXPECT_EQ(number_from_word(number_word(number)), number);
  EXPECT_EQ(number_word(13), "13");
  EXPECT_EQ(number_word(-1), "-1");
  EXPECT_EQ(number_from_word("twice"), 2);
  EXPECT_FALSE(number_from_word("thirteen").has_value());
}

TEST(English, Phrases) {
  EXPECT_EQ(with_article("owner"), "an owner");
  EXPECT_EQ(with_article("hour"), "an hour");
  EXPECT_EQ(with_article("\"Average\" value"), "an \"Average\" value");
  EXPECT_EQ(with_article("university"), "a university");
  EXPECT_EQ(with_article("GNP"), "a GNP");
  EXPECT_EQ(with_article("MPG"), "an MPG");
  EXPECT_EQ(possessive("owner"), "owner's");
  EXPECT_EQ(possessive("big cities"), "big cities'");
  EXPECT_EQ(possessive("address"), "address's");
  EXPECT_EQ(and_list({}), "");
  EXPECT_EQ(and_list({"a"}), "a");
  EXPECT_EQ(and_list({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(capitalised("which one"), "Which one");
  EXPECT_EQ(capitalised("école"), "école");
  EXPECT_EQ(quoted("x"), "\"x\"");
}

}  // namespace
}  // namespace sqlenv
