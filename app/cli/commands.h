// The commands of `sqlenv` but `serve`, which the API server adds.
#pragma once

#include "app/command.h"

namespace sqlenv::cli {

void add_run_command(CLI::App& app, Runner& chosen);
void add_replay_command(CLI::App& app, Runner& chosen);
void add_share_command(CLI::App& app, Runner& chosen);
void add_eval_command(CLI::App& app, Runner& chosen);
void add_compare_command(CLI::App& app, Runner& chosen);
void add_pack_command(CLI::App& app, Runner& chosen);
void add_mcp_command(CLI::App& app, Runner& chosen);
void add_bench_command(CLI::App& app, Runner& chosen);
void add_health_command(CLI::App& app, Runner& chosen);

// Subcommands of `sqlenv pack`.
void add_audit_command(CLI::App& pack, Runner& chosen);
void add_generate_command(CLI::App& pack, Runner& chosen);

}  // namespace sqlenv::cli
