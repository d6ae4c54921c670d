// The built-in policies of the page, which play in a worker of it (page_worker/policies.cc).
#pragma once

#include <cstdint>
#include <string>

#include "app/playground/host.h"

namespace sqlenv::web {

// A Host's ask_policy. The answer of the one asked last counts.
void ask_policy(const std::string& policy, std::uint64_t seed, const Observation& seen, bool first,
                ui::Act act);

}  // namespace sqlenv::web
