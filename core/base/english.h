// English for rules: identifiers as words, plural and singular, number words, stop words, lists.
//
// Pure functions by ASCII rules; bytes outside ASCII pass through unchanged. Functions on single
// words expect lower case unless they say otherwise.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

// Splits a name at every character that is no letter or digit, and where a capital begins a new
// word: "SurfaceArea" and "Surface-Area" give {"Surface", "Area"}, "GNPOld" gives {"GNP", "Old"},
// "line_2" gives {"line", "2"}, "km2" is one word. Letters keep their case.
std::vector<std::string> split_identifier(std::string_view name);

std::string singular(std::string_view word);  // "countries" to "country"; other words stay
std::string plural(std::string_view word);    // of a singular or plural word, in any case
bool is_plural(std::string_view word);        // "cities", "people"; not "status", "data", "species"

// Words such as "data", "staff" or "hiring", which take neither "a" nor a plural.
bool is_uncountable(std::string_view word);

// Words without content: articles, prepositions, auxiliary verbs, question words.
bool is_stop_word(std::string_view word);

std::string number_word(int number);                         // words from 0 to 12, then digits
std::optional<int> number_from_word(std::string_view word);  // the inverse; "twice" is 2 too
std::string with_article(std::string_view noun);  // "an owner", also before quotes; any case
std::string possessive(std::string_view noun);    // "the owner's", "the cities'"
std::string and_list(const std::vector<std::string>& phrases);  // "a, b and c"
std::string capitalised(std::string_view sentence);             // first letter, if it is ASCII
std::string quoted(std::string_view text);                      // in plain double quotes

}  // namespace sqlenv
