// A server of our own in a child process, and what any process costs.
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

// This program's `serve` on a free port of the loopback; stopped when the object goes, or when this
// process dies.
class ServerProcess {
 public:
  // INTERNAL if it does not start; what it says on standard error is seen by the user.
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
