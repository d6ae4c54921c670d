// Noun phrases of a question, made from the words of table and column names. Pure functions.
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

// The words of a name in lower case, except acronyms, with the usual abbreviations spelled out:
// "SurfaceArea" gives {"surface", "area"}, "GNPOld" gives {"GNP", "old"}, "dob" gives {"date",
// "of", "birth"}.
std::vector<std::string> split_name(std::string_view name);

// Whether `words`, which are those of `name` or some of them, read as English: the name has
// letters, digits and separators only, no word is a single letter, and the first is no number.
bool is_readable(std::string_view name, const std::vector<std::string>& words);

// Whether the words say how things are linked instead of what a thing is: "singer in concert".
bool is_linked(const std::vector<std::string>& words);

// The noun phrase of `words`, inflected at its head: the last word, or the one before "of". An
// uncountable head gives "hiring record".
Noun noun_of(std::vector<std::string> words);

// The phrase of an attribute, which is inflected only where it can be: "GNP", "age" / "ages".
Noun attribute_of(const std::vector<std::string>& words);

}  // namespace sqlenv::generate
