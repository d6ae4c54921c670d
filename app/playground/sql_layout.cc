#include "app/playground/sql_layout.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv::ui {
namespace {

// Clauses that begin a line.
constexpr auto kClauses =
    std::to_array<std::string_view>({"from", "where", "group", "having", "order", "limit", "union",
                                     "intersect", "except", "window", "join", "left", "inner"});

// Builds the lines of laid_out_sql().
class Formatter {
 public:
  explicit Formatter(std::size_t columns) : columns_(columns) {}

  void add(std::string_view word, bool begins_line) {
    if (begins_line) {
      flush();
      if (!line_.empty()) break_line("");
    }
    chunk_ += word;
  }
  void space() { flush(); }
  void end_comment() {
    flush();
    break_line("");
  }
  std::string text() {
    flush();
    return out_ + line_;
  }

 private:
  // Pieces without blanks between them stay together.
  void flush() {
    if (chunk_.empty()) return;
    const bool first = line_.find_first_not_of(' ') == std::string::npos;
    if (!first && line_.size() + 1 + chunk_.size() > columns_) break_line("  ");
    else if (!first) line_ += ' ';
    line_ += chunk_;
    chunk_.clear();
  }

  void break_line(std::string_view indent) {
    out_ += line_ + "\n";
    line_ = indent;
  }

  std::size_t columns_;
  std::string out_;
  std::string line_;
  std::string chunk_;
};

}  // namespace

std::string laid_out_sql(std::string_view sql, std::size_t columns) {
  Formatter layout(columns);
  std::string last_word;
  for (const SqlToken& token : all_sql_tokens(sql)) {
    if (token.kind == TokenKind::kSpace) {
      layout.space();
      continue;
    }
    const std::string word = to_lower(token.in(sql));
    // LEFT JOIN is one clause.
    const bool joined = word == "join" && (last_word == "left" || last_word == "inner");
    const bool clause = token.kind == TokenKind::kKeyword && token.depth == 0 &&
                        std::find(kClauses.begin(), kClauses.end(), word) != kClauses.end();
    layout.add(token.in(sql), clause && !joined);
    if (word.starts_with("--")) layout.end_comment();
    last_word = word;
  }
  return layout.text();
}

std::string without_soft_breaks(std::string text) {
  std::replace(text.begin(), text.end(), kSoftBreak, ' ');
  return text;
}

std::string soft_wrapped(std::string text, std::size_t columns) {
  text = without_soft_breaks(std::move(text));
  char* blank = nullptr;
  std::size_t used = 0;
  std::size_t after_blank = 0;
  for (char& c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++used, ++after_blank;
    if (c == ' ' || c == '\n') {
      blank = &c;
      after_blank = 0;
    }
    if (c == '\n') used = 0;
    if (used <= columns || blank == nullptr || *blank != ' ') continue;
    *blank = kSoftBreak;
    used = after_blank;
  }
  return text;
}

std::string broken_text(std::string_view text, std::size_t columns) {
  std::string out;
  std::size_t used = 0;
  for (const char c : text) {
    const bool begins_character = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (c == '\n') used = 0;
    else if (begins_character && used++ == columns) {
      out += '\n';
      used = 1;
    }
    out += c;
  }
  return out;
}

}  // namespace sqlenv::ui
