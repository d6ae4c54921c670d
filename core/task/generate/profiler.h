// Profiler: reads a database table by table into a Profile. One thread.
#pragma once

#include "core/task/generate/metered_database.h"
#include "core/task/generate/profile.h"

namespace sqlenv::generate {

class Profiler {
 public:
  // REQUIRES: `database` outlives the profiler.
  explicit Profiler(MeteredDatabase& database);

  // Reads one more table, or finds the links when all are read. False when all is done.
  bool advance();

  // REQUIRES: advance() returned false.
  Profile take() { return std::move(profile_); }

 private:
  void read_table(TableProfile& table);

  MeteredDatabase& database_;
  std::int64_t reserve_;  // operations kept for the questions
  std::size_t next_ = 0;
  Profile profile_;
};

}  // namespace sqlenv::generate
