#include "app/cli/line_pipe.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <utility>

#include "core/base/visible_text.h"

namespace sqlenv::cli {
namespace {

constexpr int kLookMilliseconds = 1000;
constexpr std::size_t kReadBytes = 65'536;

// A pipe that is ready takes so much at once.
constexpr std::size_t kWriteBytes = PIPE_BUF;

}  // namespace

LinePipe::LinePipe(int in, int out, std::size_t longest, std::function<bool()> stopped)
    : in_(in),
      out_(out),
      longest_(longest),
      stopped_(std::move(stopped)),
      terminal_(isatty(out) != 0) {}

bool LinePipe::wait(int descriptor, short event) const {
  while (!stopped_()) {
    pollfd wanted = {descriptor, event, 0};
    if (poll(&wanted, 1, kLookMilliseconds) > 0) return true;
  }
  return false;
}

bool LinePipe::fill() {
  std::array<char, kReadBytes> bytes;
  while (wait(in_, POLLIN)) {
    const ssize_t size = ::read(in_, bytes.data(), bytes.size());
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (size <= 0) return false;
    pending_.append(bytes.data(), static_cast<std::size_t>(size));
    return true;
  }
  return false;
}

LinePipe::Got LinePipe::read(std::string& line) {
  bool dropped = false;
  std::size_t end;
  while ((end = pending_.find('\n', searched_)) == std::string::npos) {
    searched_ = pending_.size();
    if (searched_ > longest_) {
      dropped = true;
      pending_.clear();
      searched_ = 0;
    }
    if (fill()) continue;
    if (stopped_() || (pending_.empty() && !dropped)) return Got::kEnd;
    pending_ += '\n';
  }
  dropped = dropped || end > longest_;
  line = dropped ? std::string() : pending_.substr(0, end);
  pending_.erase(0, end + 1);
  searched_ = 0;
  return dropped ? Got::kTooLong : Got::kLine;
}

bool LinePipe::write(std::string_view line) {
  std::string bytes = terminal_ ? visible_controls(line) : std::string(line);
  bytes += '\n';
  return write_bytes(bytes);
}

bool LinePipe::write_bytes(std::string_view bytes) const {
  while (!bytes.empty()) {
    if (!wait(out_, POLLOUT)) return false;
    const ssize_t size = ::write(out_, bytes.data(), std::min(bytes.size(), kWriteBytes));
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (size < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

}  // namespace sqlenv::cli
