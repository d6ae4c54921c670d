#include <CLI/CLI.hpp>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/pack_commands.h"

namespace sqlenv::cli {

int complain_pack(const std::string& message) {
  std::cerr << "sqlenv pack: " << message << "\n";
  return 1;
}

void add_pack_command(CLI::App& app, Runner& chosen) {
  CLI::App* pack = app.add_subcommand("pack", "Packs: sets of databases and questions");
  pack->require_subcommand(1);
  add_pack_list(*pack, chosen);
  add_pack_import(*pack, chosen);
  add_pack_export(*pack, chosen);
  add_audit_command(*pack, chosen);
  add_generate_command(*pack, chosen);
}

}  // namespace sqlenv::cli
