#include "core/task/generate/naming.h"

#include <algorithm>
#include <array>

#include "core/base/english.h"
#include "core/base/text.h"

namespace sqlenv::generate {
namespace {

using Words = std::vector<std::string>;

template <std::size_t N>
bool contains_ignoring_case(const std::array<std::string_view, N>& list, std::string_view word) {
  const std::string low = to_lower(word);
  return std::find(list.begin(), list.end(), low) != list.end();
}

template <std::size_t N>
bool any_of(const std::array<std::string_view, N>& list, const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return contains_ignoring_case(list, word); });
}

constexpr std::array<std::string_view, 10> kTablePrefixes = {"tbl", "tb",     "ref", "dim", "fact",
                                                             "lkp", "lookup", "vw",  "lu",  "view"};

constexpr std::array<std::string_view, 9> kKeyWords = {"id",  "ids", "uid", "uuid", "guid",
                                                       "key", "pk",  "fk",  "rowid"};

constexpr std::array<std::string_view, 24> kCodeWords = {
    "code",      "number",  "no",  "num",  "nr",   "zip",   "postcode",  "phone",
    "fax",       "version", "ssn", "isbn", "room", "major", "zipcode",   "telephone",
    "extension", "barcode", "sku", "slot", "seat", "page",  "timestamp", "postal"};

// Words in -er and -or that do not name a person.
constexpr std::array<std::string_view, 24> kNoAgent = {
    "number", "order", "power", "horsepower", "water",  "paper", "quarter", "counter",
    "meter",  "offer", "error", "floor",      "color",  "door",  "factor",  "other",
    "under",  "over",  "per",   "diameter",   "gender", "laser", "weather", "corner"};

constexpr std::array<std::string_view, 8> kRoleWords = {"capital", "country", "city",    "state",
                                                        "region",  "parent",  "advisor", "head"};

constexpr std::array<std::string_view, 62> kNotAdditive = {
    "age",     "year",        "rate",     "ratio",     "percent",    "percentage",   "average",
    "avg",     "mean",        "median",   "score",     "rating",     "rank",         "ranking",
    "temp",    "temperature", "latitude", "longitude", "lat",        "lng",          "lon",
    "height",  "elevation",   "altitude", "grade",     "gpa",        "level",        "index",
    "density", "expectancy",  "speed",    "mpg",       "accelerate", "acceleration", "highest",
    "lowest",  "max",         "min",      "maximum",   "minimum",    "position",     "finish",
    "hour",    "day",         "month",    "share",     "order",      "price",        "rates",
    "mark",    "limit",       "weight",   "length",    "width",      "depth",        "size",
    "scale",   "mph",         "kmh",      "humidity",  "pressure",   "fraction"};

constexpr std::array<std::string_view, 12> kNotAverageable = {
    "year",  "latitude", "longitude", "lat",  "lng",   "lon",
    "month", "day",      "order",     "hour", "index", "line"};

constexpr std::array<std::string_view, 8> kSecrets = {"password", "passwd", "pwd",  "hash",
                                                      "token",    "secret", "salt", "checksum"};

constexpr std::array<std::string_view, 16> kNotLabels = {
    "phone",    "fax",     "email", "mail",   "url",   "address",  "street", "zip",
    "postcode", "zipcode", "cell",  "mobile", "login", "username", "middle", "telephone"};

Noun raw_table(const Table& table) {
  const std::string name = quoted(table.name);
  return {"record of " + name, "records of " + name};
}

Noun raw_column(const Column& column) {
  const std::string name = quoted(column.name);
  return {name + " value", name + " values"};
}

// Splits "countrylanguage" into "country language" if there is a table "country".
Words split_compound(const Words& words, const Schema& schema) {
  if (words.size() != 1) return words;
  for (const Table& other : schema.tables) {
    const Words start = split_name(other.name);
    if (start.size() != 1) continue;
    const std::string stem = singular(start.front());
    const std::string& word = words.front();
    if (stem.size() >= 4 && word.size() >= stem.size() + 4 && word.starts_with(stem) &&
        word[stem.size()] != 's')
      return {stem, word.substr(stem.size())};
  }
  return words;
}

Noun table_noun(const Table& table, const Schema& schema) {
  Words words = split_compound(split_name(table.name), schema);
  if (words.size() > 1 && contains_ignoring_case(kTablePrefixes, words.front()))
    words.erase(words.begin());
  if (table.is_view || !is_readable(table.name, words)) return raw_table(table);
  return noun_of(words);
}

Words without_front(const Words& words, const Words& front) {
  if (words.size() <= front.size()) return words;
  for (std::size_t i = 0; i < front.size(); ++i)
    if (words[i] != front[i] && singular(words[i]) != singular(front[i])) return words;
  return Words(words.begin() + static_cast<std::ptrdiff_t>(front.size()), words.end());
}

// Shortens "cost of treatment" in a table of treatments to "cost".
Words without_end(const Words& words, const Words& end) {
  const std::size_t tail = end.size() + 1;
  if (words.size() <= tail || words[words.size() - tail] != "of") return words;
  for (std::size_t i = 0; i < end.size(); ++i)
    if (words[words.size() - end.size() + i] != end[i]) return words;
  return Words(words.begin(), words.end() - static_cast<std::ptrdiff_t>(tail));
}

bool is_number_text(const std::string& word) {
  return !word.empty() && word.front() >= '0' && word.front() <= '9';
}

bool declared_number(const Column& column) {
  const std::string type = to_lower(column.type);
  for (const char* part : {"int", "real", "floa", "doub", "dec", "num"})
    if (type.find(part) != std::string::npos) return true;
  return false;
}

// Words a count: "Cylinders" as "number of cylinders", "Number_products" likewise.
Words counted(const Words& words, const Column& column) {
  constexpr std::array<std::string_view, 26> kSums = {
      "earnings", "sales",    "winnings", "wages",   "costs",   "expenses", "revenues",
      "savings",  "proceeds", "assets",   "details", "losses",  "profits",  "results",
      "funds",    "takings",  "others",   "gains",   "returns", "dues",     "minutes",
      "hours",    "seconds",  "days",     "points",  "fees"};
  constexpr std::array<std::string_view, 3> kNumber = {"number", "num", "no"};
  if (!declared_number(column) || !is_plural(words.back())) return words;
  if (words.size() == 2 && contains_ignoring_case(kNumber, words.front()))
    return {"number", "of", words.back()};
  if (words.size() == 1 && !contains_ignoring_case(kSums, words.front()))
    return {"number", "of", words.front()};
  return words;
}

Words column_words(const Column& column, const Noun& noun) {
  const Words words = split_name(column.name);
  if (words.empty()) return words;
  const Words table = split_name(noun.one);
  Words shorter = without_end(without_front(words, table), table);
  if (is_number_text(shorter.front()) || names_a_key(words)) shorter = words;
  return counted(shorter, column);
}

// Such names would give "the highest highest" and "the average average age".
bool names_an_extreme(const Words& words) {
  constexpr std::array<std::string_view, 12> kFirst = {"best",    "worst",   "highest", "lowest",
                                                       "average", "avg",     "mean",    "max",
                                                       "min",     "maximum", "minimum", "median"};
  constexpr std::array<std::string_view, 8> kAlone = {"total", "sum",  "count", "number",
                                                      "value", "rank", "order", "percent"};
  return contains_ignoring_case(kFirst, words.front()) ||
         (words.size() == 1 && contains_ignoring_case(kAlone, words.front()));
}

Noun column_phrase(const Column& column, const Noun& noun) {
  const Words words = column_words(column, noun);
  if (!is_readable(column.name, words) || names_a_flag(words) || names_an_extreme(words))
    return raw_column(column);
  const bool own_name = words.size() == 1 && singular(words.front()) == noun.one;
  return own_name ? Noun{"name", "names"} : attribute_of(words);
}

template <class Raw>
void tell_apart(std::vector<Noun>& nouns, Raw raw) {
  std::vector<bool> alike(nouns.size(), false);
  for (std::size_t i = 0; i < nouns.size(); ++i)
    for (std::size_t j = 0; j < nouns.size(); ++j)
      if (i != j && (to_lower(nouns[i].one) == to_lower(nouns[j].one) ||
                     to_lower(nouns[i].many) == to_lower(nouns[j].many)))
        alike[i] = true;
  for (std::size_t i = 0; i < nouns.size(); ++i)
    if (alike[i]) nouns[i] = raw(i);
}

}  // namespace

std::vector<Noun> table_nouns(const Schema& schema) {
  std::vector<Noun> nouns;
  for (const Table& table : schema.tables) nouns.push_back(table_noun(table, schema));
  tell_apart(nouns, [&](std::size_t i) { return raw_table(schema.tables[i]); });
  return nouns;
}

std::vector<Noun> column_phrases(const Table& table, const Noun& noun) {
  std::vector<Noun> phrases;
  for (const Column& column : table.columns) phrases.push_back(column_phrase(column, noun));
  // Columns that would be called alike keep all words of their names.
  tell_apart(phrases, [&](std::size_t i) {
    const Column& column = table.columns[i];
    const Words words = split_name(column.name);
    return words.size() > 1 && is_readable(column.name, words) ? attribute_of(words)
                                                               : raw_column(column);
  });
  tell_apart(phrases, [&](std::size_t i) { return raw_column(table.columns[i]); });
  return phrases;
}

std::string role_of(const std::string& column, const std::string& parent_column, const Noun& child,
                    const Noun& parent) {
  std::string role;
  if (equal_ignoring_case(column, parent_column)) {
    role = parent.one;
  } else {
    Words words = split_name(column);
    constexpr std::array<std::string_view, 5> kOfKeys = {"code", "number", "no", "num", "nr"};
    while (!words.empty() &&
           (names_a_key({words.back()}) || contains_ignoring_case(kOfKeys, words.back())))
      words.pop_back();
    if (!is_readable(column, words)) return "";
    if (is_plural(words.back())) words.back() = singular(words.back());
    role = join(words, " ");
  }
  return role == child.one ? "" : role;
}

bool names_a_key(const Words& words) {
  return !words.empty() && contains_ignoring_case(kKeyWords, words.back());
}

bool names_a_code(const Words& words) {
  if (words.empty()) return false;
  const std::string last = to_lower(words.back());
  if (contains_ignoring_case(kCodeWords, last) || contains_ignoring_case(kRoleWords, last))
    return true;
  const std::string end = last.size() > 4 ? last.substr(last.size() - 2) : "";
  return (end == "er" || end == "or") && !contains_ignoring_case(kNoAgent, last);
}

bool names_a_secret(const Words& words) { return any_of(kSecrets, words); }

bool names_a_flag(const Words& words) {
  constexpr std::array<std::string_view, 5> kFirst = {"is", "has", "was", "can", "are"};
  constexpr std::array<std::string_view, 3> kLast = {"yn", "flag", "bool"};
  return !words.empty() && ((words.size() > 1 && contains_ignoring_case(kFirst, words.front())) ||
                            contains_ignoring_case(kLast, words.back()));
}

bool is_additive(const Words& words) { return !any_of(kNotAdditive, words); }
bool is_averageable(const Words& words) { return !any_of(kNotAverageable, words); }

int label_score(const Words& words) {
  if (words.empty() || any_of(kNotLabels, words)) return 0;
  const std::string text = to_lower(join(words, " "));
  const std::string last = to_lower(words.back());
  if (text == "name") return 100;
  if (text == "title") return 95;
  if (text == "full name") return 94;
  if (text == "first name" || text == "last name") return 0;
  if (last == "name") return 80;
  if (last == "title" || last == "label") return 70;
  if (last == "description") return 40;
  if (last == "details") return 35;
  return 20;
}

}  // namespace sqlenv::generate
