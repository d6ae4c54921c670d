// The command `sqlenv serve`.
#pragma once

#include "app/command.h"

namespace sqlenv {

void add_serve_command(CLI::App& app, Runner& chosen);

}  // namespace sqlenv
