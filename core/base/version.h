// The version of the core, as trajectories and /metadata report it.
#pragma once

namespace sqlenv {

inline constexpr const char kVersion[] =
    SQLENV_VERSION;  // set by the build, from the project's version

}  // namespace sqlenv
