#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "app/cli/commands.h"
#include "app/server/serve_command.h"
#include "app/terminal.h"
#include "core/base/version.h"

namespace {

int parse_and_run(int argc, char** argv) {
  CLI::App app("SQLEnv: learn to answer questions about a database that you cannot see.", "sqlenv");
  app.set_version_flag("--version", std::string("sqlenv ") + sqlenv::kVersion);
  app.require_subcommand(1);
  app.failure_message(CLI::FailureMessage::help);
  sqlenv::Runner chosen;
  sqlenv::cli::add_run_command(app, chosen);
  sqlenv::cli::add_replay_command(app, chosen);
  sqlenv::cli::add_share_command(app, chosen);
  sqlenv::add_serve_command(app, chosen);
  sqlenv::cli::add_health_command(app, chosen);
  sqlenv::cli::add_eval_command(app, chosen);
  sqlenv::cli::add_compare_command(app, chosen);
  sqlenv::cli::add_mcp_command(app, chosen);
  sqlenv::cli::add_pack_command(app, chosen);
  sqlenv::cli::add_bench_command(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help and version are "errors" with status 0.
    return app.exit(error) == 0 ? 0 : 2;
  }
  return chosen();
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const sqlenv::TerminalGuard guard;
  try {
    return parse_and_run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "sqlenv: unexpected failure: " << error.what() << "\n";
    return 1;
  }
}
