#include "core/explorer/linker.h"

#include <gtest/gtest.h>

#include "tests/core/explorer/shelter.h"

namespace sqlenv {
namespace {

using test::kCity, test::kPerson, test::kPet;

class LinkerTest : public testing::Test {
 protected:
  std::vector<Item> link(const std::string& question) const {
    const std::vector<QuestionToken> tokens = read_question(question);
    return link_question(tokens, shelter_.schema, shelter_.survey(tokens));
  }

  test::Shelter shelter_;
};

TEST_F(LinkerTest, NamesOfTablesAndColumns) {
  const std::vector<Item> items = link("What is the date of birth of each pet?");
  ASSERT_EQ(items.size(), 8u) << "three words are one item";
  EXPECT_EQ(items[3].lower, "date of birth");
  ASSERT_FALSE(items[3].columns.empty());
  EXPECT_EQ(items[3].columns[0].column, shelter_.column(kPet, "date_of_birth"));
  EXPECT_EQ(items[3].columns[0].score, 1);
  EXPECT_EQ(items[6].tables.at(0).table, kPet);
  EXPECT_FALSE(items[0].linked());
}

TEST_F(LinkerTest, ValuesAsTheDatabaseSpellsThem) {
  const std::vector<Item> items = link("Which french cities or dogs are in Porto?");
  ASSERT_EQ(items[1].values.size(), 1u);
  EXPECT_EQ(items[1].values[0].stored, "France");
  EXPECT_FALSE(items[1].values[0].exact);
  EXPECT_EQ(items[4].values.at(0).stored, "dog") << "the singular";
  EXPECT_TRUE(items[7].values.at(0).exact);
  EXPECT_EQ(items[7].values[0].column, shelter_.column(kCity, "name"));
}

TEST_F(LinkerTest, SexesAreLetters) {
  const std::vector<Item> items = link("How many female people are there?");
  ASSERT_EQ(items[2].values.size(), 1u);
  EXPECT_EQ(items[2].values[0].column, shelter_.column(kPerson, "sex"));
  EXPECT_EQ(items[2].values[0].stored, "F");
}

TEST(Linker, PhrasesThatCouldBeValues) {
  const std::vector<std::string> phrases = value_phrases(read_question("the old dogs of \"a b\""));
  const auto has = [&](const char* phrase) {
    return std::count(phrases.begin(), phrases.end(), phrase) == 1;
  };
  EXPECT_TRUE(has("old dogs"));
  EXPECT_TRUE(has("old dog"));
  EXPECT_TRUE(has("a b"));
  EXPECT_FALSE(has("of")) << "a stop word alone";
  EXPECT_FALSE(has("of a b")) << "a quoted text stands alone";
}

TEST(Linker, RelevanceOfTables) {
  const std::vector<QuestionToken> tokens = read_question("How many students have pets?");
  EXPECT_EQ(table_relevance(tokens, "Student"), 1);
  EXPECT_EQ(table_relevance(tokens, "has_pet"), 0.5) << "\"have\" is a stop word";
  EXPECT_EQ(table_relevance(tokens, "___"), 0);
}

}  // namespace
}  // namespace sqlenv
