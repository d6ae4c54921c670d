#include "core/task/generate/noun.h"

#include <algorithm>
#include <array>

#include "core/base/english.h"
#include "core/base/text.h"

namespace sqlenv::generate {
namespace {

using Words = std::vector<std::string>;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Words that are no abbreviations in names written all in capitals.
constexpr std::array<std::string_view, 28> kShortWords = {
    "age", "sex", "day", "tax", "fee", "net", "sum", "min", "max", "no",
    "to",  "in",  "of",  "by",  "on",  "at",  "is",  "and", "the", "car",
    "dog", "cat", "pet", "job", "bus", "key", "end", "new"};

constexpr std::array<std::string_view, 15> kLinking = {"has",  "have", "in",  "of",   "to",
                                                       "by",   "with", "for", "on",   "at",
                                                       "from", "is",   "was", "does", "and"};

bool has_lower(std::string_view text) { return std::any_of(text.begin(), text.end(), is_lower); }

bool is_abbreviation(std::string_view word, bool whole_name_capital) {
  if (word.size() < 2 || has_lower(word) || !std::any_of(word.begin(), word.end(), is_upper))
    return false;
  const std::string low = to_lower(word);
  if (low == "id" || low == "url" || low == "isbn") return true;
  if (contains(kShortWords, low)) return false;
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

void add_known(Words& words, std::string word) {
  const std::string low = to_lower(word);
  if (low == "lname" || low == "fname") {
    words.push_back(low == "lname" ? "last" : "first");
    word = "name";
  }
  words.push_back(std::move(word));
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

bool is_linking(const std::string& word) { return word != "of" && contains(kLinking, word); }

}  // namespace

Words split_name(std::string_view name) {
  const bool capital = !has_lower(name);
  const std::string low = to_lower(name);
  const bool whole = low == "lname" || low == "fname";
  Words words;
  for (const std::string& part : whole ? Words{low} : split_identifier(name))
    for (const std::string_view word : split_digits(part)) add_known(words, cased(word, capital));
  return words;
}

bool is_readable(std::string_view name, const Words& words) {
  for (const char c : name)
    if (!is_upper(c) && !is_lower(c) && !is_digit(c) && (c & '\x80') == 0 &&
        std::string_view("_ -.").find(c) == std::string_view::npos)
      return false;
  if (words.empty() || is_digit(words.front().front())) return false;
  for (const std::string& word : words)
    if (word.size() == 1 && !is_digit(word.front())) return false;
  // "t1" and "x2" say nothing; "line 1" does, and so does "address2".
  return words.front().size() >= 2 &&
         !(words.front().size() <= 2 && is_digit(words.front().back()));
}

Noun noun_of(const Words& words) {
  const std::size_t head = head_of(words);
  const bool phrase = std::any_of(words.begin(), words.end(), is_linking);
  if (phrase || is_uncountable(words[head]) || is_digit(words[head].front())) {
    const std::string name = phrase ? quoted(join(words, " ")) : join(words, " ");
    return {name + " record", name + " records"};
  }
  return inflected(words, head);
}

Noun attribute_of(const Words& words) {
  const std::size_t head = head_of(words);
  const bool fixed = is_uncountable(words[head]) || is_digit(words[head].front()) ||
                     std::any_of(words.begin(), words.end(), is_linking);
  if (!fixed) {
    Noun noun = inflected(words, head);
    noun.one = join(words, " ");  // "earnings" stays as it is written
    return noun;
  }
  const std::string name = join(words, " ");
  return {name, "values of " + name};
}

}  // namespace sqlenv::generate
