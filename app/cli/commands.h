// The commands of `sqlenv`. Each adds its options to the parser and returns what runs it.
//
// A runner returns the exit status: 0 done, 1 failed (said on standard error), 2 is kept for usage.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace sqlenv::cli {

using Runner = std::function<int()>;

// Called for the chosen command after parsing.
void add_run_command(CLI::App& app, Runner& chosen);
void add_replay_command(CLI::App& app, Runner& chosen);
void add_share_command(CLI::App& app, Runner& chosen);
void add_serve_command(CLI::App& app, Runner& chosen);
void add_eval_command(CLI::App& app, Runner& chosen);
void add_pack_command(CLI::App& app, Runner& chosen);
void add_bench_command(CLI::App& app, Runner& chosen);
void add_health_command(CLI::App& app, Runner& chosen);

// Of `sqlenv pack`.
void add_audit_command(CLI::App& pack, Runner& chosen);
void add_generate_command(CLI::App& pack, Runner& chosen);

}  // namespace sqlenv::cli
