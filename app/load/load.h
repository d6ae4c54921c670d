// run_load(): many WebSocket connections to a server of the OpenEnv protocol, each sending the
// messages of its workload and waiting for each reply before it goes on.
//
// Without a rate, every connection sends its next message as soon as it has a reply, as fast as the
// server can. With one, steps fall due evenly, spread over the connections, and a step's time
// counts from when it was due, so that a server that falls behind cannot hide it.
//
// Waking a sleeping client costs a server on the same machine time. With `spin` no client sleeps,
// as if the clients were on another machine.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "app/load/latency.h"
#include "app/load/load_workload.h"

namespace sqlenv {

struct LoadOptions {
  std::string host = "127.0.0.1";
  std::string port = "8000";
  std::string path = "/ws";
  int connections = 16;
  int threads = 1;  // that the clients run on
  double seconds = 5;
  double warm_up = 0.5;    // seconds before counting begins
  std::int64_t steps = 0;  // stop after so many, if not 0
  double rate = 0;         // steps a second over all connections; 0: as fast as it goes
  bool spin = false;       // for threads that have a core each
  LoadWorkload workload;
};

struct LoadReport {
  double seconds = 0;  // from the first message to the last reply
  std::int64_t steps = 0;
  std::int64_t errors = 0;      // replies that are errors or not the expected ones
  std::int64_t unanswered = 0;  // messages that were sent and never got a reply
  std::int64_t lost = 0;        // connections that failed, at first or later
  std::string first_failure;    // describes the first of these
  Latency latency;

  double steps_per_second() const { return seconds > 0 ? static_cast<double>(steps) / seconds : 0; }
  bool clean() const { return errors == 0 && unanswered == 0 && lost == 0; }
};

// Calls `begins` when all connections are open and warm, and `ends` after the last reply.
LoadReport run_load(const LoadOptions& options, const std::function<void()>& begins,
                    const std::function<void()>& ends);

}  // namespace sqlenv
