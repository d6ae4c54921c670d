// Cues: words that say how a question compares, ranks and aggregates.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/explorer/linker.h"
#include "core/explorer/plan.h"

namespace sqlenv {

// A word of column names that an adjective speaks of. "older" speaks of the age upward, but of the
// year of birth downward: inverted.
struct Concept {
  std::string_view word;
  bool inverted = false;
};

struct Ranking {
  bool descending = false;
  std::vector<Concept> concepts;
  bool needs_column = false;  // "highest" says nothing without a column or a "number of"
};

// "oldest", "cheapest", "highest", "maximum", …; none for other words. "most" and "least" alone are
// the caller's.
std::optional<Ranking> ranking_of(std::string_view word);

// The adjective after "most" or "least": "expensive", "recent", "populous".
std::optional<Ranking> ranking_after_most(std::string_view adjective);

// "common", "popular", "frequent": what is counted, after "most".
bool means_frequency(std::string_view adjective);

struct Comparison {
  std::string op;         // empty if nothing was said: equality
  bool said = false;      // a comparing word was there
  std::size_t first = 0;  // items [first, last] belong to the comparison
  std::size_t last = 0;
  std::vector<Concept> concepts;
};

// The comparison around the number at `at`: "more than 3", "3 or more", "older than 20".
Comparison comparison_at(const std::vector<Item>& items, std::size_t at);

// "average" and "mean", "total" and "sum", "maximum" and the like.
std::optional<Aggregate> aggregate_of(std::string_view word);

}  // namespace sqlenv
