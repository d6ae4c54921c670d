// A server in a child process, and the processor time and memory of any process.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace sqlenv::cli {

struct ProcessUsage {
  double cpu_seconds = 0;
  std::int64_t resident_kib = 0;
  std::int64_t peak_kib = 0;
};

// None if there is no such process, or no /proc.
std::optional<ProcessUsage> process_usage(pid_t pid);

// Runs this program's `serve` on a free port of the loopback until the object is destroyed or this
// process ends.
class ServerProcess {
 public:
  // INTERNAL if it does not start; its standard error is this program's.
  static Result<ServerProcess> start(const std::vector<std::string>& arguments);
  ServerProcess(ServerProcess&& other) noexcept;
  ServerProcess& operator=(ServerProcess&&) = delete;
  ~ServerProcess();

  pid_t pid() const { return pid_; }
  const std::string& url() const { return url_; }

 private:
  ServerProcess(pid_t pid, std::string url) : pid_(pid), url_(std::move(url)) {}

  pid_t pid_;  // 0: moved away
  std::string url_;
};

}  // namespace sqlenv::cli
