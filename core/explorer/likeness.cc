#include "core/explorer/likeness.h"

#include "core/explorer/vocabulary.h"

namespace sqlenv {

std::size_t Likeness::add(const std::string& name_word) {
  const auto [at, is_new] = positions_.try_emplace(name_word, words_.size());
  if (is_new) words_.push_back(name_word);
  return at->second;
}

void Likeness::compare(const std::vector<QuestionToken>& tokens) {
  std::map<std::string, std::size_t> row_of;
  for (const QuestionToken& token : tokens) {
    const auto [at, is_new] = row_of.try_emplace(token.lower, rows_.size());
    row_of_token_.push_back(at->second);
    if (!is_new) continue;
    std::vector<double>& row = rows_.emplace_back();
    for (const std::string& word : words_) row.push_back(word_likeness(word, token.lower));
  }
}

}  // namespace sqlenv
