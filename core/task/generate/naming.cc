#include "core/task/generate/naming.h"

#include <algorithm>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/task/generate/name_words.h"

namespace sqlenv::generate {
namespace {

using Words = std::vector<std::string>;

bool any_of(std::string_view list, const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return is_listed(list, word); });
}

constexpr std::string_view kTablePrefixes = " tbl tb t ref dim fact lkp lookup vw lu view ";
constexpr std::string_view kTableSuffixes = " tbl tab table ";

constexpr std::string_view kKeyWords = " id ids uid uuid guid key pk fk rowid ";

constexpr std::string_view kCodeWords =
    " code number no num nr zip postcode phone fax version ssn isbn room major zipcode telephone "
    "extension barcode sku slot seat page timestamp postal class precinct ";

// Words in -er and -or that do not name a person.
constexpr std::string_view kNoAgent =
    " number order power horsepower water paper quarter counter meter offer error floor color door "
    "factor other under over per diameter gender laser weather corner ";

constexpr std::string_view kRoleWords = " capital country city state region parent advisor head ";

constexpr std::string_view kNotAdditive =
    " age year rate ratio percent percentage average avg mean median score rating rank ranking "
    "temp temperature latitude longitude height elevation altitude grade gpa level index density "
    "expectancy speed mpg accelerate acceleration highest lowest max min maximum minimum position "
    "finish hour day month share order price rates mark limit weight length width depth size scale "
    "mph kmh humidity pressure fraction total sum stars severity voltage class season ";

constexpr std::string_view kNotAverageable =
    " year latitude longitude long month day order hour index line x y class season since until "
    "easting northing breite laenge zip plz ";

constexpr std::string_view kSecrets = " password passwd pwd hash token secret salt checksum ";

constexpr std::string_view kNotLabels =
    " phone fax email mail url address street zip postcode zipcode cell mobile login username "
    "middle telephone ";

Noun raw_table(const Table& table) {
  const std::string name = quoted(table.name);
  return {name + " record", name + " records"};
}

Noun raw_column(const Column& column) {
  const std::string name = quoted(column.name);
  return {name + " value", name + " values"};
}

// Whether the names of the table and its columns are in another language than English.
bool is_in_foreign_language(const Table& table) {
  std::size_t all = 0, foreign = 0;
  const auto count = [&](std::string_view name) {
    for (const std::string& word : split_identifier(name)) {
      ++all;
      foreign += is_foreign(word);
    }
  };
  count(table.name);
  for (const Column& column : table.columns) count(column.name);
  return foreign > 1 && foreign * 5 >= all;
}

std::string last_word(const std::string& name) {
  const Words words = split_name(name);
  return words.empty() ? "" : singular(words.back());
}

// Whether the table holds pairs of rows of other tables and is called like them ("film_actor"), or
// pairs of rows of one table ("friend"). Without foreign keys it may be called like any tables.
bool holds_pairs(const Table& table, const Schema& schema, const Words& words) {
  Words parents, columns;
  for (const ForeignKey& key : table.foreign_keys) {
    parents.push_back(last_word(key.table));
    columns.insert(columns.end(), key.columns.begin(), key.columns.end());
  }
  if (parents.empty())
    for (const Table& other : schema.tables)
      if (&other != &table) parents.push_back(last_word(other.name));
  if (parents.size() < 2) return false;
  const bool alike = !columns.empty() && parents[0] == parents[1];
  if (alike) {
    return std::all_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
      return std::find(columns.begin(), columns.end(), column.name) != columns.end();
    });
  }
  return words.size() > 1 && std::all_of(words.begin(), words.end(), [&](const auto& word) {
           return std::find(parents.begin(), parents.end(), singular(word)) != parents.end();
         });
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
  if (words.size() > 1 && is_listed(kTablePrefixes, words.front())) words.erase(words.begin());
  if (words.size() > 1 && is_listed(kTableSuffixes, words.back())) words.pop_back();
  if (table.is_view || !is_readable(table.name, words) || is_linked(words) || is_verbal(words) ||
      has_riddle(words) || holds_pairs(table, schema, words) || is_in_foreign_language(table))
    return raw_table(table);
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

bool declared_as(const Column& column, std::initializer_list<std::string_view> parts) {
  const std::string type = to_lower(column.type);
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return type.find(part) != std::string::npos; });
}

bool declared_number(const Column& column) {
  return declared_as(column, {"int", "real", "floa", "doub", "dec", "num"});
}

// Such names would give "the highest highest" and "the average average age".
bool names_an_extreme(const Words& words) {
  constexpr std::string_view kFirst =
      " best worst most least highest lowest average avg mean max min maximum minimum median ";
  constexpr std::string_view kAlone =
      " total sum count number value rank order percent max min maximum minimum ";
  return is_listed(kFirst, words.front()) ||
         (words.size() > 1 && is_listed(" max min ", words.back())) ||
         (words.size() == 1 && is_listed(kAlone, words.front()));
}

// Words a count: "Cylinders" as "number of cylinders", "Number_products" and "bikes_available"
// likewise.
Words counted(Words words, const Column& column) {
  static constexpr std::string_view kSums =
      " earnings sales winnings wages costs expenses revenues savings proceeds assets details "
      "losses profits results funds takings others gains returns dues minutes hours seconds days "
      "weeks months years points fees miles stars milliseconds bytes ";
  if (!declared_number(column) || declared_as(column, {"real", "floa", "doub", "dec"}) ||
      names_an_extreme(words) || is_preposition(words.back()))
    return words;
  const bool number = words.front() == "number" && words.size() > 1 && words[1] != "of";
  if (number && words.size() == 2 && !is_plural(words.back())) return words;
  const std::string& thing = words[number ? 1 : 0];
  const auto counts = [](const std::string& word) {
    return is_plural(word) && !is_listed(kSums, word);
  };
  const bool available =
      words.size() > 1 && is_plural(thing) &&
      (words.back() == "available" || is_linked(words) || is_participle(words.back()));
  if (!counts(available ? thing : words.back())) return words;
  if (std::find(words.begin(), words.end(), "of") != words.end()) return words;
  Words count = {"number", "of"};
  for (std::size_t i = number ? 1 : 0; i < words.size(); ++i) count.push_back(words[i]);
  return count;
}

// Whether `front` begins so many names of columns that it means the table: "doc" in "docid",
// "doctitle" and "docyear", "stu" in "stu_name" and "stu_age".
bool begins_columns(const Table& table, std::string_view front) {
  const auto begins = [&](const Column& column) {
    return to_lower(column.name).starts_with(front);
  };
  const auto times = std::count_if(table.columns.begin(), table.columns.end(), begins);
  return front.size() >= 3 && times >= 3 && times * 2 >= std::ssize(table.columns);
}

// Splits a word that begins with the table's name: "doctitle" gives {"doc", "title"}, and "cname"
// of courses gives {"course", "name"}.
Words split_glued(const Words& words, const Table& table, const Column& column,
                  const std::string& noun) {
  if (words.size() != 1 || noun.find(' ') != std::string::npos) return words;
  const std::string low = to_lower(words.front());
  for (const std::string_view end : {"ID", "name"}) {
    const bool has_end = low.size() > end.size() && low != noun && low.ends_with(to_lower(end));
    if (has_end && noun.starts_with(low.substr(0, low.size() - end.size())) &&
        (end == "name" || column.primary_key > 0))
      return {noun, std::string(end)};
  }
  if (low.size() <= noun.size() + 2 || !low.starts_with(noun) || !begins_columns(table, noun))
    return words;
  return {noun, low.substr(noun.size())};
}

// "date_incident_start" as "incident start date".
Words with_date_last(Words words) {
  const std::string& last = words.back();
  if (words.size() > 1 && words.front() == "date" && words[1] != "of" && !is_participle(last) &&
      !is_preposition(last)) {
    words.erase(words.begin());
    words.emplace_back("date");
  }
  return words;
}

// A column's words, and the unit of its values if its name says one.
struct ColumnWords {
  Words words;
  std::string unit;
};

ColumnWords column_words(const Table& table, const Column& column, const Noun& noun) {
  const Words words = split_glued(split_name(column.name), table, column, noun.one);
  if (words.empty()) return {words, ""};
  const Words own = split_name(noun.one);
  Words shorter = without_end(without_front(words, own), own);
  if (shorter.size() == words.size() && words.size() > 1 && noun.one.starts_with(words.front()) &&
      begins_columns(table, words.front()))
    shorter.erase(shorter.begin());
  if (is_number_text(shorter.front()) || names_a_key(words)) shorter = words;
  std::string unit;
  // The digit of "km2" is a word of its own.
  std::size_t tail = shorter.size() > 2 && is_number_text(shorter.back()) ? 2 : 1;
  if (declared_number(column) && shorter.size() > tail) {
    const std::size_t at = shorter.size() - tail;
    unit = unit_name(shorter[at] + (tail == 2 ? shorter.back() : ""), to_lower(shorter[at - 1]));
    if (!unit.empty()) shorter.resize(at);
    std::replace(unit.begin(), unit.end(), '_', ' ');
  }
  if (shorter.size() == 2 && shorter.back() == "experience" && is_plural(shorter.front()))
    shorter = {shorter.front(), "of", shorter.back()};
  if (shorter == Words{"long"} && declared_number(column)) shorter = {"longitude"};
  return {counted(with_date_last(std::move(shorter)), column), unit};
}

Noun column_phrase(const Table& table, const Column& column, const Noun& noun) {
  const auto [words, unit] = column_words(table, column, noun);
  const bool count = words.size() > 2 && words.front() == "number";
  if (!is_readable(column.name, words) || names_a_flag(words) || names_an_extreme(words) ||
      has_riddle(words) || (!count && is_verbal(words)) ||
      (words.front() == "number" && words.size() > 1 && words[1] != "of"))
    return raw_column(column);
  const bool own_name =
      words.size() == 1 && singular(words.front()) == noun.one && !declared_number(column);
  if (own_name) return {"name", "names"};
  Noun phrase = attribute_of(words);
  if (unit.empty()) return phrase;
  return {phrase.one + " in " + unit, phrase.many + " in " + unit};
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
  const bool foreign = is_in_foreign_language(table);
  for (const Column& column : table.columns)
    phrases.push_back(foreign && to_lower(column.name) != "name"
                          ? raw_column(column)
                          : column_phrase(table, column, noun));
  // Columns that would be called alike keep all words of their names.
  tell_apart(phrases, [&](std::size_t i) {
    const Column& column = table.columns[i];
    const Words words = split_name(column.name);
    return words.size() > 1 && words.front() != "number" && phrases[i].one.front() != '"' &&
                   is_readable(column.name, words)
               ? attribute_of(words)
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
    while (!words.empty() &&
           (names_a_key({words.back()}) || is_listed(" code number ", words.back())))
      words.pop_back();
    if (!is_readable(column, words) || is_verbal(words) || has_riddle(words)) return "";
    if (std::any_of(words.begin(), words.end(), is_foreign)) return "";
    if (is_plural(words.back())) words.back() = singular(words.back());
    role = join(words, " ");
  }
  return role == child.one ? "" : role;
}

bool names_a_key(const Words& words) {
  return !words.empty() && is_listed(kKeyWords, words.back());
}

bool names_a_code(const Words& words) {
  if (words.empty()) return false;
  const std::string last = to_lower(words.back());
  if (is_listed(kCodeWords, last) || is_listed(kRoleWords, last)) return true;
  const std::string end = last.size() > 4 ? last.substr(last.size() - 2) : "";
  return (end == "er" || end == "or") && !is_listed(kNoAgent, last);
}

bool names_a_secret(const Words& words) { return any_of(kSecrets, words); }

bool names_a_flag(const Words& words) {
  return !words.empty() &&
         ((words.size() > 1 && is_listed(" is has was can are ", words.front())) ||
          is_listed(" yn flag bool ", words.back()));
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
