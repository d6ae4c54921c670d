// Episode types <-> JSON values, shared by the files of core/wire alone.
#pragma once

#include "core/wire/episode_json.h"
#include "core/wire/json.h"

namespace sqlenv {

Json observation_to_json(const Observation& observation);
Json step_to_json(const StepResult& result);
Result<Action> action_from_json(const Json& json);
Result<ResetRequest> reset_from_json(const Json& json);

}  // namespace sqlenv
