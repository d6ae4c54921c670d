#include "core/explorer/question_words.h"

#include <gtest/gtest.h>

namespace sqlenv {
namespace {

TEST(QuestionWords, Tokens) {
  const std::vector<QuestionToken> tokens =
      read_question("Which students don't own \"Mr. X\", cost 1,250.5 or student's?");
  std::vector<std::string> texts;
  for (const QuestionToken& token : tokens) texts.push_back(token.lower);
  EXPECT_EQ(texts, (std::vector<std::string>{"which", "students", "do", "not", "own", "mr. x", ",",
                                             "cost", "1250.5", "or", "student", "?"}));
  EXPECT_EQ(tokens[5].kind, QuestionToken::Kind::kQuoted);
  EXPECT_EQ(tokens[8].kind, QuestionToken::Kind::kNumber);
  EXPECT_TRUE(tokens[0].sentence_start);
}

TEST(QuestionWords, QuotesAndApostrophes) {
  const std::vector<QuestionToken> tokens =
      read_question("Is ‘Bob's dog’ not 'Bob's'? She can't say 'it.");
  std::vector<std::string> texts;
  for (const QuestionToken& token : tokens) texts.push_back(token.text);
  EXPECT_EQ(texts, (std::vector<std::string>{"Is", "Bob's dog", "not", "Bob's", "?", "She", "can",
                                             "not", "say", "it", "."}));
  EXPECT_FALSE(tokens[1].is("bob's dog")) << "a quoted text is not a word";
  EXPECT_TRUE(tokens[5].sentence_start);
}

TEST(QuestionWords, QuotedNamesBeforeTheirNounsAreWords) {
  const std::vector<QuestionToken> tokens = read_question(
      "Which \"Has_Pet\" records have a \"bornOn\" date in \"May\" or a \"kind\" value of \"b "
      "c\"?");
  std::vector<std::string> texts;
  for (const QuestionToken& token : tokens) texts.push_back(token.lower);
  EXPECT_EQ(texts, (std::vector<std::string>{"which", "has", "pet", "have", "a", "born", "on", "in",
                                             "may", "or", "a", "kind", "of", "b c", "?"}));
  EXPECT_EQ(tokens[1].kind, QuestionToken::Kind::kWord);
  EXPECT_EQ(tokens[13].kind, QuestionToken::Kind::kQuoted);
}

TEST(QuestionWords, NumbersWithLettersAreWords) {
  const std::vector<QuestionToken> tokens = read_question("the 2nd 747-300 of 3.5.");
  EXPECT_EQ(tokens[1].kind, QuestionToken::Kind::kWord);
  EXPECT_EQ(tokens[2].text, "747-300");
  EXPECT_EQ(tokens[4].text, "3.5");
  EXPECT_EQ(tokens[4].kind, QuestionToken::Kind::kNumber);
  EXPECT_EQ(tokens[5].kind, QuestionToken::Kind::kPunctuation);
  EXPECT_TRUE(read_question("").empty());
}

}  // namespace
}  // namespace sqlenv
