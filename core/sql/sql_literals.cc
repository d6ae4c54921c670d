#include "core/sql/sql_literals.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv {
namespace {

std::optional<Value> read_text(std::string_view inside) {
  std::string text;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\'' && (++i == inside.size() || inside[i] != '\'')) return std::nullopt;
    text += inside[i];
  }
  return Value(std::move(text));
}

std::string quoted(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote) out += quote;
    out += c;
  }
  return out + quote;
}

bool is_ascii_word(std::string_view name) {
  return !name.empty() && !is_digit(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
         });
}

}  // namespace

std::string quote_identifier(std::string_view name) { return quoted(name, '"'); }

std::string sql_name(std::string_view name) {
  return is_ascii_word(name) && !is_sql_keyword(name) ? std::string(name) : quote_identifier(name);
}

std::string quote_text(std::string_view text) { return quoted(text, '\''); }

std::string sql_literal(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? quote_text(*text) : display_text(value);
}

std::optional<Blob> hex_blob(std::string_view digits) {
  if (digits.size() % 2 == 1) return std::nullopt;
  Blob blob;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const std::optional<unsigned> high = hex_digit(digits[i]);
    const std::optional<unsigned> low = hex_digit(digits[i + 1]);
    if (!high || !low) return std::nullopt;
    blob.bytes += static_cast<char>(*high << 4 | *low);
  }
  return blob;
}

std::optional<Blob> read_blob_literal(std::string_view text) {
  if (text.size() < 3 || (text[0] != 'x' && text[0] != 'X') || text[1] != '\'' ||
      text.back() != '\'')
    return std::nullopt;
  return hex_blob(text.substr(2, text.size() - 3));
}

std::vector<std::string_view> split_literals(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '\'') quoted = !quoted;
    if (i < text.size() && (quoted || text[i] != separator)) continue;
    pieces.push_back(text.substr(start, i - start));
    start = i + 1;
  }
  return pieces;
}

std::optional<Value> read_sql_literal(std::string_view text) {
  if (text == "NULL") return Value(Null{});
  if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'')
    return read_text(text.substr(1, text.size() - 2));
  if (std::optional<Blob> blob = read_blob_literal(text)) return Value(std::move(*blob));
  return number_value(text);
}

}  // namespace sqlenv
