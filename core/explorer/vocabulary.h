// What words of names and of questions mean to the explorer: parts of identifiers, roots, synonyms,
// verbs, demonyms and how alike two words are.
//
// The tables are general; none knows a database or a question. All words are in lower case. Pure
// functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

// The words of a name in lower case: "Song_release_year", "songReleaseYear" and "SONG RELEASE YEAR"
// give the same. Two words that run together ("countrycode") are split if both are known: in
// `known` or in a list of usual ones.
std::vector<std::string> identifier_words(std::string_view name,
                                          const std::vector<std::string>& known = {});

// `word` without endings that make nouns of verbs and the like: "registered" and "registration"
// have one root.
std::string root(std::string_view word);

// From 0 to 1: 1 for equal singulars, less for synonyms, equal roots, abbreviations and one typing
// error in a long word. `name_word` is from an identifier, `word` from a question.
double word_likeness(std::string_view name_word, std::string_view word);

// Verbs that say what a row does or what is done to it: "speak", "owned". No column is called so.
bool is_verb(std::string_view word);

// The country of a demonym ("french" to "france"); empty if unknown.
std::string_view country_of(std::string_view demonym);

}  // namespace sqlenv
