// Plays a ModelRun by HTTP.
#pragma once

#include <functional>

#include "app/model/model_run.h"

namespace sqlenv::cli {

// Performs what the run asks for until it is over. Calls `progress` after every reply and several
// times a second; there the caller may interrupt the run. BAD_OPTION if this program was built
// without libcurl.
Result<void> play_by_http(ModelRun& run, const std::function<void()>& progress);

}  // namespace sqlenv::cli
