// Policy: something that plays episodes.
//
// A policy reads observations, which are all that an agent may see, and returns actions. It cannot
// reach the episode, the database or the gold; OraclePolicy is the one exception. begin() starts an
// episode and forgets the one before; then act() is called with the reset's observation and with
// each later one until the episode is done. Equal seeds and observations give equal actions. A
// policy belongs to one thread at a time.
#pragma once

#include <cstdint>

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
