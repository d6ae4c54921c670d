#include <pthread.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "app/cli/commands.h"
#include "app/packs.h"
#include "app/server/server.h"

namespace sqlenv::cli {
namespace {

struct ServeOptions {
  std::vector<std::string> packs;
  std::string web_root;
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
  return signals;
}

std::string url_host(const std::string& host) {
  if (host == "0.0.0.0" || host == "::") return "localhost";
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

int serve(ServeOptions options) {
  const Result<std::shared_ptr<const Catalog>> catalog = load_catalog(options.packs);
  if (!catalog) return complain(catalog.error());
  const sigset_t signals = block_stop_signals();
  options.server.web_root = options.web_root;
  Result<Server> server = Server::start(options.server, *catalog);
  if (!server) return complain(server.error());
  std::cout << "SQLEnv is ready at http://" << url_host(options.server.host) << ":"
            << server->port() << std::endl;
  int received = 0;
  sigwait(&signals, &received);
  std::cerr << "Stopping; open connections are told so.\n";
  server->stop();
  server->wait();
  return 0;
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
  command->add_option("--max-sessions", server.max_sessions, "WebSocket sessions at once")
      ->envname("MAX_CONCURRENT_ENVS")
      ->check(CLI::Range(1, 1'000'000));
  command->callback([options, &chosen] { chosen = [options] { return serve(*options); }; });
}

}  // namespace sqlenv::cli
