#include "core/explorer/question_words.h"

#include "core/base/english.h"
#include "core/base/text.h"

namespace sqlenv {
namespace {

using Kind = QuestionToken::Kind;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & '\x80') != 0;
}

// Replaces typographic quotes by ASCII ones.
std::string plain_quotes(std::string_view text) {
  std::string out(text);
  const auto replace = [&out](std::string_view from, std::string_view to) {
    for (std::size_t at = out.find(from); at != std::string::npos; at = out.find(from, at))
      out.replace(at, from.size(), to);
  };
  replace("\xE2\x80\x98", "'");
  replace("\xE2\x80\x99", "'");
  replace("\xE2\x80\x9C", "\"");
  replace("\xE2\x80\x9D", "\"");
  replace("``", "\"");
  replace("''", "\"");
  return out;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<QuestionToken> read() {
    while (at_ < text_.size()) read_one();
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t offset = 0) const {
    return at_ + offset < text_.size() ? text_[at_ + offset] : '\0';
  }

  void read_one() {
    const char c = peek();
    if (c == '"' && read_quoted('"')) return;
    // An apostrophe right after a word does not open a quote.
    if (c == '\'' && (at_ == 0 || text_[at_ - 1] == ' ' || text_[at_ - 1] == '(') &&
        read_quoted('\''))
      return;
    if (is_digit(c)) return read_number();
    if (is_letter(c)) return read_word();
    if (c == ',' || c == '.' || c == '?' || c == ';' || c == '!' || c == '(' || c == ')' ||
        c == ':')
      add(Kind::kPunctuation, std::string(1, c));
    ++at_;
  }

  bool read_quoted(char quote) {
    const std::size_t start = at_ + 1;
    std::size_t end = text_.find(quote, start);
    // 's inside a text in single quotes does not close it.
    while (quote == '\'' && end != std::string_view::npos && end + 1 < text_.size() &&
           is_letter(text_[end + 1]))
      end = text_.find(quote, end + 1);
    if (end == std::string_view::npos || end == start || end - start > 80) return false;
    const std::string_view inside = trim(text_.substr(start, end - start));
    at_ = end + 1;
    if (!skip_noun_of_name()) add(Kind::kQuoted, std::string(inside));
    else
      for (const std::string& word : split_identifier(inside)) add(Kind::kWord, word);
    return true;
  }

  // Skips the noun after a quoted name of a table or a column: `"created_by" value`.
  bool skip_noun_of_name() {
    for (const std::string_view noun : {" value", " record", " date", " year"}) {
      if (!text_.substr(at_).starts_with(noun)) continue;
      at_ += noun.size();
      if (peek() == 's') ++at_;
      return true;
    }
    return false;
  }

  // Reads 12, 1,000 and 3.5. A number with letters, such as 2nd and 747-300, is a word.
  void read_number() {
    const std::size_t start = at_;
    std::string digits;
    while (is_digit(peek()) || ((peek() == '.' || peek() == ',') && is_digit(peek(1)))) {
      if (peek() != ',') digits += peek();
      ++at_;
    }
    if (!is_letter(peek()) && !(peek() == '-' && (is_letter(peek(1)) || is_digit(peek(1)))))
      return add(Kind::kNumber, digits);
    at_ = start;
    read_word();
  }

  void read_word() {
    const std::size_t start = at_;
    while (is_letter(peek()) || is_digit(peek()) || peek() == '_' || peek() == '@' ||
           ((peek() == '-' || peek() == '\'' || peek() == '.' || peek() == '/' || peek() == '&') &&
            (is_letter(peek(1)) || is_digit(peek(1)))))
      ++at_;
    add_word(text_.substr(start, at_ - start));
  }

  void add_word(std::string_view word) {
    const std::string lower = to_lower(word);
    if (lower.size() > 3 && lower.ends_with("n't")) {
      std::string verb = lower.substr(0, lower.size() - 3);
      if (verb == "ca") verb = "can";
      add(Kind::kWord, verb);
      return add(Kind::kWord, "not");
    }
    if (lower == "cannot") {
      add(Kind::kWord, "can");
      return add(Kind::kWord, "not");
    }
    if (lower.size() > 2 && lower.ends_with("'s")) word.remove_suffix(2);
    add(Kind::kWord, std::string(word));
  }

  void add(Kind kind, std::string text) {
    QuestionToken token;
    token.kind = kind;
    token.lower = to_lower(text);
    token.capital = !text.empty() && text[0] >= 'A' && text[0] <= 'Z';
    token.sentence_start = tokens_.empty() || tokens_.back().is(".") || tokens_.back().is("?") ||
                           tokens_.back().is("!");
    token.text = std::move(text);
    tokens_.push_back(std::move(token));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<QuestionToken> tokens_;
};

}  // namespace

std::vector<QuestionToken> read_question(std::string_view text) {
  const std::string plain = plain_quotes(text);
  return Reader(plain).read();
}

}  // namespace sqlenv
