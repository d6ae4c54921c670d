// The policies that come with SQLEnv: "random", "explorer", "oracle".
#pragma once

#include "core/policy/registry.h"

namespace sqlenv {

PolicyRegistry builtin_policies();

}  // namespace sqlenv
