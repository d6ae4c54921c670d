#include "app/server/serve_command.h"

#include <pthread.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "app/packs.h"
#include "app/server/server.h"

namespace sqlenv {
namespace {

struct ServeOptions {
  std::vector<std::string> packs;
  std::string web_root;
  std::string mode = "simulation";
  std::string log = "off";
  double session_idle = 0;
  double session_lifetime = 0;
  double episode_idle = 30 * 60;
  double drain = 3;
  double request_time = 30;
  double reply_time = 120;
  ServerOptions server;
};

int complain(const Error& error) {
  std::cerr << "sqlenv serve: " << error.message << "\n";
  return 1;
}

// Every thread made later inherits the mask, so that only sigwait() sees these signals.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // the reader of the log may have left
  return signals;
}

std::string url_host(const std::string& host) {
  if (host == "0.0.0.0" || host == "::") return "localhost";
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(seconds * 1000)));
}

// Returns when all sessions have left, the time is over or another signal comes.
void drain(Server& server, const sigset_t& signals, double seconds) {
  const auto end = std::chrono::steady_clock::now() + milliseconds(seconds);
  constexpr timespec kLook{0, 20'000'000};
  server.drain();
  while (server.running() && std::chrono::steady_clock::now() < end)
    if (sigtimedwait(&signals, nullptr, &kLook) > 0) return;
}

void add_access_options(CLI::App& command, ServerOptions& server) {
  constexpr int kMost = 1'000'000;
  command
      .add_option("--token", server.token,
                  "Ask for \"Authorization: Bearer TOKEN\"; better given as SQLENV_TOKEN, since "
                  "others can see a command line")
      ->envname("SQLENV_TOKEN");
  command
      .add_option("--allow-origin", server.allow_origins,
                  "Let pages of this origin ask too, such as https://example.org; * for all")
      ->allow_extra_args(false);
  command
      .add_option("--allow-host", server.allow_hosts,
                  "Names of this server besides localhost and addresses, such as example.org or "
                  "*.example.org; * for all (default: on loopback none, elsewhere all)")
      ->envname("SQLENV_ALLOW_HOST")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      .add_option("--peer-connections", server.peer_connections,
                  "Connections of one address, 0 for no limit (default 8192, on loopback 0)")
      ->check(CLI::Range(0, kMost));
  command
      .add_option("--peer-requests", server.peer_requests,
                  "HTTP requests of one address a second, 0 for no limit (default 2000, on "
                  "loopback 0)")
      ->check(CLI::Range(0, kMost));
}

int serve(ServeOptions options) {
  const Result<std::shared_ptr<const Catalog>> catalog = load_catalog(options.packs);
  if (!catalog) return complain(catalog.error());
  const sigset_t signals = block_stop_signals();
  if (const char* token = std::getenv("SQLENV_TOKEN");
      token != nullptr && *token == '\0' && options.server.token.empty())
    return complain(
        {ErrorCode::kBadOption,
         "SQLENV_TOKEN is set but empty: unset it to serve everyone, or give a token."});
  options.server.web_root = options.web_root;
  options.server.simulation = options.mode == "simulation";
  options.server.json_log = options.log == "json";
  options.server.session_idle = milliseconds(options.session_idle);
  options.server.session_lifetime = milliseconds(options.session_lifetime);
  options.server.kept_episode_idle = milliseconds(options.episode_idle);
  options.server.request_time = milliseconds(options.request_time);
  options.server.reply_time = milliseconds(options.reply_time);
  Result<Server> server = Server::start(options.server, *catalog);
  if (!server) return complain(server.error());
  std::cout << "SQLEnv is ready at http://" << url_host(options.server.host) << ":"
            << server->port() << std::endl;
  int received = 0;
  sigwait(&signals, &received);
  if (options.log == "off") std::cerr << "Stopping; open connections are told so.\n";
  if (received == SIGTERM && options.drain > 0) drain(*server, signals, options.drain);
  server->stop();
  server->wait();
  return 0;
}

void add_time_options(CLI::App& command, ServeOptions& options) {
  constexpr double kYear = 365.0 * 24 * 3600;
  const auto add = [&](const char* name, double& seconds, const char* text, double least) {
    command.add_option(name, seconds, text)->check(CLI::Range(least, kYear))->type_name("SECONDS");
  };
  add("--session-idle", options.session_idle,
      "Close a WebSocket that asked for nothing for so long (default 0: never)", 0);
  add("--session-lifetime", options.session_lifetime,
      "Close a WebSocket that is so old (default 0: never)", 0);
  add("--episode-idle", options.episode_idle,
      "Drop an HTTP episode or session that is unused for so long (default 1800)", 0.001);
  add("--request-time", options.request_time,
      "Drop who takes longer to send a request or a message (default 30)", 0.001);
  add("--reply-time", options.reply_time, "Drop who takes longer to read a reply (default 120)",
      0.001);
  add("--drain", options.drain, "After SIGTERM, let episodes under way end for so long (default 3)",
      0);
}

}  // namespace

void add_serve_command(CLI::App& app, Runner& chosen) {
  CLI::App* command = app.add_subcommand("serve", "Serve the OpenEnv API and the playground");
  auto options = std::make_shared<ServeOptions>();
  ServerOptions& server = options->server;
  command->add_option("--host", server.host, "Address to listen on (default 127.0.0.1)")
      ->envname("HOST");
  command->add_option("--port", server.port, "Port to listen on, 0 for any (default 8000)")
      ->envname("PORT");
  command->add_option("--pack", options->packs, "Pack folder, archive or name (default: starter)");
  command->add_option("--web", options->web_root, "Folder of the built page")
      ->check(CLI::ExistingDirectory);
  command->add_option("--threads", server.threads, "Threads (default: one for each core)")
      ->check(CLI::Range(0, 1024));
  command->add_option("--max-sessions", server.max_sessions, "Sessions at once")
      ->envname("MAX_CONCURRENT_ENVS")
      ->check(CLI::Range(1, 1'000'000));
  command->add_option("--max-episodes", server.max_kept_episodes, "HTTP episodes kept at once")
      ->check(CLI::Range(1, 1'000'000));
  add_access_options(*command, server);
  add_time_options(*command, *options);
  command->add_option("--mode", options->mode, "simulation, or production without /reset and /step")
      ->envname("OPENENV_MODE")
      ->check(CLI::IsMember({"simulation", "production"}));
  command->add_flag("--watch", server.watch,
                    "Let sessions be watched, by the playground or at /watch (read only)");
  command->add_option("--log", options->log, "off, or json: a line on standard error an event")
      ->check(CLI::IsMember({"off", "json"}));
  command->callback([options, &chosen] { chosen = [options] { return serve(*options); }; });
}

}  // namespace sqlenv
