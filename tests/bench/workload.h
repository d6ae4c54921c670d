// What the benchmarks play: queries on the bundled flight_2, from a look-up to a report, and
// endless episodes on it. Shared by the benchmark beside bare SQLite and by the one that also runs
// as wasm.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/episode/episode.h"

namespace sqlenv::bench {

struct NamedQuery {
  const char* name;
  const char* sql;
};
const std::vector<NamedQuery>& queries();

// A question about flight_2, whose gold is none of the queries' results.
inline constexpr const char* kQuestion = "flight_2_train_010";
inline constexpr const char* kTable = "route";

std::shared_ptr<const Catalog> bundled_catalog();

// Plays one kind of action for ever: an episode of the usual fifteen steps, without its ANSWER,
// then the next. What reset() takes is part of what a step costs, as it is in training. Tables are
// not kept, as on a server.
class Player {
 public:
  explicit Player(std::shared_ptr<const Catalog> catalog);

  // Returns the step's result. Each QUERY of an episode is told from the last by a number, since a
  // repeated action is cheaper to score.
  StepResult describe();
  StepResult sample();
  StepResult query(const std::string& sql);

 private:
  StepResult step(Action action);

  Environment environment_;
  std::optional<Episode> episode_;
};

}  // namespace sqlenv::bench
