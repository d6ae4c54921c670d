#include "core/task/generate/words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"

namespace sqlenv::generate {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }
bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool ends_with(std::string_view word, std::string_view end) {
  return word.size() >= end.size() && word.substr(word.size() - end.size()) == end;
}

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 24> kIrregular = {{
    {"person", "people"},      {"man", "men"},
    {"woman", "women"},        {"child", "children"},
    {"foot", "feet"},          {"mouse", "mice"},
    {"goose", "geese"},        {"tooth", "teeth"},
    {"criterion", "criteria"}, {"medium", "media"},
    {"analysis", "analyses"},  {"basis", "bases"},
    {"crisis", "crises"},      {"diagnosis", "diagnoses"},
    {"life", "lives"},         {"wife", "wives"},
    {"knife", "knives"},       {"leaf", "leaves"},
    {"half", "halves"},        {"shelf", "shelves"},
    {"index", "indexes"},      {"quiz", "quizzes"},
    {"hero", "heroes"},        {"potato", "potatoes"},
}};

constexpr std::array<std::string_view, 9> kInvariant = {
    "series", "species", "sheep", "fish", "aircraft", "spacecraft", "means", "deer", "offspring"};

constexpr std::array<std::string_view, 31> kUncountable = {
    "data",       "staff",      "news",      "equipment", "information", "inventory", "stock",
    "attendance", "history",    "feedback",  "furniture", "music",       "traffic",   "weather",
    "mail",       "software",   "hardware",  "info",      "metadata",    "personnel", "luggage",
    "homework",   "research",   "advice",    "evidence",  "content",     "audit",     "status",
    "membership", "employment", "population"};

// Capitals that are words, not abbreviations, in names written all in capitals.
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
  const bool no_vowel =
      std::none_of(low.begin(), low.end(), [](char c) { return is_vowel(c) || c == 'y'; });
  return word.size() <= 3 || (word.size() <= 4 && no_vowel);
}

std::string cased(std::string_view word, bool whole_name_capital) {
  const std::string low = to_lower(word);
  if (low == "id") return "ID";
  return is_abbreviation(word, whole_name_capital) ? std::string(word) : low;
}

bool starts_word(std::string_view name, std::size_t at) {
  const char here = name[at], before = name[at - 1];
  if (is_digit(here) != is_digit(before)) return is_digit(here) ? is_lower(before) : is_upper(here);
  if (!is_upper(here)) return false;
  if (is_lower(before)) return true;
  return is_upper(before) && at + 1 < name.size() && is_lower(name[at + 1]);
}

bool is_separator(char c) { return c == '_' || c == ' ' || c == '-' || c == '.'; }

void add_known(std::vector<std::string>& words, std::string word) {
  const std::string low = to_lower(word);
  if (low == "lname" || low == "fname") {
    words.push_back(low == "lname" ? "last" : "first");
    word = "name";
  }
  words.push_back(std::move(word));
}

// The position of the word that is inflected.
std::size_t head_of(const std::vector<std::string>& words) {
  for (std::size_t i = 1; i + 1 < words.size(); ++i)
    if (words[i] == "of") return i - 1;
  return words.size() - 1;
}

Noun inflected(std::vector<std::string> words, std::size_t head) {
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

std::vector<std::string> split_name(std::string_view name) {
  const bool capital = !has_lower(name);
  std::vector<std::string> words;
  std::string word;
  const auto close = [&] {
    if (!word.empty()) add_known(words, cased(word, capital));
    word.clear();
  };
  // "LName" and "FName" are one word each.
  const std::string low = to_lower(name);
  const bool whole = low == "lname" || low == "fname";
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (is_separator(name[i])) {
      close();
      continue;
    }
    if (i > 0 && !whole && !is_separator(name[i - 1]) && starts_word(name, i)) close();
    word += name[i];
  }
  close();
  return words;
}

bool is_readable(std::string_view name) {
  const std::vector<std::string> words = split_name(name);
  if (words.empty() || is_digit(words.front().front())) return false;
  for (const std::string& word : words) {
    if (word.size() == 1 && !is_digit(word.front())) return false;
    for (const char c : word)
      if (!is_upper(c) && !is_lower(c) && !is_digit(c) && !is_beyond_ascii(c)) return false;
  }
  // "t1" and "col2" say nothing; "line 1" does, and so does "address2".
  return words.front().size() >= 2 &&
         !(words.front().size() <= 2 && is_digit(words.front().back()));
}

bool is_uncountable(std::string_view word) {
  return contains(kUncountable, word) || (ends_with(word, "ing") && word.size() > 5) ||
         (ends_with(word, "ware") && word.size() > 5);
}

std::string singular(std::string_view word) {
  for (const auto& [one, many] : kIrregular)
    if (word == many) return std::string(one);
  if (contains(kInvariant, word) || word.size() < 4 || !ends_with(word, "s"))
    return std::string(word);
  const auto without = [&](std::size_t n) { return std::string(word.substr(0, word.size() - n)); };
  if (word == "movies" || word == "cookies" || word == "ties") return without(1);
  if (ends_with(word, "ies")) return without(3) + "y";
  if (ends_with(word, "ss") || ends_with(word, "us") || ends_with(word, "is"))
    return std::string(word);
  constexpr std::array<std::string_view, 8> kSibilant = {"sses", "xes",  "ches",    "shes",
                                                         "uses", "zzes", "aliases", "gases"};
  for (const std::string_view end : kSibilant)
    if (ends_with(word, end) && !ends_with(word, "auses") && !ends_with(word, "ouses") &&
        word != "uses" && word != "axes" && word != "caches")
      return without(2);
  return without(1);
}

bool is_plural(std::string_view word) { return singular(word) != word && !is_uncountable(word); }

std::string plural(std::string_view word) {
  for (const auto& [one, many] : kIrregular)
    if (word == one) return std::string(many);
  if (word.empty() || contains(kInvariant, word) || is_plural(word)) return std::string(word);
  if (is_upper(word.back()) || is_digit(word.back())) return std::string(word) + "s";
  if (is_beyond_ascii(word.back())) return std::string(word);
  const char last = word.back();
  const char before = word.size() > 1 ? word[word.size() - 2] : 'a';
  if (last == 'y' && !is_vowel(before)) return std::string(word.substr(0, word.size() - 1)) + "ies";
  if (last == 's' || last == 'x' || last == 'z' || ends_with(word, "ch") || ends_with(word, "sh"))
    return std::string(word) + "es";
  return std::string(word) + "s";
}

Noun noun_of(const std::vector<std::string>& words) {
  const std::size_t head = head_of(words);
  const bool phrase = std::any_of(words.begin(), words.end(), is_linking);
  if (phrase || is_uncountable(words[head]) || is_digit(words[head].front())) {
    const std::string name = phrase ? quoted(join(words, " ")) : join(words, " ");
    return {name + " record", name + " records"};
  }
  return inflected(words, head);
}

Noun attribute_of(const std::vector<std::string>& words) {
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

std::string with_article(std::string_view noun) {
  const std::string low = to_lower(noun);
  bool vowel = !low.empty() && is_vowel(low.front());
  for (const std::string_view start : {"uni", "use", "eu", "one", "uti"})
    if (low.substr(0, start.size()) == start) vowel = false;
  if (low.substr(0, 4) == "hour" || low.substr(0, 6) == "honest") vowel = true;
  if (noun.size() > 1 && is_upper(noun[0]) && is_upper(noun[1]))
    vowel = std::string_view("AEFHILMNORSX").find(noun[0]) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

std::string possessive(std::string_view noun) {
  const bool plain = ends_with(noun, "s") && is_plural(noun.substr(noun.rfind(' ') + 1));
  return std::string(noun) + (plain ? "'" : "'s");
}

std::string and_list(const std::vector<std::string>& phrases) {
  std::string text;
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    if (i > 0) text += i + 1 == phrases.size() ? " and " : ", ";
    text += phrases[i];
  }
  return text;
}

std::string capitalised(std::string_view sentence) {
  std::string text(sentence);
  if (!text.empty() && is_lower(text.front())) text.front() = static_cast<char>(text.front() - 32);
  return text;
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string number_word(int number) {
  constexpr std::array<std::string_view, 13> kWords = {"zero", "one",    "two",   "three", "four",
                                                       "five", "six",    "seven", "eight", "nine",
                                                       "ten",  "eleven", "twelve"};
  if (number >= 0 && number < std::ssize(kWords))
    return std::string(kWords[static_cast<std::size_t>(number)]);
  return std::to_string(number);
}

}  // namespace sqlenv::generate
