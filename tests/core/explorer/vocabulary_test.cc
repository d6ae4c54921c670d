#include "core/explorer/vocabulary.h"

#include <gtest/gtest.h>

#include "core/explorer/likeness.h"

namespace sqlenv {
namespace {

TEST(Vocabulary, SplitsNames) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(identifier_words("Song_release_year"), (Words{"song", "release", "year"}));
  EXPECT_EQ(identifier_words("SurfaceArea"), (Words{"surface", "area"}));
  EXPECT_EQ(identifier_words("StuID"), (Words{"stu", "id"}));
  EXPECT_EQ(identifier_words("countrycode"), (Words{"country", "code"}));
  EXPECT_EQ(identifier_words("LName", {}), (Words{"l", "name"}));
  EXPECT_EQ(identifier_words("dogsize", {"dog"}), (Words{"dog", "size"}));
}

TEST(Vocabulary, Roots) {
  EXPECT_EQ(root("registered"), root("registrations"));
  EXPECT_EQ(root("attended"), root("attendance"));
  EXPECT_NE(root("country"), root("counter"));
}

TEST(Vocabulary, Likeness) {
  EXPECT_EQ(word_likeness("singer", "singers"), 1);
  EXPECT_GT(word_likeness("nationality", "country"), 0.7);
  EXPECT_GT(word_likeness("asessment", "assessment"), 0.7);
  EXPECT_GT(word_likeness("stu", "student"), 0.7);
  EXPECT_EQ(word_likeness("age", "agent"), 0.75) << "short names may be cut words";
  EXPECT_EQ(word_likeness("name", "weight"), 0);
}

TEST(Vocabulary, VerbsAndDemonyms) {
  EXPECT_TRUE(is_verb("owned"));
  EXPECT_FALSE(is_verb("owner"));
  EXPECT_EQ(country_of("french"), "france");
  EXPECT_EQ(country_of("france"), "");
}

TEST(Likeness, ComparesEachPairOnce) {
  Likeness likeness;
  const std::size_t singer = likeness.add("singer");
  const std::size_t age = likeness.add("age");
  EXPECT_EQ(likeness.add("singer"), singer);
  likeness.compare(read_question("old singers"));
  EXPECT_EQ(likeness.of(singer, 1), 1);
  EXPECT_EQ(likeness.of(singer, 0), 0);
  EXPECT_EQ(likeness.of(age, 0), word_likeness("age", "old"));
}

}  // namespace
}  // namespace sqlenv
