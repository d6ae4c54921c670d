#include "core/task/generate/noun.h"

#include <algorithm>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/task/generate/name_words.h"

namespace sqlenv::generate {
namespace {

using Words = std::vector<std::string>;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
// Words that are no abbreviations in names written all in capitals.
constexpr std::string_view kShortWords =
    " age sex day tax fee net sum min max no to in of by on at is and the car dog cat pet job bus "
    "key end new ";

constexpr std::string_view kLinking = " has have in to by with for on at from is was does and ";

// Plurals that stay so before another noun: "sales order".
constexpr std::string_view kPluralModifiers =
    " sales sports goods systems works arms customs savings operations news species series "
    "communications details results ";

bool has_lower(std::string_view text) { return std::any_of(text.begin(), text.end(), is_lower); }

bool is_abbreviation(std::string_view word, bool whole_name_capital) {
  if (word.size() < 2 || has_lower(word) || !std::any_of(word.begin(), word.end(), is_upper))
    return false;
  const std::string low = to_lower(word);
  if (low == "id" || low == "url" || low == "isbn") return true;
  if (is_listed(kShortWords, low)) return false;
  if (!whole_name_capital) return word.size() <= 5;
  const bool no_vowel = low.find_first_of("aeiouy") == std::string::npos;
  return word.size() <= 3 || (word.size() <= 4 && no_vowel);
}

std::string cased(std::string_view word, bool whole_name_capital) {
  const std::string low = to_lower(word);
  if (low == "id") return "ID";
  return is_abbreviation(word, whole_name_capital) ? std::string(word) : low;
}

// "address2" as "address" and "2".
std::vector<std::string_view> split_digits(std::string_view part) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t i = 1; i < part.size(); ++i) {
    if (!is_digit(part[i]) || !is_lower(part[i - 1])) continue;
    words.push_back(part.substr(begin, i - begin));
    begin = i;
  }
  words.push_back(part.substr(begin));
  return words;
}

// Whether an abbreviation of several meanings is used in the usual one: "no" for a number.
bool is_usual(const std::string& low, bool first, bool last, std::string_view next) {
  if (low == "cat" || low == "exp") return last && !first;
  if (low == "disc") return is_listed(" pct percent amt amount price ", next);
  return low != "no" || last || !first || next == "of" || is_plural(next);
}

// Spells out abbreviations.
Words spelled(const Words& words) {
  Words out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool last = i + 1 == words.size();
    std::string_view meaning = spelled_out(words[i]);
    const std::string next = last ? "" : to_lower(words[i + 1]);
    if (meaning.empty() || !is_usual(to_lower(words[i]), i == 0, last, next)) meaning = words[i];
    for (std::size_t at = 0; at <= meaning.size();) {
      const std::size_t end = std::min(meaning.find('_', at), meaning.size());
      out.emplace_back(meaning.substr(at, end - at));
      at = end + 1;
    }
  }
  return out;
}

// The position of the word that is inflected.
std::size_t head_of(const Words& words) {
  for (std::size_t i = 1; i + 1 < words.size(); ++i)
    if (words[i] == "of") return i - 1;
  return words.size() - 1;
}

Noun inflected(Words words, std::size_t head) {
  const std::string word = words[head];
  Noun noun;
  words[head] = singular(word);
  noun.one = join(words, " ");
  words[head] = plural(singular(word));
  noun.many = join(words, " ");
  return noun;
}

}  // namespace

bool is_linked(const Words& words) {
  return words.back() == "of" || std::any_of(words.begin(), words.end(), [](const auto& word) {
           return is_listed(kLinking, word);
         });
}

Words split_name(std::string_view name) {
  const bool capital = !has_lower(name);
  // "LName" is not "L" and "Name".
  const bool whole = !spelled_out(name).empty();
  Words words;
  for (const std::string& part : whole ? Words{to_lower(name)} : split_identifier(name))
    for (const std::string_view word : split_digits(part)) words.push_back(cased(word, capital));
  return spelled(words);
}

bool is_readable(std::string_view name, const Words& words) {
  for (const char c : name)
    if (!is_upper(c) && !is_lower(c) && !is_digit(c) && (c & '\x80') == 0 &&
        std::string_view("_ -.").find(c) == std::string_view::npos)
      return false;
  if (words.empty() || is_digit(words.front().front())) return false;
  for (const std::string& word : words)
    if (word.size() == 1 && !is_digit(word.front())) return false;
  // "t1" and "A11" say nothing; "line 1" does, and so does "address2".
  const std::string& first = words.front();
  return first.size() >= 2 && !std::all_of(first.begin() + 1, first.end(), is_digit);
}

Noun noun_of(Words words) {
  const std::size_t head = head_of(words);
  for (std::size_t i = 0; i < head; ++i)
    if (!is_listed(kPluralModifiers, words[i])) words[i] = singular(words[i]);
  if (!is_uncountable(words[head]) && !is_digit(words[head].front())) return inflected(words, head);
  const std::string name = join(words, " ");
  return {name + " record", name + " records"};
}

Noun attribute_of(const Words& words) {
  std::size_t head = head_of(words);
  const bool count = words.front() == "number" && words.size() > 2 && words[1] == "of";
  if (is_participle(words.back()) && words.size() > 1 && !count) --head;
  if (is_listed(" hours minutes days years ", words.front())) head = 0;
  const bool fixed =
      !count && (is_uncountable(words[head]) || is_digit(words[head].front()) || is_linked(words));
  if (!fixed) {
    Noun noun = inflected(words, head);
    noun.one = join(words, " ");  // "earnings" stays as it is written
    return noun;
  }
  const std::string name = join(words, " ");
  return {name, "values of " + name};
}

}  // namespace sqlenv::generate
