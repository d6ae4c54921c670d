#include "app/server/log.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace sqlenv {
namespace {

// UTC with milliseconds, as RFC 3339 writes it.
std::string now_text() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const auto seconds = static_cast<std::time_t>(milliseconds / 1000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(text.data() + length, text.size() - length, ".%03dZ",
                static_cast<int>(milliseconds % 1000));
  return text.data();
}

}  // namespace

void Log::event(std::string_view name, const LogFields& fields) const {
  if (!enabled_) return;
  const std::string line = log_line(now_text(), name, fields);
  const std::lock_guard lock(mutex_);
  pollfd room{STDERR_FILENO, POLLOUT, 0};  // a pipe with room takes a whole line
  const bool fits = ::poll(&room, 1, 0) == 1 && (room.revents & POLLOUT) != 0;
  if (!fits || ::write(STDERR_FILENO, line.data(), line.size()) != std::ssize(line))
    dropped_.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace sqlenv
