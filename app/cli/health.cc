#include <CLI/CLI.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <iostream>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/packs.h"
#include "core/task/catalog.h"

namespace sqlenv::cli {
namespace {

struct HealthOptions {
  std::vector<std::string> packs;
  std::string host = "127.0.0.1";
  std::uint16_t port = 8000;
  double seconds = 5;
};

int complain(const std::string& message) {
  std::cerr << "sqlenv health: " << message << "\n";
  return 1;
}

// The answer to GET /health, its header included; empty if there is none.
std::string ask_health(const HealthOptions& options) {
  boost::asio::ip::tcp::iostream stream;
  stream.expires_after(
      std::chrono::milliseconds(static_cast<std::int64_t>(options.seconds * 1000)));
  const bool any = options.host == "0.0.0.0" || options.host == "::";
  const std::string host = any ? "127.0.0.1" : options.host;
  stream.connect(host, std::to_string(options.port));
  const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  stream << "GET /health HTTP/1.1\r\nHost: " << name << "\r\nConnection: close\r\n\r\n"
         << std::flush;
  std::string answer(4096, '\0');
  stream.read(answer.data(), static_cast<std::streamsize>(answer.size()));
  answer.resize(static_cast<std::size_t>(stream.gcount()));
  return answer;
}

int check_health(const HealthOptions& options) {
  const auto catalog = load_catalog(options.packs);
  if (!catalog) return complain(catalog.error().message);
  const std::string answer = ask_health(options);
  const std::string place = options.host + ":" + std::to_string(options.port);
  if (answer.empty())
    return complain("no server answers at " + place + "; start one with `sqlenv serve`");
  const bool well =
      answer.find(" 200 ") < answer.find('\r') && answer.find("\"healthy\"") != std::string::npos;
  if (!well) return complain("the server at " + place + " is not healthy");
  std::size_t databases = 0;
  for (const Pack& pack : (*catalog)->packs()) databases += pack.databases.size();
  std::cout << "healthy: " << databases << " databases, server at " << place << "\n";
  return 0;
}

}  // namespace

void add_health_command(CLI::App& app, Runner& chosen) {
  auto options = std::make_shared<HealthOptions>();
  CLI::App* health =
      app.add_subcommand("health", "Check that the databases can be read and the server answers");
  health->add_option("--pack", options->packs, "Pack folder, archive or name (default: starter)");
  health->add_option("--host", options->host, "Address of the server")
      ->envname("HOST")
      ->capture_default_str();
  health->add_option("--port", options->port, "Port of the server")
      ->envname("PORT")
      ->capture_default_str();
  health->add_option("--timeout", options->seconds, "Wait for so long")
      ->check(CLI::Range(0.1, 3600.0))
      ->type_name("SECONDS")
      ->capture_default_str();
  health->callback([options, &chosen] { chosen = [options] { return check_health(*options); }; });
}

}  // namespace sqlenv::cli
