// LoadWorkload: what each connection of a load test says, and what it must hear back.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace sqlenv::cli {

struct LoadMessage {
  std::string text;
  bool step = false;   // counted and timed; what is none only makes the next step possible
  std::string expect;  // a piece of any right reply; empty: whatever is not an error
  std::string frame;   // the text as it is sent; load_workload() fills it in
};

// A connection says `first` once and then `cycle` for ever. `cycle` holds a step.
struct LoadWorkload {
  std::vector<LoadMessage> first;
  std::vector<LoadMessage> cycle;
};

// "sql": whole episodes about the bundled database concert_singer: reset, DESCRIBE, SAMPLE, four
// QUERYs and the right ANSWER. "echo": one reset, then the action of the official echo environment
// for ever. Anything else: a file of messages, one JSON object a line, which is the cycle.
Result<LoadWorkload> load_workload(const std::string& name);

}  // namespace sqlenv::cli
