#include "core/verify/literal.h"

#include <limits>

#include "core/base/text.h"
#include "core/base/unicode.h"
#include "core/sql/sql_literals.h"

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
    if (c == '[' || c == '(' || c == '{')
      return depth < kMaxDepth ? read_list(depth) : std::nullopt;
    if (c == '"' || c == '\'') return read_string();
    return read_word(depth);
  }

  std::optional<Literal> read_list(int depth) {
    const char open = rest_.front();
    const char close = open == '[' ? ']' : open == '(' ? ')' : '}';
    rest_.remove_prefix(1);
    Literal list;
    list.is_list = true;
    bool comma = false;
    while (true) {
      skip_spaces();
      if (!rest_.empty() && rest_.front() == close) break;
      if (open == '{' && !read_key(list.keys)) return std::nullopt;
      std::optional<Literal> item = read(depth + 1);
      if (!item) return std::nullopt;
      list.items.push_back(std::move(*item));
      skip_spaces();
      if (rest_.empty() || (rest_.front() != ',' && rest_.front() != close)) return std::nullopt;
      if (rest_.front() == ',') rest_.remove_prefix(1), comma = true;
    }
    rest_.remove_prefix(1);
    // "(40)" is a tuple neither here nor in Python: it is how accountants write −40.
    if (close == ')' && !comma) return std::nullopt;
    if (open == '{' && list.keys.empty()) return std::nullopt;
    return list;
  }

  bool read_key(std::vector<std::string>& keys) {
    if (rest_.empty() || (rest_.front() != '"' && rest_.front() != '\'')) return false;
    const std::optional<Literal> key = read_string();
    skip_spaces();
    if (!key || rest_.empty() || rest_.front() != ':') return false;
    rest_.remove_prefix(1);
    keys.push_back(key->cell.text);
    return true;
  }

  std::optional<Literal> read_string() {
    const char quote = rest_.front();
    std::string out;
    for (rest_.remove_prefix(1); !rest_.empty(); rest_.remove_prefix(1)) {
      const char c = rest_.front();
      if (c == quote) {
        rest_.remove_prefix(1);
        out = valid_utf8(out);
        return Literal{false, {out, Value(out)}, {}, {}};
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
    if (c == 'U' || c == 'x') {
      const std::size_t digits = c == 'x' ? 2 : 8;
      const std::optional<std::uint32_t> code = hex(digits);
      if (code) append_utf8(out, *code), rest_.remove_prefix(digits);
      return code.has_value();
    }
    constexpr std::string_view kFrom = "nrtbfav0\"'\\/";
    constexpr std::string_view kTo("\n\r\t\b\f\a\v\0\"'\\/", 12);
    const std::size_t at = kFrom.find(c);
    if (at == std::string_view::npos) out += '\\';
    out += at == std::string_view::npos ? c : kTo[at];
    return true;
  }

  // The hexadecimal number after the escape's letter.
  std::optional<std::uint32_t> hex(std::size_t digits) const {
    if (rest_.size() < digits + 1) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : rest_.substr(1, digits)) {
      const std::optional<unsigned> digit = hex_digit(c);
      if (!digit) return std::nullopt;
      value = value << 4 | *digit;
    }
    return value;
  }

  bool read_unicode(std::string& out) {
    std::optional<std::uint32_t> code = hex(4);
    if (!code) return false;
    rest_.remove_prefix(4);
    if (*code >= 0xD800 && *code < 0xDC00 && rest_.substr(1, 2) == "\\u") {
      const std::string_view here = rest_;
      rest_.remove_prefix(2);
      const std::optional<std::uint32_t> low = hex(4);
      if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
        rest_.remove_prefix(4);
        code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
      } else {
        rest_ = here;
      }
    }
    append_utf8(out, *code);  // half a pair becomes U+FFFD
    return true;
  }

  std::optional<Literal> read_word(int depth) {
    const std::size_t end = rest_.find_first_of(",])}");
    const std::string word = valid_utf8(trim(rest_.substr(0, end)));
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
    if (const std::optional<Value> value = word_value(word))
      return Literal{false, {word, *value}, {}, {}};
    // In [Rex, Mia] the names get no type. A word that stands alone or has brackets is no literal.
    if (depth == 0 || word.empty() || word.find_first_of("\"{}[(\n") != std::string::npos)
      return std::nullopt;
    return Literal{false, {word, std::nullopt}, {}, {}};
  }

  static std::optional<Value> word_value(const std::string& word) {
    if (word == "null" || word == "None" || word == "NULL") return Null{};
    if (word == "true" || word == "True") return std::int64_t{1};
    if (word == "false" || word == "False") return std::int64_t{0};
    // 007 is no number in JSON or Python; it may be a code.
    const std::string_view digits =
        std::string_view(word).substr(word.find_first_not_of("+-") == 1);
    if (digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9')
      return std::nullopt;
    if (const std::optional<Value> number = number_value(word)) return number;
    if (const std::optional<double> infinite = infinity_word(word)) return *infinite;
    if (std::optional<Blob> blob = read_blob_literal(word)) return Value(std::move(*blob));
    return std::nullopt;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<Literal> read_literal(std::string_view text) { return Reader(text).read_all(); }

std::optional<double> infinity_word(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  if (!equal_ignoring_case(text, "inf") && !equal_ignoring_case(text, "infinity"))
    return std::nullopt;
  const double infinity = std::numeric_limits<double>::infinity();
  return negative ? -infinity : infinity;
}
}  // namespace sqlenv
