#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <memory>
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/server_process.h"
#include "app/descriptor_limit.h"
#include "app/load/load.h"
#include "core/wire/log_json.h"

namespace sqlenv::cli {
namespace {

struct BenchOptions {
  std::string url;
  std::vector<int> connections = {1, 16, 64, 256, 1000};
  std::string workload = "sql";
  int pid = 0;
  std::vector<std::string> packs;
  int server_threads = 0;
  bool json = false;
  LoadOptions load;
};

// The cost of the server's process while the load ran.
struct ServerCost {
  double cores = 0;  // busy on average
  ProcessUsage after;
};

int complain(const std::string& message) {
  std::cerr << "sqlenv bench serve: " << message << "\n";
  return 1;
}

// Reads ws://HOST:PORT/PATH or http://…; the path is /ws unless it has another.
Result<void> read_url(const std::string& url, LoadOptions& load) {
  const std::size_t scheme = url.find("://");
  const std::string name = url.substr(0, scheme);
  if (scheme == std::string::npos || (name != "ws" && name != "http"))
    return fail(ErrorCode::kBadOption, "the address must begin with ws:// or http://.");
  const std::string rest = url.substr(scheme + 3);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::string authority = rest.substr(0, slash);
  if (rest.size() > slash + 1) load.path = rest.substr(slash);
  const std::size_t colon = authority.rfind(':');
  const bool has_port = colon != std::string::npos && authority.back() != ']';
  load.host = authority.substr(0, has_port ? colon : authority.size());
  if (load.host.starts_with('[')) load.host = load.host.substr(1, load.host.size() - 2);
  load.port = has_port ? authority.substr(colon + 1) : "80";
  if (load.host.empty()) return fail(ErrorCode::kBadOption, "the address names no host.");
  return {};
}

LoadReport measure(const LoadOptions& load, pid_t pid, std::optional<ServerCost>& cost) {
  std::optional<ProcessUsage> before, after;
  LoadReport report = run_load(
      load, [&] { before = process_usage(pid); }, [&] { after = process_usage(pid); });
  if (pid > 0 && before && after && report.seconds > 0)
    cost = ServerCost{(after->cpu_seconds - before->cpu_seconds) / report.seconds, *after};
  return report;
}

double megabytes(std::int64_t kib) { return static_cast<double>(kib) * 1024 / 1e6; }

void print_json(const BenchOptions& options, const LoadReport& report,
                const std::optional<ServerCost>& cost) {
  LogFields fields = {{"workload", options.workload},
                      {"connections", std::int64_t{options.load.connections}},
                      {"rate", options.load.rate},
                      {"seconds", report.seconds},
                      {"steps", report.steps},
                      {"steps_per_second", report.steps_per_second()},
                      {"p50_ms", report.latency.percentile_milliseconds(0.5)},
                      {"p95_ms", report.latency.percentile_milliseconds(0.95)},
                      {"p99_ms", report.latency.percentile_milliseconds(0.99)},
                      {"max_ms", report.latency.max_milliseconds()},
                      {"errors", report.errors},
                      {"unanswered", report.unanswered},
                      {"lost_connections", report.lost}};
  if (!report.clean()) fields.emplace_back("first_failure", report.first_failure);
  if (cost) {
    fields.emplace_back("server_cores", cost->cores);
    fields.emplace_back("server_resident_mb", megabytes(cost->after.resident_kib));
    fields.emplace_back("server_peak_mb", megabytes(cost->after.peak_kib));
  }
  std::cout << fields_json(fields) << std::endl;
}

void print_head() {
  std::printf("%11s %10s %9s %9s %9s %9s %7s %7s %6s %8s\n", "connections", "steps/s", "P50 ms",
              "P95 ms", "P99 ms", "max ms", "errors", "lost", "cores", "RSS MB");
}

void print_row(const LoadOptions& load, const LoadReport& report,
               const std::optional<ServerCost>& cost) {
  std::printf("%11d %10.0f %9.3f %9.3f %9.3f %9.3f %7lld %7lld", load.connections,
              report.steps_per_second(), report.latency.percentile_milliseconds(0.5),
              report.latency.percentile_milliseconds(0.95),
              report.latency.percentile_milliseconds(0.99), report.latency.max_milliseconds(),
              static_cast<long long>(report.errors),
              static_cast<long long>(report.unanswered + report.lost));
  if (cost) std::printf(" %6.2f %8.1f", cost->cores, megabytes(cost->after.resident_kib));
  std::printf("\n");
  std::fflush(stdout);
}

Result<std::optional<ServerProcess>> own_server(const BenchOptions& options) {
  if (!options.url.empty()) return std::optional<ServerProcess>();
  std::vector<std::string> arguments = {"--threads", std::to_string(options.server_threads),
                                        "--max-sessions", "100000"};
  for (const std::string& pack : options.packs) {
    arguments.emplace_back("--pack");
    arguments.push_back(pack);
  }
  Result<ServerProcess> server = ServerProcess::start(arguments);
  if (!server) return fail(server.error());
  return std::optional<ServerProcess>(std::move(*server));
}

int bench(BenchOptions options) {
  Result<LoadWorkload> workload = load_workload(options.workload);
  if (!workload) return complain(workload.error().message);
  options.load.workload = std::move(*workload);
  raise_descriptor_limit();
  const Result<std::optional<ServerProcess>> server = own_server(options);
  if (!server) return complain(server.error().message);
  const pid_t pid = *server ? (*server)->pid() : options.pid;
  const Result<void> read = read_url(*server ? (*server)->url() : options.url, options.load);
  if (!read) return complain(read.error().message);
  if (!options.json) print_head();
  bool clean = true;
  for (const int connections : options.connections) {
    options.load.connections = connections;
    std::optional<ServerCost> cost;
    const LoadReport report = measure(options.load, pid, cost);
    if (options.json) print_json(options, report, cost);
    else print_row(options.load, report, cost);
    if (!report.clean()) std::cerr << "sqlenv bench serve: " << report.first_failure << "\n";
    clean = clean && report.clean();
  }
  return clean ? 0 : 1;
}

void add_serve_options(CLI::App& command, BenchOptions& options) {
  LoadOptions& load = options.load;
  command.add_option("--url", options.url,
                     "Server to load, http://HOST:PORT or ws://… (default: one of our own)");
  command
      .add_option("--connections", options.connections, "How many at once; a list is run in turn")
      ->delimiter(',')
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N[,N…]");
  command.add_option("--seconds", load.seconds, "For each number of connections (default 5)")
      ->check(CLI::Range(0.01, 1e6));
  command
      .add_option("--warm-up", load.warm_up, "Seconds before, which are not counted (default 0.5)")
      ->check(CLI::Range(0.0, 1e6));
  command.add_option("--steps", load.steps, "End after so many steps, if that is sooner")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 40));
  command
      .add_option("--rate", load.rate,
                  "Steps a second, evenly, over all connections (default: as fast as it goes)")
      ->check(CLI::Range(0.001, 1e9));
  command.add_option("--workload", options.workload,
                     "sql (episodes of the bundled pack), echo (the official echo environment's "
                     "action) or a file of messages, one JSON object a line");
  command.add_option("--threads", load.threads, "Threads of this tool (default 1)")
      ->check(CLI::Range(1, 1024));
  command.add_flag("--spin", load.spin,
                   "Never sleep, so that the server need not wake this tool; give it own cores");
  command.add_option("--pid", options.pid, "The server's process, to see what it costs")
      ->check(CLI::Range(1, 1 << 30));
  command.add_option("--pack", options.packs, "Pack of our own server (default: starter)");
  command
      .add_option("--server-threads", options.server_threads,
                  "Threads of our own server (default: one for each core)")
      ->check(CLI::Range(0, 1024));
  command.add_flag("--json", options.json, "One JSON object a line instead of a table");
}

}  // namespace

void add_bench_command(CLI::App& app, Runner& chosen) {
  CLI::App* command = app.add_subcommand("bench", "Measure");
  command->require_subcommand(1);
  CLI::App* serve = command->add_subcommand("serve", "Load a server with WebSocket sessions");
  auto options = std::make_shared<BenchOptions>();
  add_serve_options(*serve, *options);
  serve->callback([options, &chosen] { chosen = [options] { return bench(*options); }; });
}

}  // namespace sqlenv::cli
