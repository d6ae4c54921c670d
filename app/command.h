// How a face adds a command to the program `sqlenv`: it adds its options to the parser, and sets
// the runner when its command is chosen.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace sqlenv {

// Returns the exit status: 0 done, 1 failed, which it has reported on standard error. Wrong usage,
// which the parser finds, is 2.
using Runner = std::function<int()>;

}  // namespace sqlenv
