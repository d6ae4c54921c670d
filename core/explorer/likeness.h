// Likeness: how alike each word of the database's names and each word of a question are.
//
// The same few words are compared for every span of a question and every name; here each pair is
// compared once. A plain value; positions of words stay as they were given.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/explorer/question_words.h"

namespace sqlenv {

class Likeness {
 public:
  // The position of a word of a name; equal words share one.
  std::size_t add(const std::string& name_word);

  // Compares the words added so far with the tokens.
  void compare(const std::vector<QuestionToken>& tokens);

  // As word_likeness() says: 1 where the singulars are equal. `token` is a position in the tokens.
  double of(std::size_t name_word, std::size_t token) const {
    return rows_[row_of_token_[token]][name_word];
  }

 private:
  std::map<std::string, std::size_t> positions_;
  std::vector<std::string> words_;
  std::vector<std::size_t> row_of_token_;
  std::vector<std::vector<double>> rows_;  // of each different token, by words
};

}  // namespace sqlenv
