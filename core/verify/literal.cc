#include "core/verify/literal.h"

#include <cerrno>
#include <cstdlib>
#include <limits>

#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr int kMaxDepth = 2;

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::optional<Literal> read_all() {
    std::optional<Literal> literal = read(0);
    skip_spaces();
    return rest_.empty() ? literal : std::nullopt;
  }

 private:
  void skip_spaces() {
    while (!rest_.empty() && trim(rest_.substr(0, 1)).empty()) rest_.remove_prefix(1);
  }

  std::optional<Literal> read(int depth) {
    skip_spaces();
    if (rest_.empty()) return std::nullopt;
    const char c = rest_.front();
    if (c == '[' || c == '(') return depth < kMaxDepth ? read_list(depth) : std::nullopt;
    if (c == '"' || c == '\'') return read_string();
    return read_word();
  }

  std::optional<Literal> read_list(int depth) {
    const char close = rest_.front() == '[' ? ']' : ')';
    rest_.remove_prefix(1);
    Literal list;
    list.is_list = true;
    bool comma = false;
    while (true) {
      skip_spaces();
      if (!rest_.empty() && rest_.front() == close) break;
      std::optional<Literal> item = read(depth + 1);
      if (!item) return std::nullopt;
      list.items.push_back(std::move(*item));
      skip_spaces();
      if (rest_.empty() || (rest_.front() != ',' && rest_.front() != close)) return std::nullopt;
      if (rest_.front() == ',') rest_.remove_prefix(1), comma = true;
    }
    rest_.remove_prefix(1);
    // "(40)" is no tuple, in Python neither: it is how accountants write −40.
    if (close == ')' && !comma) return std::nullopt;
    return list;
  }

  std::optional<Literal> read_string() {
    const char quote = rest_.front();
    std::string out;
    for (rest_.remove_prefix(1); !rest_.empty(); rest_.remove_prefix(1)) {
      const char c = rest_.front();
      if (c == quote) {
        rest_.remove_prefix(1);
        out = valid_utf8(out);
        return Literal{false, {out, Value(out)}, {}};
      }
      if (c != '\\') {
        out += c;
      } else if (!read_escape(out)) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  // Leaves rest_ on the escape's last character.
  bool read_escape(std::string& out) {
    rest_.remove_prefix(1);
    if (rest_.empty()) return false;
    const char c = rest_.front();
    if (c == 'u') return read_unicode(out);
    constexpr std::string_view kFrom = "nrtbf\"'\\/";
    constexpr std::string_view kTo = "\n\r\t\b\f\"'\\/";
    const std::size_t at = kFrom.find(c);
    if (at == std::string_view::npos) return false;
    out += kTo[at];
    return true;
  }

  std::optional<unsigned> hex4() const {
    if (rest_.size() < 5) return std::nullopt;
    unsigned value = 0;
    for (char c : rest_.substr(1, 4)) {
      const std::optional<unsigned> digit = hex_digit(c);
      if (!digit) return std::nullopt;
      value = value * 16 + *digit;
    }
    return value;
  }

  bool read_unicode(std::string& out) {
    std::optional<unsigned> code = hex4();
    if (!code) return false;
    rest_.remove_prefix(4);
    if (*code >= 0xD800 && *code < 0xDC00 && rest_.substr(1, 2) == "\\u") {
      rest_.remove_prefix(2);
      const std::optional<unsigned> low = hex4();
      if (!low || *low < 0xDC00 || *low > 0xDFFF) return false;
      rest_.remove_prefix(4);
      code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
    }
    append_utf8(out, *code);
    return true;
  }

  static void append_utf8(std::string& out, unsigned code) {
    const auto add = [&](unsigned byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
      add(code);
    } else if (code < 0x800) {
      add(0xC0 | (code >> 6)), add(0x80 | (code & 63));
    } else if (code < 0x10000) {
      add(0xE0 | (code >> 12)), add(0x80 | ((code >> 6) & 63)), add(0x80 | (code & 63));
    } else {
      add(0xF0 | (code >> 18)), add(0x80 | ((code >> 12) & 63));
      add(0x80 | ((code >> 6) & 63)), add(0x80 | (code & 63));
    }
  }

  std::optional<Literal> read_word() {
    const std::size_t end = rest_.find_first_of(",])");
    const std::string word(trim(rest_.substr(0, end)));
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
    if (word == "null" || word == "None" || word == "NULL") return scalar(word, Null{});
    if (word == "true" || word == "True") return scalar(word, std::int64_t{1});
    if (word == "false" || word == "False") return scalar(word, std::int64_t{0});
    if (word == "Infinity") return scalar(word, std::numeric_limits<double>::infinity());
    if (word == "-Infinity") return scalar(word, -std::numeric_limits<double>::infinity());
    if (std::optional<std::string> bytes = blob_bytes(word)) return scalar(word, Blob{*bytes});
    return number(word);
  }

  // x'0aff', as SQL writes blobs and as results show them.
  static std::optional<std::string> blob_bytes(const std::string& word) {
    const std::size_t size = word.size();
    if (size < 3 || size % 2 == 0 || to_lower(word.substr(0, 2)) != "x'" || word.back() != '\'')
      return std::nullopt;
    std::string bytes;
    for (std::size_t i = 2; i + 1 < size; i += 2) {
      const std::optional<unsigned> high = hex_digit(word[i]);
      const std::optional<unsigned> low = hex_digit(word[i + 1]);
      if (!high || !low) return std::nullopt;
      bytes += static_cast<char>(*high << 4 | *low);
    }
    return bytes;
  }

  static std::optional<unsigned> hex_digit(char c) {
    const std::size_t digit = std::string_view("0123456789abcdef").find(to_lower({&c, 1}));
    if (digit == std::string_view::npos) return std::nullopt;
    return static_cast<unsigned>(digit);
  }

  static std::optional<Literal> number(const std::string& word) {
    if (word.empty() || word.find_first_not_of("+-.0123456789eE") != std::string::npos)
      return std::nullopt;
    char* end = nullptr;
    if (word.find_first_of(".eE") == std::string::npos) {
      errno = 0;
      const long long whole = std::strtoll(word.c_str(), &end, 10);
      if (*end == '\0' && errno == 0) return scalar(word, std::int64_t{whole});
    }
    const double real = std::strtod(word.c_str(), &end);
    if (*end != '\0') return std::nullopt;
    return scalar(word, real);
  }

  static std::optional<Literal> scalar(const std::string& text, Value value) {
    return Literal{false, {text, std::move(value)}, {}};
  }

  std::string_view rest_;
};

}  // namespace

std::optional<Literal> read_literal(std::string_view text) { return Reader(text).read_all(); }

}  // namespace sqlenv
