// A question as tokens: words, numbers, quoted texts and punctuation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

struct QuestionToken {
  enum class Kind { kWord, kNumber, kQuoted, kPunctuation };

  Kind kind = Kind::kWord;
  std::string text;      // as written, without thousands marks or quotes
  std::string lower;     // in lower case, without a possessive 's
  bool capital = false;  // begins with a capital letter
  bool sentence_start = false;

  bool is(std::string_view word) const { return kind != Kind::kQuoted && lower == word; }
};

// Splits a question. "don't" becomes "do not", "student's" becomes "student"; the period stays in
// "3.5". Quotes are '…', "…", ``…'' and the typographic pairs.
std::vector<QuestionToken> read_question(std::string_view text);

}  // namespace sqlenv
