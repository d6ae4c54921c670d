// Linker: finds the tables, columns and values that words of a question may mean.
//
// A question becomes a sequence of items: words, numbers, quoted texts, punctuation marks, and
// spans of words with links to what they may mean. An item may link to a table and to columns at
// once; whoever reads the items decides by the words around.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/explorer/question_words.h"
#include "core/explorer/survey.h"
#include "core/policy/schema_view.h"

namespace sqlenv {

struct ColumnLink {
  ColumnRef column;
  double score = 0;  // 1: the item has all words of the name
};

struct TableLink {
  std::size_t table = 0;
  double score = 0;
};

struct ValueLink {
  ColumnRef column;
  std::string stored;  // as the database spells it
  bool exact = false;  // the question spells it the same
};

struct Item {
  QuestionToken::Kind kind = QuestionToken::Kind::kWord;
  std::string lower;
  std::string text;
  bool capital = false;
  bool sentence_start = false;
  std::vector<TableLink> tables;    // best first
  std::vector<ColumnLink> columns;  // best first
  std::vector<ValueLink> values;

  bool is(std::string_view word) const {
    return kind != QuestionToken::Kind::kQuoted && lower == word;
  }
  bool is_number() const { return kind == QuestionToken::Kind::kNumber; }
  bool linked() const { return !tables.empty() || !columns.empty() || !values.empty(); }
};

// Phrases of the question that could be values, in lower case: quoted texts, runs of up to five
// words, their singulars, the countries of demonyms.
std::vector<std::string> value_phrases(const std::vector<QuestionToken>& tokens);

std::vector<Item> link_question(const std::vector<QuestionToken>& tokens, const SchemaView& schema,
                                const Survey& survey);

// How well the table's name fits the question, from 0 to 1, to choose what to DESCRIBE first.
double table_relevance(const std::vector<QuestionToken>& tokens, std::string_view table);

}  // namespace sqlenv
