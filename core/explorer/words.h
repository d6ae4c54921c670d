// English words as a rule system needs them: parts of identifiers, singulars, roots, synonyms and
// how alike two words are. General tables only; nothing here knows a database or a question.
//
// All words are in lower case. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

// The words of a name: "Song_release_year", "songReleaseYear" and "SONG RELEASE YEAR" alike. A part
// that is two words run together ("countrycode") is split where both are in `known`.
std::vector<std::string> identifier_words(std::string_view name,
                                          const std::vector<std::string>& known = {});

// "countries" to "country"; words that are no plural stay.
std::string singular(std::string_view word);

// Without endings that make nouns of verbs and the like: "registered" and "registration" agree.
std::string root(std::string_view word);

// From 0 to 1: 1 for equal singulars, less for synonyms, equal roots, abbreviations, one typing
// error in a long word. `name_word` is from an identifier, `word` from a question.
double word_likeness(std::string_view name_word, std::string_view word);

// Words that carry no content: articles, prepositions, auxiliary verbs, question words.
bool is_stop_word(std::string_view word);

// What rows do or have done to them: "speak", "owned". Such a word is not asked for.
bool is_verb(std::string_view word);

// "three" to 3, up to twelve; also "twice" to 2.
std::optional<int> number_word(std::string_view word);

// The country of a demonym ("French" to "France"), and the language or people's name itself is kept
// by the caller. Empty if unknown.
std::string_view country_of(std::string_view demonym);

}  // namespace sqlenv
