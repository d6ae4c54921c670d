// English for names: splitting an identifier into words, plural and singular, lists, quoted values.
//
// Pure functions over ASCII rules; bytes outside ASCII are passed through unchanged.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sqlenv::generate {

// A noun phrase in both numbers: {"city", "cities"}, {"date of birth", "dates of birth"}.
struct Noun {
  std::string one;
  std::string many;

  friend bool operator==(const Noun&, const Noun&) = default;
};

// "SurfaceArea", "surface_area" and "surface area" give {"surface", "area"}; "GNPOld" gives {"GNP",
// "old"}: capitals are kept where they are an abbreviation. "lname" and "fname" are spelled out.
std::vector<std::string> split_name(std::string_view name);

// Whether the words read as English: letters and digits only, none a single letter, and the first
// no number.
bool is_readable(std::string_view name);

std::string plural(std::string_view word);
std::string singular(std::string_view word);
bool is_plural(std::string_view word);  // "cities", "people"; not "status", "data", "species"

// Words such as "data", "staff" or "hiring", of which one does not say "a …" or "two …s".
bool is_uncountable(std::string_view word);

// The noun phrase that the words make, inflected at its head: the last word, or the one before
// "of". Uncountable heads become "hiring record", and
// phrases such as "singer in concert" become `"singer in concert" record`.
Noun noun_of(const std::vector<std::string>& words);

// Of an attribute, which is inflected only where it can be: "GNP", "age" / "ages".
Noun attribute_of(const std::vector<std::string>& words);

std::string with_article(std::string_view noun);                // "an owner"
std::string possessive(std::string_view noun);                  // "the owner's", "the cities'"
std::string and_list(const std::vector<std::string>& phrases);  // "a, b and c"
std::string capitalised(std::string_view sentence);             // first letter, if it is ASCII

// `text` in typographically plain double quotes.
std::string quoted(std::string_view text);

// 1 to 12 in words, then digits.
std::string number_word(int number);

}  // namespace sqlenv::generate
