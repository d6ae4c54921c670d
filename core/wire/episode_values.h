// Actions, reset options and observations as JSON values. For core/wire alone: other folders read
// and write their text (episode_json.h).
#pragma once

#include "core/wire/episode_json.h"
#include "core/wire/json.h"

namespace sqlenv {

// Whether it is a number without a fraction, such as 7 or 7.0.
bool is_whole(const Json& value);

// The value of such a number, if it fits into 64 bits without a sign.
std::optional<std::uint64_t> whole_number(const Json& value);

// Whether it has at most 255 characters, the most that a name on the wire may have.
bool is_short_name(std::string_view text);

// Whether it has no control character (below U+0020, or U+007F). A name may stand in a URL, in a
// log and on a terminal.
bool is_printable_name(std::string_view text);

Json observation_to_json(const Observation& observation);
Json reward_to_json(const std::optional<double>& reward);  // null at reset
Json step_to_json(const StepResult& result);
// What an agent reads, without the history of its actions. What is missing is empty.
Observation observation_from_json(const Json& json);
Json action_to_json(const Action& action);
Result<Action> action_from_json(const Json& json);

// Whether it is {"action": {…}}, the body of a step over HTTP, where the action itself belongs.
bool is_wrapped_action(const Json& json);
inline constexpr std::string_view kWrappedAction =
    "Send action_type and argument themselves, without {\"action\": …} around them.";

// The options that were set, under the names that reset_from_json() reads.
Json reset_options_to_json(const ResetOptions& options);
Result<ResetRequest> reset_from_json(const Json& json);

}  // namespace sqlenv
