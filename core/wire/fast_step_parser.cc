#include "core/wire/fast_step_parser.h"

#include <string>

#include "core/base/text.h"

namespace sqlenv {
namespace {

// The character that a backslash and `letter` stand for; 0 if this parser does not read it.
char unescaped(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/': return letter;
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case 'b': return '\b';
    case 'f': return '\f';
    default: return 0;
  }
}

class FastStepParser {
 public:
  explicit FastStepParser(std::string_view text) : text_(text) {}

  bool read(Action& action) {
    bool type = false, data = false;
    const bool whole = object([&](std::string_view key) {
      if (key == "type" && !type) return (type = true) && simple_string() == "step";
      if (key == "data" && !data) return (data = true) && this->data(action);
      return false;
    });
    return whole && type && data && at_ == text_.size();
  }

 private:
  bool data(Action& action) {
    bool type = false, argument = false, metadata = false;
    const bool whole = object([&](std::string_view key) {
      if (key == "action_type" && !type) return (type = true) && string(action.action_type);
      if (key == "argument" && !argument) return (argument = true) && string(action.argument);
      if (key == "metadata" && !metadata) return (metadata = true) && skip('{') && skip('}');
      return false;
    });
    return whole && type && argument;
  }

  // Reads an object of at least one member; `member(key)` reads the value.
  template <class Member>
  bool object(Member member) {
    if (!skip('{')) return false;
    do {
      const std::string_view key = simple_string();
      if (key.empty() || !skip(':') || !member(key)) return false;
    } while (skip(','));
    return skip('}');
  }

  // Reads a string without escapes; empty if there is none.
  std::string_view simple_string() {
    if (!skip('"', false)) return {};
    const std::size_t begin = at_;
    const std::size_t end = text_.find_first_of("\"\\", begin);
    if (end == text_.npos || text_[end] != '"') return {};
    at_ = end + 1;
    skip_space();
    return text_.substr(begin, end - begin);
  }

  bool string(std::string& out) {
    if (!skip('"', false)) return false;
    out.clear();
    while (at_ < text_.size()) {
      std::size_t end = at_;
      while (end < text_.size() && is_plain(text_[end])) ++end;
      out.append(text_, at_, end - at_);
      at_ = end;
      if (skip('"')) return true;
      if (at_ + 1 >= text_.size() || text_[at_] != '\\') return false;
      const char c = unescaped(text_[at_ + 1]);
      if (c == 0) return false;
      out += c;
      at_ += 2;
    }
    return false;
  }

  static bool is_plain(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  }

  // Reads `c` and, unless it begins a string, the white space after it.
  bool skip(char c, bool then_space = true) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    if (then_space) skip_space();
    return true;
  }

  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
      ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<Action> parse_fast_step(std::string_view text) {
  Action action;
  if (!FastStepParser(text).read(action)) return std::nullopt;
  if (valid_utf8_bytes(text) != text.size()) return std::nullopt;
  return action;
}

}  // namespace sqlenv
