// Cues: words by which a question compares, ranks and aggregates.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/explorer/linker.h"
#include "core/explorer/plan.h"

namespace sqlenv {

// A word of column names that an adjective ranks by. "older" means a higher age but a lower year of
// birth, which is inverted.
struct Concept {
  std::string_view word;
  bool inverted = false;
};

struct Ranking {
  bool descending = false;
  std::vector<Concept> concepts;
  bool needs_column = false;  // "highest" needs a column or "number of" beside it
};

// For "oldest", "cheapest", "highest", "maximum" and the like; none for other words, "most" and
// "least" included.
std::optional<Ranking> ranking_of(std::string_view word);

// For an adjective after "most": "expensive", "recent", "populous".
std::optional<Ranking> ranking_after_most(std::string_view adjective);

// Whether "most" with this adjective ranks by a count: "common", "popular", "frequent".
bool means_frequency(std::string_view adjective);

struct Comparison {
  std::string op;         // empty: the number alone, which means equality
  bool said = false;      // there is a comparing word
  std::size_t first = 0;  // items [first, last] belong to the comparison
  std::size_t last = 0;
  std::vector<Concept> concepts;
};

// The comparison around the number at `at`: "more than 3", "3 or more", "older than 20".
Comparison comparison_at(const std::vector<Item>& items, std::size_t at);

// For "average" and "mean", "total" and "sum", "maximum" and the like.
std::optional<Aggregate> aggregate_of(std::string_view word);

}  // namespace sqlenv
