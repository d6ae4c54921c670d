#include "core/explorer/vocabulary.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "core/base/english.h"
#include "core/base/text.h"

namespace sqlenv {
namespace {

// Words that names often run together with others.
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

// The words of a line mean much the same in names and questions.
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

// A word of kSynonyms with the number of its line. A word may be in several lines.
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
  std::vector<std::string> words;
  for (const std::string& part : split_identifier(name))
    split_run_together(to_lower(part), known, words);
  return words;
}

std::string root(std::string_view word) {
  constexpr std::string_view kEndings[] = {"ation", "ition", "ement", "ment", "ance", "ence", "ing",
                                           "ed",    "ion",   "ery",   "er",   "or",   "al",   "e"};
  std::string stem = singular(word);
  // Two rounds: "registered" loses "ed" and then "er".
  for (int round = 0; round < 2; ++round)
    for (std::string_view ending : kEndings) {
      if (stem.size() < ending.size() + 4 || !stem.ends_with(ending)) continue;
      stem.resize(stem.size() - ending.size());
      break;
    }
  if (stem.size() > 5 && stem.ends_with("r")) stem.pop_back();
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
  if (a.size() >= 3 && b.size() > a.size() + 1 && b.starts_with(a) && a.size() <= 5 &&
      !is_stop_word(b) && a != "per" && a != "count")
    return 0.75;
  if (a.size() >= 6 && one_edit_apart(a, b)) return 0.8;
  return 0;
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
