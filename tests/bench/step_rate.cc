// How many steps of each kind the core does in a second, natively and, from the same source, as
// wasm. usage: step_rate [SECONDS]. Prints a line for each kind: its name and the microseconds of a
// step.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

#include "tests/bench/workload.h"

namespace {

using Clock = std::chrono::steady_clock;

template <class Step>
double microseconds_of(const Step& step, double seconds) {
  std::int64_t steps = 0;
  const Clock::time_point start = Clock::now();
  double elapsed = 0;
  while (elapsed < seconds) {
    for (int i = 0; i < 50; ++i) step();
    steps += 50;
    elapsed = std::chrono::duration<double>(Clock::now() - start).count();
  }
  return 1e6 * elapsed / static_cast<double>(steps);
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 1;
  sqlenv::bench::Player player(sqlenv::bench::bundled_catalog());
  struct Kind {
    const char* name;
    std::function<void()> step;
  };
  std::vector<Kind> kinds = {{"describe", [&] { player.describe(); }},
                             {"sample", [&] { player.sample(); }}};
  for (const sqlenv::bench::NamedQuery& query : sqlenv::bench::queries())
    kinds.push_back({query.name, [&player, query] { player.query(query.sql); }});
  // A wasm engine compiles twice, the second time while the code already runs.
  for (int i = 0; i < 2; ++i)
    for (const Kind& kind : kinds) microseconds_of(kind.step, seconds);
  for (const Kind& kind : kinds)
    std::printf("%s %.3f\n", kind.name, microseconds_of(kind.step, seconds));
  return 0;
}
