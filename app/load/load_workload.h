// LoadWorkload: the messages that each connection of a load test sends, and the replies they need.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace sqlenv {

struct LoadMessage {
  std::string text;
  bool step = false;   // counted and timed; other messages only prepare the next step
  std::string expect;  // a part of any right reply; empty: any reply but an error is right
  std::string frame;   // the text as it is sent; load_workload() fills it in
};

// A connection sends `first` once and then `cycle` again and again. `cycle` holds a step.
struct LoadWorkload {
  std::vector<LoadMessage> first;
  std::vector<LoadMessage> cycle;
};

// "sql": whole episodes about the bundled database concert_singer: reset, DESCRIBE, SAMPLE, four
// QUERYs and the right ANSWER. "echo": one reset, then the action of the official echo environment
// again and again. Anything else: a file of messages, one JSON object a line, which is the cycle.
Result<LoadWorkload> load_workload(const std::string& name);

}  // namespace sqlenv
