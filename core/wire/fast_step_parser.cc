#include "core/wire/fast_step_parser.h"

#include <string>

#include "core/base/text.h"

namespace sqlenv {
namespace {

// The letter after a backslash, as what it stands for; 0 for those that are left to others.
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

class PlainReader {
 public:
  explicit PlainReader(std::string_view text) : text_(text) {}

  bool message(Action& action) {
    bool type = false, data = false;
    const bool read = object([&](std::string_view key) {
      if (key == "type" && !type) return (type = true) && word() == "step";
      if (key == "data" && !data) return (data = true) && this->data(action);
      return false;
    });
    return read && type && data && at_ == text_.size();
  }

 private:
  bool data(Action& action) {
    bool type = false, argument = false, metadata = false;
    const bool read = object([&](std::string_view key) {
      if (key == "action_type" && !type) return (type = true) && string(action.action_type);
      if (key == "argument" && !argument) return (argument = true) && string(action.argument);
      if (key == "metadata" && !metadata) return (metadata = true) && eat('{') && eat('}');
      return false;
    });
    return read && type && argument;
  }

  // At least one member. `member(key)` reads the value.
  template <class Member>
  bool object(Member member) {
    if (!eat('{')) return false;
    do {
      const std::string_view key = word();
      if (key.empty() || !eat(':') || !member(key)) return false;
    } while (eat(','));
    return eat('}');
  }

  // A string without escapes, as it stands.
  std::string_view word() {
    if (!eat('"', false)) return {};
    const std::size_t begin = at_;
    const std::size_t end = text_.find_first_of("\"\\", begin);
    if (end == text_.npos || text_[end] != '"') return {};
    at_ = end + 1;
    skip_space();
    return text_.substr(begin, end - begin);
  }

  bool string(std::string& out) {
    if (!eat('"', false)) return false;
    out.clear();
    while (at_ < text_.size()) {
      std::size_t end = at_;
      while (end < text_.size() && is_plain(text_[end])) ++end;
      out.append(text_, at_, end - at_);
      at_ = end;
      if (eat('"')) return true;
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

  // `c` and, unless what follows is inside a string, the white space after it.
  bool eat(char c, bool then_space = true) {
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
  if (!PlainReader(text).message(action)) return std::nullopt;
  if (valid_utf8_bytes(text) != text.size()) return std::nullopt;
  return action;
}

}  // namespace sqlenv
