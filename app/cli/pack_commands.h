// The subcommands of `sqlenv pack`, one file each.
#pragma once

#include <string>

#include "app/cli/commands.h"

namespace sqlenv::cli {

void add_pack_list(CLI::App& pack, Runner& chosen);
void add_pack_import(CLI::App& pack, Runner& chosen);
void add_pack_export(CLI::App& pack, Runner& chosen);

// Reports what went wrong on standard error. Returns status 1.
int complain_pack(const std::string& message);

}  // namespace sqlenv::cli
