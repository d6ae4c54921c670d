// Facts about English words as they occur in names of tables and columns. Pure functions; words are
// expected in lower case unless a function says otherwise.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sqlenv::generate {

// Whether `list`, words between single blanks, holds the word; letter case of `word` is ignored.
bool is_listed(std::string_view list, std::string_view word);

// What an abbreviation stands for: "quantity" for "qty", "date_of_birth" for "dob", with "_" for a
// blank; "URL" for "url". Empty if the word is none.
std::string_view spelled_out(std::string_view word);

// What a unit is called after "in", with "_" for a blank: "USD" for "usd"; "degrees_C" for "c" if
// the word before it is "temperature". Empty if the word is no unit there.
std::string_view unit_name(std::string_view word, std::string_view before);

bool is_participle(std::string_view word);  // "liked", "born"; not "speed"
bool is_preposition(std::string_view word);

// Whether the words name an event or a relation instead of a thing, so that no article fits before
// them: "directed by", "killed", "plays games", "active since". "date arrived" and "docks
// available" are things.
bool is_verbal(const std::vector<std::string>& words);

// Whether some word is an abbreviation that cannot be spelled out: it has no vowel or is a usual
// one.
bool has_riddle(const std::vector<std::string>& words);

// Whether the word is a usual name in German, French, Spanish, Italian or Portuguese schemas and no
// English word.
bool is_foreign(std::string_view word);

}  // namespace sqlenv::generate
