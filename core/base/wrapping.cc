#include "core/base/wrapping.h"

#include <algorithm>
#include <iterator>

#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr std::string_view kFence = "```";
constexpr std::string_view kBold = "**";
constexpr std::string_view kLabels[] = {"final answer", "answer", "sql query",
                                        "sqlquery",     "query",  "sql"};
constexpr std::size_t kAnswerLabels = 2;

bool skip(std::string_view& text, std::string_view prefix) {
  const bool found = text.starts_with(prefix);
  if (found) text.remove_prefix(prefix.size());
  return found;
}

// Whether a fence's first line names a language, such as "sql". A statement or value does not.
bool names_language(std::string_view line) {
  return line.find_first_of(" \t,;|") == std::string_view::npos &&
         (line.empty() || (line[0] >= 'A' && !equal_ignoring_case(line, "select") &&
                           !equal_ignoring_case(line, "with")));
}

// Models that stop early leave out the closing marks.
bool take_fence(std::string_view& text) {
  std::string_view inside = text;
  if (!skip(inside, kFence)) return false;
  const std::size_t end = inside.find(kFence);
  if (end != std::string_view::npos && end + kFence.size() != inside.size()) return false;
  inside = inside.substr(0, end);
  const std::size_t line = std::min(inside.find('\n'), inside.size());
  if (line < inside.size() && names_language(trim(inside.substr(0, line))))
    inside.remove_prefix(line);
  text = trim(inside);
  return true;
}

bool take_marks(std::string_view& text, std::string_view mark) {
  const std::size_t size = mark.size();
  if (text.size() <= 2 * size || !text.starts_with(mark) || !text.ends_with(mark) ||
      text.find(mark, size) != text.size() - size)
    return false;
  text = trim(text.substr(size, text.size() - 2 * size));
  return true;
}

// No statement begins with a quote.
bool take_quotes(std::string_view& text) {
  const bool quoted = text.size() > 1 && text.front() == text.back() &&
                      (text.front() == '"' || text.front() == '\'');
  if (quoted) text = trim(text.substr(1, text.size() - 2));
  return quoted;
}

bool take_label(std::string_view& text, Wrapped kind) {
  std::string_view start = text;
  const bool bold = skip(start, kBold);
  for (std::size_t i = 0; i < (kind == Wrapped::kQuery ? std::size(kLabels) : kAnswerLabels); ++i) {
    if (!equal_ignoring_case(start.substr(0, kLabels[i].size()), kLabels[i])) continue;
    std::string_view rest = start.substr(kLabels[i].size());
    bool closed = bold && skip(rest, kBold);
    // Some models leave the fence out and keep its language.
    const bool language =
        kind == Wrapped::kQuery && !rest.empty() && trim(rest.substr(0, 1)).empty();
    if (!skip(rest, ":") && !language) continue;
    closed = closed || (bold && skip(rest, kBold));
    if (closed != bold) continue;
    text = trim(rest);
    return true;
  }
  return false;
}

}  // namespace

bool take_layer(std::string_view& text, Wrapped kind) {
  if (kind != Wrapped::kCell && (take_fence(text) || take_label(text, kind))) return true;
  if (kind == Wrapped::kQuery && take_quotes(text)) return true;
  return take_marks(text, "`") || take_marks(text, kBold);
}

std::string_view without_layers(std::string_view text, Wrapped kind) {
  text = trim(text);
  while (take_layer(text, kind)) {
  }
  return text;
}

}  // namespace sqlenv
