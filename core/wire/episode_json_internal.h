// Episode types <-> JSON values, shared by the files of core/wire alone.
#pragma once

#include "core/wire/episode_json.h"
#include "core/wire/json.h"

namespace sqlenv {

Json observation_to_json(const Observation& observation);
Json step_to_json(const StepResult& result);
Json action_to_json(const Action& action);
Result<Action> action_from_json(const Json& json);

// The options that were set, under the names that reset_from_json() reads.
Json reset_options_to_json(const ResetOptions& options);
Result<ResetRequest> reset_from_json(const Json& json);

}  // namespace sqlenv
