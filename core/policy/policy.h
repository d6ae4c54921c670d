// Policy: something that plays episodes.
//
// A policy reads observations, which are all that an agent may see, and returns actions. It has no
// way to the episode, the database or the gold. begin() starts an episode and forgets the one
// before; then act() is called with the reset's observation and with each later one until the
// episode is done. What a policy does is determined by the seed and the observations: equal ones
// give equal actions. A policy belongs to one thread at a time.
//
// OraclePolicy (policy/oracle_policy.h) is the one exception: whoever makes it hands it the gold.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/episode/action.h"
#include "core/episode/observation.h"

namespace sqlenv {

class Policy {
 public:
  virtual ~Policy() = default;

  // `first` is the observation of the reset.
  virtual void begin(const Observation& first, std::uint64_t seed) = 0;

  // REQUIRES: begin() was called and the episode is not done.
  virtual Action act(const Observation& observation) = 0;
};

}  // namespace sqlenv
