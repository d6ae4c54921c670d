#include "core/agent/action_argument.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/wrapping.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMostWordsOfTable = 4;

bool is_word_char(char c) {
  return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_word_char(text[end])) ++end;
  return text.substr(0, end);
}

std::size_t word_count(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank && !inside) ++words;
    inside = !blank;
  }
  return words;
}

// Where `word` stands in `text` as a word of its own, ignoring ASCII case.
bool holds_word(std::string_view text, std::string_view word) {
  const std::string low = to_lower(text);
  const std::string wanted = to_lower(word);
  for (std::size_t at = low.find(wanted); at != std::string::npos; at = low.find(wanted, at + 1)) {
    const bool left = at == 0 || !is_word_char(low[at - 1]);
    const std::size_t end = at + wanted.size();
    if (left && (end == low.size() || !is_word_char(low[end]))) return true;
  }
  return false;
}

bool strip_pair(std::string_view& text, std::string_view open, std::string_view close) {
  if (text.size() < open.size() + close.size() || !text.starts_with(open) || !text.ends_with(close))
    return false;
  text = trim(text.substr(open.size(), text.size() - open.size() - close.size()));
  return true;
}

// Removes "sql=" and the like before the argument of a call. False if there is none.
bool strip_parameter(std::string_view& text) {
  const std::string_view word = first_word(text);
  const std::string_view rest = trim(text.substr(word.size()));
  if (word.empty() || rest.empty() || (rest.front() != '=' && rest.front() != ':')) return false;
  for (std::string_view name : {"sql", "query", "table", "table_name", "name", "statement", "value",
                                "answer", "argument", "input", "text"})
    if (equal_ignoring_case(word, name)) {
      text = trim(rest.substr(1));
      return true;
    }
  return false;
}

// Without the marks around a table or a query.
std::string_view strip_marks(std::string_view text) {
  text = trim(text);
  while (take_layer(text, Wrapped::kQuery) || strip_parameter(text) || strip_pair(text, "<", ">")) {
  }
  return text;
}

std::optional<std::string> table_argument(std::string_view text,
                                          const std::vector<std::string>& tables) {
  text = strip_marks(text);
  while (!text.empty() && std::string_view(".;,:)]").find(text.back()) != std::string_view::npos)
    text = strip_marks(text.substr(0, text.size() - 1));
  strip_pair(text, "[", "]") || strip_pair(text, "(", ")");
  text = strip_marks(text);
  const std::string* only = nullptr;
  for (const std::string& table : tables) {
    if (equal_ignoring_case(text, table)) return table;
    if (!holds_word(text, table)) continue;
    // "order items" holds "order" too: the longer name counts.
    if (only == nullptr || holds_word(table, *only)) only = &table;
    else if (!holds_word(*only, table)) return std::nullopt;
  }
  if (only != nullptr) return *only;
  if (text.empty() || word_count(text) > kMostWordsOfTable) return std::nullopt;
  return std::string(text);
}

}  // namespace

bool begins_as_sql(std::string_view text) {
  text = trim(text);
  while (text.starts_with("(")) text = trim(text.substr(1));
  const std::string_view word = first_word(text);
  const std::string upper = to_upper(word);
  if (upper != "SELECT" && upper != "WITH" && upper != "VALUES") return false;
  const std::string_view rest = trim(text.substr(word.size()));
  if (rest.empty()) return false;
  if (word == upper) return true;
  if (upper == "WITH") return holds_word(rest, "as") && rest.find('(') != std::string_view::npos;
  if (upper == "VALUES") return rest.front() == '(';
  return holds_word(rest, "from") || !is_word_char(rest.front()) || is_digit(rest.front()) ||
         rest.find('(') != std::string_view::npos;
}

std::optional<std::string> clean_argument(ActionKind kind, std::string_view text,
                                          const std::vector<std::string>& tables) {
  text = trim(text);
  switch (kind) {
    case ActionKind::kDescribe:
    case ActionKind::kSample: return table_argument(text, tables);
    case ActionKind::kQuery: {
      const std::string_view bare = strip_marks(text);
      return std::string(begins_as_sql(bare) ? bare : text);
    }
    case ActionKind::kAnswer: break;
  }
  return std::string(text);
}

}  // namespace sqlenv
