#include "core/agent/loose_json.h"

#include "core/base/text.h"
#include "core/base/unicode.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMostMembers = 64;
constexpr std::size_t kDeepest = 8;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<LooseMember> read() {
    if (peek() == '{') object(1);
    return std::move(members_);
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool ended() const { return at_ >= text_.size(); }

  void skip_blanks() {
    while (!ended() && (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t')) ++at_;
  }

  // Reads the string at the quote here. False if the text ends inside it.
  bool string(std::string& out) {
    const char quote = text_[at_++];
    while (!ended()) {
      const char c = text_[at_++];
      if (c == quote) return true;
      if (c != '\\' || ended()) out += c;
      else escape(out);
    }
    return false;
  }

  void escape(std::string& out) {
    const char c = text_[at_++];
    constexpr std::string_view kNamed = "n\nt\tr\rb\bf\f";
    if (const std::size_t named = kNamed.find(c); named != std::string_view::npos && named % 2 == 0)
      out += kNamed[named + 1];
    else if (c == 'u') unicode(out);
    else out += c;
  }

  unsigned four_digits() {
    unsigned code = 0;
    for (int i = 0; i < 4; ++i) {
      const auto digit = hex_digit(peek());
      if (!digit) return 0xFFFD;
      code = code * 16 + *digit;
      ++at_;
    }
    return code;
  }

  void unicode(std::string& out) {
    unsigned code = four_digits();
    if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      at_ += 2;
      const unsigned low = four_digits();
      code = low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                                           : 0xFFFD;
    }
    append_utf8(out, code);
  }

  // Reads names and values up to the closing brace. False if the text ends first.
  bool object(std::size_t depth) {
    ++at_;
    while (members_.size() < kMostMembers) {
      while (!ended() && peek() != '}' && peek() != '"' && peek() != '\'' && !is_word(peek()))
        ++at_;
      if (ended()) return false;
      if (peek() == '}') {
        ++at_;
        return true;
      }
      LooseMember member;
      member.depth = depth;
      member.begin = at_;
      if (!name(member.name)) return false;
      skip_blanks();
      if (peek() != ':' && peek() != '=') continue;
      ++at_;
      skip_blanks();
      const std::size_t index = members_.size();
      members_.push_back(std::move(member));
      if (!value(index, depth)) return false;
    }
    return false;
  }

  static bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  bool name(std::string& out) {
    if (peek() == '"' || peek() == '\'') return string(out);
    while (!ended() && is_word(peek())) out += text_[at_++];
    return true;
  }

  bool value(std::size_t index, std::size_t depth) {
    LooseMember& member = members_[index];
    const std::size_t begin = at_;
    if (peek() == '"' || peek() == '\'') {
      member.scalar = true;
      member.complete = string(member.value);
      const bool complete = member.complete;
      nested(index, depth);
      return complete;
    }
    if (peek() == '{' && depth < kDeepest) {
      const bool complete = object(depth + 1);
      members_[index].value = text_.substr(begin, at_ - begin);
      members_[index].complete = complete;
      return complete;
    }
    if (peek() == '[') return list(index, depth);
    while (!ended() && peek() != ',' && peek() != '}' && peek() != '\n') ++at_;
    member.scalar = true;
    member.complete = !ended();
    member.value = trim(text_.substr(begin, at_ - begin));
    return member.complete;
  }

  // Reads a list up to its closing bracket, and the objects directly in it.
  bool list(std::size_t index, std::size_t depth) {
    const std::size_t begin = at_;
    std::size_t open = 0;
    std::string skipped;
    while (!ended()) {
      const char c = peek();
      if (c == '"' || c == '\'') {
        if (!string(skipped)) break;
      } else if (c == '{' && depth < kDeepest) {
        if (!object(depth + 1)) break;
      } else {
        ++at_;
        if (c == '[') ++open;
        if (c == ']' && --open == 0) {
          members_[index].value = text_.substr(begin, at_ - begin);
          members_[index].complete = true;
          return true;
        }
      }
    }
    members_[index].value = text_.substr(begin);
    return false;
  }

  // A string that holds an object, as the arguments of a tool call do.
  void nested(std::size_t index, std::size_t depth) {
    const std::string inner(trim(members_[index].value));
    if (inner.size() < 2 || inner.front() != '{' || depth >= kDeepest) return;
    for (LooseMember& member : read_loose_json(inner)) {
      if (members_.size() >= kMostMembers) return;
      member.depth += depth;
      member.begin = members_[index].begin;
      members_.push_back(std::move(member));
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<LooseMember> members_;
};

}  // namespace

std::vector<LooseMember> read_loose_json(std::string_view text) { return Reader(text).read(); }

}  // namespace sqlenv
