#include "core/explorer/cues.h"

#include <algorithm>

namespace sqlenv {
namespace {

struct RankingWords {
  std::string_view words;
  bool descending;
  std::string_view concepts;  // a minus marks inverted concepts
};

constexpr RankingWords kRankings[] = {
    {"oldest eldest", true, "age -birth -born -founded -opened -formed -year -date"},
    {"youngest", false, "age -birth -born -founded -opened -formed -year -date"},
    {"latest newest", true, "date year time since start opened founded"},
    {"earliest", false, "date year time since start opened founded"},
    {"longest", true, "length duration distance minutes time long life"},
    {"shortest", false, "length duration distance minutes height time long life"},
    {"largest biggest greatest", true, "area size population capacity surface seats amount"},
    {"smallest tiniest", false, "area size population capacity surface seats amount"},
    {"heaviest", true, "weight"},
    {"lightest", false, "weight"},
    {"tallest", true, "height elevation floors"},
    {"cheapest", false, "price cost fee charge amount rate"},
    {"priciest costliest", true, "price cost fee charge amount rate"},
    {"fastest quickest", true, "speed -accelerate -time -duration"},
    {"slowest", false, "speed -accelerate -time -duration"},
    {"richest", true, "money earnings salary income worth"},
    {"poorest", false, "money earnings salary income worth"},
    {"best", true, "score rating points grade -rank"},
    {"worst", false, "score rating points grade -rank"},
    {"deepest", true, "depth"},
    {"strongest", true, "power horsepower"},
};

constexpr RankingWords kBare[] = {{"highest maximum max maximal top", true, ""},
                                  {"lowest minimum min minimal", false, ""}};

constexpr RankingWords kAfterMost[] = {
    {"expensive costly", true, "price cost fee charge amount rate"},
    {"recent recently", true, "date year time since"},
    {"populous populated", true, "population"},
    {"powerful", true, "horsepower power"},
    {"crowded", true, "population attendance capacity"},
    {"valuable", true, "value price amount"},
    {"cheap", true, "-price -cost -fee -charge"},
};

struct ComparisonWords {
  std::string_view phrase;
  std::string_view op;
  std::string_view concepts;
};

// A phrase stands before the shorter ones at its end.
constexpr ComparisonWords kBefore[] = {
    {"greater than or equal to", ">=", ""},
    {"more than or equal to", ">=", ""},
    {"larger than or equal to", ">=", ""},
    {"less than or equal to", "<=", ""},
    {"fewer than or equal to", "<=", ""},
    {"smaller than or equal to", "<=", ""},
    {"no less than", ">=", ""},
    {"not less than", ">=", ""},
    {"no fewer than", ">=", ""},
    {"no more than", "<=", ""},
    {"not more than", "<=", ""},
    {"at least", ">=", ""},
    {"at most", "<=", ""},
    {"a minimum of", ">=", ""},
    {"a maximum of", "<=", ""},
    {"up to", "<=", ""},
    {"older than", ">", "age -birth -born -founded -opened -year -date"},
    {"younger than", "<", "age -birth -born -founded -opened -year -date"},
    {"heavier than", ">", "weight"},
    {"lighter than", "<", "weight"},
    {"taller than", ">", "height elevation"},
    {"longer than", ">", "length duration distance minutes time"},
    {"shorter than", "<", "length duration distance height minutes time"},
    {"later than", ">", "date year time"},
    {"earlier than", "<", "date year time"},
    {"newer than", ">", "date year"},
    {"more than", ">", ""},
    {"greater than", ">", ""},
    {"larger than", ">", ""},
    {"bigger than", ">", ""},
    {"higher than", ">", ""},
    {"better than", ">", ""},
    {"less than", "<", ""},
    {"fewer than", "<", ""},
    {"smaller than", "<", ""},
    {"lower than", "<", ""},
    {"worse than", "<", ""},
    {"exceeding", ">", ""},
    {"exceeds", ">", ""},
    {"exceed", ">", ""},
    {"over", ">", ""},
    {"above", ">", ""},
    {"under", "<", ""},
    {"below", "<", ""},
    {"after", ">", "year date time birth opened founded"},
    {"before", "<", "year date time birth opened founded"},
    {"since", ">=", "year date since"},
    {"not equal to", "<>", ""},
    {"equal to", "=", ""},
    {"exactly", "=", ""},
};

constexpr ComparisonWords kAfter[] = {
    {"or more", ">=", ""},  {"or greater", ">=", ""},   {"or higher", ">=", ""},
    {"or above", ">=", ""}, {"or over", ">=", ""},      {"and above", ">=", ""},
    {"and over", ">=", ""}, {"or older", ">=", "age"},  {"or less", "<=", ""},
    {"or fewer", "<=", ""}, {"or lower", "<=", ""},     {"or below", "<=", ""},
    {"or under", "<=", ""}, {"or younger", "<=", "age"}};

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const std::size_t blank = line.find(' ');
    words.push_back(line.substr(0, blank));
    line.remove_prefix(blank == std::string_view::npos ? line.size() : blank + 1);
  }
  return words;
}

std::vector<Concept> concepts_of(std::string_view line) {
  std::vector<Concept> concepts;
  for (std::string_view word : words_of(line)) {
    const bool inverted = word[0] == '-';
    concepts.push_back({inverted ? word.substr(1) : word, inverted});
  }
  return concepts;
}

template <std::size_t N>
std::optional<Ranking> find_ranking(const RankingWords (&table)[N], std::string_view word) {
  for (const RankingWords& line : table)
    for (std::string_view one : words_of(line.words))
      if (one == word) return Ranking{line.descending, concepts_of(line.concepts), false};
  return std::nullopt;
}

bool reads(const std::vector<Item>& items, std::size_t at,
           const std::vector<std::string_view>& words) {
  if (at + words.size() > items.size()) return false;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (!items[at + i].is(words[i])) return false;
  return true;
}

}  // namespace

std::optional<Ranking> ranking_of(std::string_view word) {
  if (std::optional<Ranking> found = find_ranking(kRankings, word)) return found;
  std::optional<Ranking> bare = find_ranking(kBare, word);
  if (bare) bare->needs_column = true;
  return bare;
}

std::optional<Ranking> ranking_after_most(std::string_view adjective) {
  return find_ranking(kAfterMost, adjective);
}

bool means_frequency(std::string_view adjective) {
  for (std::string_view word : {"common", "commonly", "popular", "frequent", "frequently", "often",
                                "prevalent", "predominantly", "used"})
    if (adjective == word) return true;
  return false;
}

Comparison comparison_at(const std::vector<Item>& items, std::size_t at) {
  Comparison found;
  found.first = found.last = at;
  for (const ComparisonWords& line : kAfter) {
    const std::vector<std::string_view> words = words_of(line.phrase);
    if (!reads(items, at + 1, words)) continue;
    found.op = std::string(line.op);
    found.said = true;
    found.last = at + words.size();
    found.concepts = concepts_of(line.concepts);
    return found;
  }
  for (const ComparisonWords& line : kBefore) {
    const std::vector<std::string_view> words = words_of(line.phrase);
    // An article, "the year" or a column may stand between.
    for (std::size_t gap = 0; gap <= 2; ++gap) {
      if (at < words.size() + gap || !reads(items, at - words.size() - gap, words)) continue;
      if (gap >= 1 && !items[at - 1].is("the") && !items[at - 1].is("year") &&
          !items[at - 1].is("a") && (gap > 1 || items[at - 1].columns.empty()))
        continue;
      found.op = std::string(line.op);
      found.said = true;
      found.first = at - words.size() - gap;
      found.concepts = concepts_of(line.concepts);
      return found;
    }
  }
  return found;
}

std::optional<Aggregate> aggregate_of(std::string_view word) {
  constexpr std::pair<std::string_view, Aggregate> kWords[] = {
      {"average", Aggregate::kAvg},  {"mean", Aggregate::kAvg},    {"avg", Aggregate::kAvg},
      {"averaged", Aggregate::kAvg}, {"total", Aggregate::kSum},   {"sum", Aggregate::kSum},
      {"summed", Aggregate::kSum},   {"maximum", Aggregate::kMax}, {"max", Aggregate::kMax},
      {"maximal", Aggregate::kMax},  {"minimum", Aggregate::kMin}, {"min", Aggregate::kMin},
      {"minimal", Aggregate::kMin}};
  for (const auto& [name, aggregate] : kWords)
    if (word == name) return aggregate;
  return std::nullopt;
}

}  // namespace sqlenv
