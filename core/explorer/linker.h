// Linker: which words of a question mean which tables, columns and values.
//
// A question becomes a sequence of items. An item is a word, number, quoted text or punctuation
// mark, or a span of words with links to what it may mean; a span may link to a table and to
// columns at once, and the reader of the items decides by what is around.
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
  double score = 0;  // 1: all words of the name were said
};

struct TableLink {
  std::size_t table = 0;
  double score = 0;
};

struct ValueLink {
  ColumnRef column;
  std::string stored;  // as the database has it
  bool exact = false;  // as written in the question, capitals and blanks included
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

// How well the table's name fits the question, for choosing what to DESCRIBE first.
double table_relevance(const std::vector<QuestionToken>& tokens, std::string_view table);

}  // namespace sqlenv
