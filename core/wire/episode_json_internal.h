// Episode types <-> JSON values, shared by the files of core/wire alone.
#pragma once

#include "core/wire/episode_json.h"
#include "core/wire/json.h"

namespace sqlenv {

// A number without a fraction, 7 or 7.0; and its value, if it is from 0 to the largest 64-bit one.
bool is_whole(const Json& value);
std::optional<std::uint64_t> whole_number(const Json& value);

// At most 255 characters, the most that a name on the wire may have.
bool is_short_name(std::string_view text);

Json observation_to_json(const Observation& observation);
Json step_to_json(const StepResult& result);
Json action_to_json(const Action& action);
Result<Action> action_from_json(const Json& json);

// The options that were set, under the names that reset_from_json() reads.
Json reset_options_to_json(const ResetOptions& options);
Result<ResetRequest> reset_from_json(const Json& json);

}  // namespace sqlenv
