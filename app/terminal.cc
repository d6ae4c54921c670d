#include "app/terminal.h"

#include <unistd.h>

#include <cstring>
#include <iostream>
#include <streambuf>
#include <string>

#include "core/base/visible_text.h"

namespace sqlenv {

class TerminalGuard::Filter : public std::streambuf {
 public:
  explicit Filter(std::ostream& stream) : stream_(stream), target_(stream.rdbuf(this)) {}
  ~Filter() override {
    write(pending_.size());
    target_->pubsync();
    stream_.rdbuf(target_);
  }

 protected:
  int_type overflow(int_type c) override {
    if (!traits_type::eq_int_type(c, traits_type::eof())) {
      const char byte = traits_type::to_char_type(c);
      xsputn(&byte, 1);
    }
    return traits_type::not_eof(c);
  }

  std::streamsize xsputn(const char* text, std::streamsize size) override {
    pending_.append(text, static_cast<std::size_t>(size));
    if (pending_.size() > kMostPending && !write(complete())) return 0;
    return size;
  }

  int sync() override { return write(complete()) && target_->pubsync() == 0 ? 0 : -1; }

 private:
  static constexpr std::size_t kMostPending = 4096;

  // The bytes before a character that the next write may complete.
  std::size_t complete() const {
    std::size_t end = pending_.size();
    std::size_t tail = 0;
    while (tail < 3 && tail < end && (pending_[end - tail - 1] & 0xC0) == 0x80) ++tail;
    if (tail == end) return end;
    const auto lead = static_cast<unsigned char>(pending_[end - tail - 1]);
    const std::size_t wanted = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    return tail < wanted ? end - tail - 1 : end;
  }

  bool write(std::size_t size) {
    const std::string text = visible_controls(std::string_view(pending_).substr(0, size));
    pending_.erase(0, size);
    return target_->sputn(text.data(), std::ssize(text)) == std::ssize(text);
  }

  std::ostream& stream_;
  std::streambuf* target_;
  std::string pending_;
};

TerminalGuard::TerminalGuard() {
  if (isatty(STDOUT_FILENO) != 0) out_ = std::make_unique<Filter>(std::cout);
  if (isatty(STDERR_FILENO) != 0) err_ = std::make_unique<Filter>(std::cerr);
}

TerminalGuard::~TerminalGuard() = default;

void steer_terminal(const char* control) {
  std::cerr.flush();
  // Nothing can be done if the terminal is gone.
  if (::write(STDERR_FILENO, control, std::strlen(control)) < 0) return;
}

}  // namespace sqlenv
