#include "core/explorer/words.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "core/base/text.h"

namespace sqlenv {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

bool ends_with(std::string_view word, std::string_view ending) {
  return word.size() >= ending.size() && word.substr(word.size() - ending.size()) == ending;
}

// Words that names run together without a mark between them.
constexpr std::string_view kCommonParts[] = {
    "address", "airport", "area",     "birth", "city",   "code", "country", "date",
    "first",   "full",    "id",       "last",  "length", "life", "model",   "name",
    "no",      "number",  "official", "order", "price",  "size", "source",  "start",
    "state",   "surface", "time",     "title", "type",   "user", "year",    "zip",
    "dest",    "home",    "phone",    "pet",   "head",   "local"};

bool is_known_part(std::string_view part, const std::vector<std::string>& known) {
  if (part.size() == 1) return part == "f" || part == "l";
  for (std::string_view common : kCommonParts)
    if (part == common) return true;
  return part.size() >= 3 && std::find(known.begin(), known.end(), part) != known.end();
}

void split_run_together(const std::string& part, const std::vector<std::string>& known,
                        std::vector<std::string>& words) {
  if (std::find(known.begin(), known.end(), part) == known.end())
    for (std::size_t at = 1; at + 2 <= part.size(); ++at) {
      const std::string_view front = std::string_view(part).substr(0, at);
      const std::string_view back = std::string_view(part).substr(at);
      if (!is_known_part(front, known) || !is_known_part(back, known)) continue;
      if (front.size() == 1 && back != "name") continue;
      words.emplace_back(front);
      words.emplace_back(back);
      return;
    }
  words.push_back(part);
}

// Words of one line mean much the same in names and questions.
constexpr std::string_view kSynonyms[] = {
    "country nation nationality citizenship homeland",
    "city town",
    "name title",
    "age old",
    "cost price charge fee amount spend spent paid",
    "salary pay wage earn",
    "phone telephone mobile cell",
    "email mail",
    "photo picture",
    "location place located",
    "sex gender",
    "type kind category sort",
    "description detail",
    "detail information",
    "length long duration",
    "height tall",
    "weight heavy weigh",
    "population people inhabitant",
    "id identifier identification",
    "number no num count",
    "language speak spoken tongue",
    "airline carrier",
    "dest destination arrive arrival arriving to into land landing reach",
    "source depart departure origin departing leave leaving left from",
    "abbreviation abbr short",
    "maker manufacturer make",
    "car vehicle automobile",
    "pet animal",
    "student pupil",
    "employee worker staff",
    "professional vet veterinarian",
    "shop store",
    "district region",
    "continent region",
    "expectancy expectation",
    "gnp gdp product",
    "government form",
    "teacher instructor professor",
    "singer artist musician vocalist",
    "song track",
    "stadium arena venue",
    "concert show gig",
    "theme subject",
    "year annual",
    "date day time",
    "birth born birthday",
    "death died dead",
    "founded established formed start",
    "hire hiring recruit",
    "evaluation award bonus",
    "document doc file",
    "paragraph text",
    "template version",
    "arrival arrived came",
    "departure departed left leave",
    "treatment treat treated",
    "owner own",
    "state province county",
    "zip postcode postal",
    "horsepower power",
    "cylinder cylinders",
    "accelerate acceleration",
    "edispl displacement",
    "mpg mileage gallon fuel",
    "full complete whole",
    "money earnings earning",
    "finale final",
    "score point grade mark",
    "rank ranking",
    "capacity seat hold",
    "attendance attend attended attending audience",
    "registration register registered enroll enrolled",
    "product item goods",
    "customer client buyer",
    "order purchase bought",
    "quantity many amount",
    "author writer written",
    "publisher published",
    "department dept",
    "manager head boss lead",
    "company firm business",
    "distance far",
    "minutes duration",
    "ft feet foot",
    "km kilometre kilometer",
    "kg kilogram",
    "delay late delayed",
    "status state",
    "elevation altitude",
    "sale sold sell",
    "member belong membership"};

// The words of kSynonyms with the number of their line, sorted: a word may be in several lines.
using WordOfLine = std::pair<std::string_view, std::size_t>;

std::vector<WordOfLine> sorted_synonyms() {
  std::vector<WordOfLine> words;
  for (std::size_t i = 0; i < std::size(kSynonyms); ++i)
    for (std::string_view line = kSynonyms[i]; !line.empty();) {
      const std::size_t end = std::min(line.find(' '), line.size());
      words.emplace_back(line.substr(0, end), i);
      line.remove_prefix(std::min(end + 1, line.size()));
    }
  std::sort(words.begin(), words.end());
  return words;
}

bool are_synonyms(std::string_view a, std::string_view b) {
  static const std::vector<WordOfLine> kWords = sorted_synonyms();
  const auto first = [](std::string_view word) {
    return std::lower_bound(kWords.begin(), kWords.end(), WordOfLine(word, 0));
  };
  for (auto x = first(a); x != kWords.end() && x->first == a; ++x)
    for (auto y = first(b); y != kWords.end() && y->first == b; ++y)
      if (x->second == y->second) return true;
  return false;
}

bool one_edit_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  return a.substr(a.size() == b.size() ? std::min(i + 1, a.size()) : i) ==
         b.substr(std::min(i + 1, b.size()));
}

}  // namespace

std::vector<std::string> identifier_words(std::string_view name,
                                          const std::vector<std::string>& known) {
  std::vector<std::string> parts;
  std::string part;
  const auto finish = [&] {
    if (!part.empty()) parts.push_back(to_lower(part));
    part.clear();
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool letter = is_upper(c) || is_lower(c) || is_digit(c) || (c & '\x80') != 0;
    if (!letter) {
      finish();
      continue;
    }
    // A new word at "aB", and at "ABc" before the B.
    const char before = part.empty() ? '\0' : part.back();
    const bool next_lower = i + 1 < name.size() && is_lower(name[i + 1]);
    if (is_upper(c) && (is_lower(before) || (is_upper(before) && next_lower && part.size() > 1)))
      finish();
    part += c;
  }
  finish();
  std::vector<std::string> words;
  for (const std::string& one : parts) split_run_together(one, known, words);
  return words;
}

std::string singular(std::string_view word) {
  constexpr std::pair<std::string_view, std::string_view> kIrregular[] = {
      {"people", "person"},   {"men", "man"},           {"women", "woman"},
      {"children", "child"},  {"feet", "foot"},         {"series", "series"},
      {"species", "species"}, {"news", "news"},         {"status", "status"},
      {"gas", "gas"},         {"bus", "bus"},           {"campus", "campus"},
      {"movies", "movie"},    {"cookies", "cookie"},    {"indices", "index"},
      {"address", "address"}, {"statuses", "status"},   {"buses", "bus"},
      {"less", "less"},       {"canvas", "canvas"},     {"has", "has"},
      {"ids", "id"},          {"analyses", "analysis"}, {"lives", "life"},
      {"wives", "wife"}};
  for (const auto& [plural, one] : kIrregular)
    if (word == plural) return std::string(one);
  if (word.size() > 4 && ends_with(word, "ies"))
    return std::string(word.substr(0, word.size() - 3)) + "y";
  for (std::string_view ending : {"sses", "xes", "ches", "shes", "zzes"})
    if (word.size() > ending.size() + 1 && ends_with(word, ending))
      return std::string(word.substr(0, word.size() - 2));
  if (word.size() > 3 && word.back() == 's' && !ends_with(word, "ss") && !ends_with(word, "us") &&
      !ends_with(word, "is"))
    return std::string(word.substr(0, word.size() - 1));
  return std::string(word);
}

std::string root(std::string_view word) {
  constexpr std::string_view kEndings[] = {"ation", "ition", "ement", "ment", "ance", "ence", "ing",
                                           "ed",    "ion",   "ery",   "er",   "or",   "al",   "e"};
  std::string stem = singular(word);
  // Twice, for "registered" loses "ed" and then "er".
  for (int round = 0; round < 2; ++round)
    for (std::string_view ending : kEndings) {
      if (stem.size() < ending.size() + 4 || !ends_with(stem, ending)) continue;
      stem.resize(stem.size() - ending.size());
      break;
    }
  if (stem.size() > 5 && ends_with(stem, "r")) stem.pop_back();
  return stem;
}

double word_likeness(std::string_view name_word, std::string_view word) {
  const std::string a = singular(name_word);
  const std::string b = singular(word);
  if (a == b) return 1;
  if (a == "f" && b == "first") return 0.95;
  if (a == "l" && b == "last") return 0.95;
  if (are_synonyms(a, b) || are_synonyms(name_word, word)) return 0.85;
  if (root(a) == root(b)) return 0.85;
  if (are_synonyms(a, root(b))) return 0.75;
  if (a.size() >= 3 && b.size() > a.size() + 1 && b.substr(0, a.size()) == a && a.size() <= 5 &&
      !is_stop_word(b) && a != "per" && a != "count")
    return 0.75;
  if (a.size() >= 6 && one_edit_apart(a, b)) return 0.8;
  return 0;
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
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool is_verb(std::string_view word) {
  static constexpr auto kVerbs = std::to_array<std::string_view>(
      {"speak",   "speaks",    "spoken",   "spoke",     "sing",       "sings",    "sang",
       "sung",    "use",       "uses",     "used",      "own",        "owns",     "owned",
       "made",    "produce",   "produces", "produced",  "live",       "lives",    "lived",
       "work",    "works",     "worked",   "arrive",    "arrives",    "arrived",  "depart",
       "departs", "departed",  "leave",    "leaves",    "left",       "belong",   "belongs",
       "play",    "plays",     "played",   "win",       "wins",       "won",      "hold",
       "holds",   "held",      "attend",   "attends",   "attended",   "teach",    "teaches",
       "taught",  "treat",     "treated",  "register",  "registered", "born",     "hired",
       "hire",    "fly",       "flies",    "flown",     "land",       "lands",    "start",
       "starts",  "started",   "end",      "ends",      "ended",      "contain",  "contains",
       "include", "includes",  "come",     "comes",     "came",       "built",    "build",
       "called",  "departing", "arriving", "leaving",   "landing",    "flying",   "hiring",
       "named",   "sold",      "sell",     "sells",     "perform",    "performs", "performed",
       "given",   "written",   "directed", "published", "died"});
  return std::find(kVerbs.begin(), kVerbs.end(), word) != kVerbs.end();
}

std::optional<int> number_word(std::string_view word) {
  constexpr std::string_view kNames[] = {"zero", "one",    "two",   "three", "four",
                                         "five", "six",    "seven", "eight", "nine",
                                         "ten",  "eleven", "twelve"};
  int number = 0;
  for (std::string_view name : kNames) {
    if (word == name) return number;
    ++number;
  }
  return word == "twice" ? std::optional<int>(2) : std::nullopt;
}

std::string_view country_of(std::string_view demonym) {
  constexpr std::pair<std::string_view, std::string_view> kDemonyms[] = {
      {"french", "france"},          {"german", "germany"},
      {"italian", "italy"},          {"spanish", "spain"},
      {"british", "united kingdom"}, {"american", "usa"},
      {"dutch", "netherlands"},      {"japanese", "japan"},
      {"chinese", "china"},          {"russian", "russia"},
      {"canadian", "canada"},        {"australian", "australia"},
      {"brazilian", "brazil"},       {"indian", "india"},
      {"mexican", "mexico"},         {"swedish", "sweden"},
      {"norwegian", "norway"},       {"danish", "denmark"},
      {"finnish", "finland"},        {"polish", "poland"},
      {"greek", "greece"},           {"turkish", "turkey"},
      {"irish", "ireland"},          {"scottish", "scotland"},
      {"swiss", "switzerland"},      {"austrian", "austria"},
      {"belgian", "belgium"},        {"portuguese", "portugal"},
      {"korean", "south korea"},     {"egyptian", "egypt"},
      {"european", "europe"},        {"asian", "asia"},
      {"african", "africa"}};
  for (const auto& [name, country] : kDemonyms)
    if (name == demonym) return country;
  return {};
}

}  // namespace sqlenv
