// Likeness: a table of word_likeness() for each word of names and each token of a question.
//
// The linker needs the same pairs for many spans; each is compared once here. A plain value.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/explorer/question_words.h"

namespace sqlenv {

class Likeness {
 public:
  // Adds a word of a name and gives its position. Equal words share one.
  std::size_t add(const std::string& name_word);

  // Compares the words added so far with the tokens. Call it once.
  void compare(const std::vector<QuestionToken>& tokens);

  // word_likeness() of a word and a token, by their positions.
  double of(std::size_t name_word, std::size_t token) const {
    return rows_[row_of_token_[token]][name_word];
  }

 private:
  std::map<std::string, std::size_t> positions_;
  std::vector<std::string> words_;
  std::vector<std::size_t> row_of_token_;
  std::vector<std::vector<double>> rows_;  // a row for each different token, a column for each word
};

}  // namespace sqlenv
