#include "app/cli/server_process.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <utility>

namespace sqlenv::cli {
namespace {

// Reads a field of /proc/PID/status, in KiB.
std::int64_t status_kib(const std::string& folder, const std::string& field) {
  std::ifstream status(folder + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(field + ":")) return std::stoll(line.substr(field.size() + 1));
  return 0;
}

[[noreturn]] void become_server(const std::vector<std::string>& arguments, int out) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  ::dup2(out, STDOUT_FILENO);
  std::vector<std::string> words = {"sqlenv", "serve", "--host", "127.0.0.1", "--port", "0"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execv("/proc/self/exe", argv.data());
  ::_exit(127);
}

std::string first_line(int descriptor) {
  std::string line;
  for (char byte = 0; ::read(descriptor, &byte, 1) == 1 && byte != '\n';) line += byte;
  return line;
}

}  // namespace

std::optional<ProcessUsage> process_usage(pid_t pid) {
  const std::string folder = "/proc/" + std::to_string(pid);
  std::ifstream file(folder + "/stat");
  std::string stat;
  if (!std::getline(file, stat)) return std::nullopt;
  // The program's name, in brackets, may hold blanks and brackets. User and system time are fields
  // 14 and 15.
  std::istringstream rest(stat.substr(stat.rfind(')') + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) rest >> skipped;
  double user = 0, system = 0;
  rest >> user >> system;
  return ProcessUsage{(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK)),
                      status_kib(folder, "VmRSS"), status_kib(folder, "VmHWM")};
}

Result<ServerProcess> ServerProcess::start(const std::vector<std::string>& arguments) {
  int ends[2];
  if (::pipe(ends) != 0) return fail(ErrorCode::kInternal, "no pipe could be made.");
  const pid_t pid = ::fork();
  if (pid == 0) become_server(arguments, ends[1]);
  ::close(ends[1]);
  if (pid < 0) return fail(ErrorCode::kInternal, "no process could be started.");
  const std::string line = first_line(ends[0]);
  ::close(ends[0]);
  const std::size_t url = line.find("http://");
  ServerProcess process(pid, url == std::string::npos ? "" : line.substr(url));
  if (url == std::string::npos) return fail(ErrorCode::kInternal, "the server did not start.");
  return process;
}

ServerProcess::ServerProcess(ServerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), url_(std::move(other.url_)) {}

ServerProcess::~ServerProcess() {
  if (pid_ == 0) return;
  ::kill(pid_, SIGINT);  // without draining
  ::waitpid(pid_, nullptr, 0);
}

}  // namespace sqlenv::cli
