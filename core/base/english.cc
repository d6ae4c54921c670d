#include "core/base/english.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"

namespace sqlenv {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }
bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// plural() takes the first pair of a singular.
constexpr auto kIrregular = std::to_array<std::pair<std::string_view, std::string_view>>({
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
    {"index", "indexes"},      {"index", "indices"},
    {"quiz", "quizzes"},       {"hero", "heroes"},
    {"potato", "potatoes"},    {"id", "ids"},
    {"movie", "movies"},       {"cookie", "cookies"},
    {"canvas", "canvases"},
});

constexpr auto kInvariant =
    std::to_array<std::string_view>({"series", "species", "sheep", "fish", "aircraft", "spacecraft",
                                     "means", "deer", "offspring", "news"});

constexpr auto kUncountable = std::to_array<std::string_view>(
    {"data",       "staff",      "news",      "equipment", "information", "inventory", "stock",
     "attendance", "history",    "feedback",  "furniture", "music",       "traffic",   "weather",
     "mail",       "software",   "hardware",  "info",      "metadata",    "personnel", "luggage",
     "homework",   "research",   "advice",    "evidence",  "content",     "audit",     "status",
     "membership", "employment", "population"});

constexpr auto kNumbers =
    std::to_array<std::string_view>({"zero", "one", "two", "three", "four", "five", "six", "seven",
                                     "eight", "nine", "ten", "eleven", "twelve"});

bool begins_word(std::string_view name, std::size_t at) {
  const char here = name[at], before = name[at - 1];
  if (!is_upper(here)) return false;
  if (is_lower(before) || is_digit(before)) return true;
  return is_upper(before) && at + 1 < name.size() && is_lower(name[at + 1]);
}

}  // namespace

std::vector<std::string> split_identifier(std::string_view name) {
  std::vector<std::string> words;
  bool in_word = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_upper(c) && !is_lower(c) && !is_digit(c) && !is_beyond_ascii(c)) {
      in_word = false;
      continue;
    }
    if (!in_word || begins_word(name, i)) words.emplace_back();
    words.back() += c;
    in_word = true;
  }
  return words;
}

bool is_uncountable(std::string_view word) {
  return contains(kUncountable, word) || (word.ends_with("ing") && word.size() > 5) ||
         (word.ends_with("ware") && word.size() > 5);
}

std::string singular(std::string_view word) {
  for (const auto& [one, many] : kIrregular)
    if (word == one || word == many) return std::string(one);
  if (contains(kInvariant, word) || word.size() < 4 || !word.ends_with('s'))
    return std::string(word);
  const auto without = [&](std::size_t n) { return std::string(word.substr(0, word.size() - n)); };
  if (word.size() > 4 && word.ends_with("ies")) return without(3) + "y";
  if (word.ends_with("ss") || word.ends_with("us") || word.ends_with("is"))
    return std::string(word);
  constexpr auto kSibilant = std::to_array<std::string_view>(
      {"sses", "xes", "ches", "shes", "uses", "zzes", "aliases", "gases"});
  for (const std::string_view end : kSibilant)
    if (word.ends_with(end) && !word.ends_with("auses") && !word.ends_with("ouses") &&
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
  if (last == 's' || last == 'x' || last == 'z' || word.ends_with("ch") || word.ends_with("sh"))
    return std::string(word) + "es";
  return std::string(word) + "s";
}

bool is_stop_word(std::string_view word) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"a",          "an",        "the",         "of",     "in",    "on",      "at",
       "to",         "for",       "from",        "by",     "with",  "and",     "or",
       "is",         "are",       "was",         "were",   "be",    "been",    "do",
       "does",       "did",       "has",         "have",   "had",   "what",    "which",
       "who",        "whose",     "whom",        "that",   "this",  "these",   "those",
       "there",      "their",     "its",         "it",     "they",  "them",    "all",
       "any",        "some",      "show",        "list",   "find",  "give",    "return",
       "tell",       "me",        "us",          "i",      "you",   "we",      "how",
       "many",       "much",      "when",        "where",  "each",  "every",   "per",
       "than",       "more",      "less",        "most",   "least", "not",     "no",
       "can",        "could",     "please",      "as",     "also",  "both",    "either",
       "but",        "between",   "if",          "will",   "would", "should",  "his",
       "her",        "him",       "he",          "she",    "our",   "your",    "my",
       "so",         "such",      "then",        "out",    "about", "into",    "over",
       "under",      "after",     "before",      "above",  "below", "up",      "down",
       "other",      "others",    "having",      "being",  "ever",  "only",    "same",
       "different",  "distinct",  "numbers",     "number", "total", "average", "maximum",
       "minimum",    "one",       "ones",        "using",  "used",  "get",     "count",
       "names",      "name",      "id",          "ids",    "order", "ordered", "sorted",
       "descending", "ascending", "alphabetical"});
  return contains(kWords, word);
}

std::string number_word(int number) {
  if (number >= 0 && number < std::ssize(kNumbers))
    return std::string(kNumbers[static_cast<std::size_t>(number)]);
  return std::to_string(number);
}

std::optional<int> number_from_word(std::string_view word) {
  const auto found = std::find(kNumbers.begin(), kNumbers.end(), word);
  if (found != kNumbers.end()) return static_cast<int>(found - kNumbers.begin());
  return word == "twice" ? std::optional(2) : std::nullopt;
}

std::string with_article(std::string_view phrase) {
  const std::string_view noun = phrase.substr(phrase.starts_with('"') ? 1 : 0);
  const std::string low = to_lower(noun);
  bool vowel = !low.empty() && is_vowel(low.front());
  for (const std::string_view start : {"uni", "use", "eu", "one", "uti"})
    if (low.starts_with(start)) vowel = false;
  if (low.starts_with("hour") || low.starts_with("honest")) vowel = true;
  if (noun.size() > 1 && is_upper(noun[0]) && is_upper(noun[1]))
    vowel = std::string_view("AEFHILMNORSX").find(noun[0]) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(phrase);
}

std::string possessive(std::string_view noun) {
  const bool plain = noun.ends_with("s") && is_plural(noun.substr(noun.rfind(' ') + 1));
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

}  // namespace sqlenv
