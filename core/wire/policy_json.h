// What a policy that plays in another program is asked, as JSON text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/episode/episode.h"

namespace sqlenv {

struct PolicyQuestion {
  std::string policy;
  std::uint64_t seed = 0;
  bool first = false;  // it begins an episode
  Observation seen;    // without the history of actions
};

// {"policy", "seed", "first", "step": what step_json() writes}. The answer is an action_json().
std::string policy_question_json(const PolicyQuestion& question);

// None if it is not JSON; what is missing is empty.
std::optional<PolicyQuestion> read_policy_question(std::string_view json);

}  // namespace sqlenv
