// Actions written as lines of text, in fences and in prose.

#include <algorithm>
#include <utility>

#include "core/agent/action_argument.h"
#include "core/agent/action_words.h"
#include "core/agent/found_action.h"
#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMostWordsOfName = 4;
constexpr std::string_view kWideColon = "：";

// A text as lines; a line keeps where it begins.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  bool at_end() const { return begin_ >= text_.size(); }
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return std::min(text_.find('\n', begin_), text_.size()); }
  std::string_view line() const { return text_.substr(begin_, end() - begin_); }
  void next() { begin_ = std::min(end() + 1, text_.size()); }
  std::string_view rest() const { return text_.substr(begin_); }

 private:
  std::string_view text_;
  std::size_t begin_ = 0;
};

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text = trim(text.substr(prefix.size()));
  return true;
}

// Without bullets, quotes and numbers of lists before it, and stars around its first words.
std::string undecorated(std::string_view line) {
  line = trim(line);
  while (take(line, "- ") || take(line, "* ") || take(line, "> ") || take(line, "• ") ||
         take(line, "#") || take(line, ">>>")) {
  }
  if (const std::size_t digits = line.find_first_not_of("0123456789");
      digits != 0 && digits != std::string_view::npos && digits < 3 &&
      (line.substr(digits, 2) == ". " || line.substr(digits, 2) == ") "))
    line = trim(line.substr(digits + 2));
  std::string out;
  if (!line.starts_with("**") && !line.starts_with("__")) return std::string(line);
  const std::string_view mark = line.substr(0, 2);
  line.remove_prefix(2);
  const std::size_t close = line.find(mark);
  out = line.substr(0, close);
  if (close != std::string_view::npos) out += line.substr(close + 2);
  return out;
}

std::size_t colon_of(std::string_view line, std::size_t& size) {
  const std::size_t plain = line.find(':');
  const std::size_t wide = line.find(kWideColon);
  size = wide < plain ? kWideColon.size() : 1;
  return std::min(plain, wide);
}

// Whether the words after "answer" say what it is an answer to: "the answer to this question is 9".
bool continues_sentence(std::string_view text) {
  return text.starts_with("is ") || text.starts_with("is:") || text.starts_with("to ") ||
         text.starts_with("of ") || text.starts_with("for ");
}

// Where the value begins in "… the answer to this question is: 9."; npos if it is no such sentence.
std::size_t value_in_sentence(std::string_view lower) {
  constexpr std::string_view kAnswer = "answer ";
  const std::size_t answer = lower.find(kAnswer);
  if (answer == std::string_view::npos) return answer;
  const std::string_view rest = lower.substr(answer + kAnswer.size());
  if (!continues_sentence(rest) || rest.starts_with("is")) return std::string_view::npos;
  const std::size_t verb = std::min(rest.find(" is "), rest.find(" is:"));
  return verb == std::string_view::npos ? verb : answer + kAnswer.size() + verb + 4;
}

// Whether the line is what the environment writes: an echo, no action.
bool is_observation(std::string_view line) {
  line = trim(line);
  return line.starts_with("= ") || line.starts_with("! ") || line.starts_with("Observation");
}

class LineReader {
 public:
  LineReader(std::string_view text, const ReaderContext& context)
      : text_(text), lines_(text), context_(context) {}

  std::optional<FoundAction> read() {
    for (; !lines_.at_end(); lines_.next()) {
      const std::string_view line = trim(lines_.line());
      if (line.starts_with("```")) {
        if (auto found = fenced()) return found;
        continue;
      }
      if (line.empty() || is_observation(line)) continue;
      if (auto found = marked(line)) return found;
      if (auto found = plain(undecorated(line))) return found;
    }
    return std::nullopt;
  }

 private:
  bool compact() const { return context_.dialect == Dialect::kCompact; }

  std::optional<FoundAction> made(ActionKind kind, std::string_view argument, std::size_t end) {
    const auto clean = clean_argument(kind, argument, context_.tables);
    if (!clean || trim(*clean).empty()) return std::nullopt;
    FoundAction found;
    found.kind = kind;
    found.argument = *clean;
    found.end = std::min(std::max(end, lines_.begin() + 1), text_.size());
    return found;
  }

  // A fence of SQL is a query, whatever stands on its first line.
  std::optional<FoundAction> fenced() {
    const std::size_t content = std::min(lines_.end() + 1, text_.size());
    const std::string_view inside = text_.substr(content);
    if (!begins_as_sql(inside)) return std::nullopt;
    const std::size_t close = inside.find("```");
    FoundAction found;
    found.kind = ActionKind::kQuery;
    found.argument = trim(inside.substr(0, close));
    found.end = close == std::string_view::npos ? text_.size() : content + close + 3;
    return found;
  }

  // JSON or an element in this line.
  std::optional<FoundAction> marked(std::string_view line) {
    const auto offset = static_cast<std::size_t>(line.data() - text_.data());
    for (std::size_t at = line.find_first_of("{<"); at != std::string_view::npos;
         at = line.find_first_of("{<", at + 1)) {
      const std::string_view rest = text_.substr(offset + at);
      auto found =
          line[at] == '{' ? action_of_json(rest, context_) : action_of_element(rest, context_);
      if (!found) continue;
      found->end += offset + at;
      return found;
    }
    return std::nullopt;
  }

  std::optional<FoundAction> plain(std::string line) {
    std::string_view rest = line;
    labelled_ = false;
    // "Action: Step 2: DESCRIBE pet"
    for (int labels = 0; labels < 3; ++labels) {
      std::size_t size = 0;
      const std::size_t colon = colon_of(rest, size);
      if (colon == std::string_view::npos || colon > 40) break;
      if (!is_action_label(rest.substr(0, colon))) break;
      rest = trim(rest.substr(colon + size));
      labelled_ = true;
    }
    // "[query(…), query(…)]"
    if (rest.starts_with('[') && rest.find('(') != std::string_view::npos) rest.remove_prefix(1);
    if (rest.empty()) return std::nullopt;
    if (auto found = lettered(rest)) return found;
    if (auto found = worded(rest)) return found;
    if (begins_as_sql(rest)) return query_from(rest);
    if (auto found = in_backticks(rest)) return found;
    return in_prose(rest);
  }

  std::optional<FoundAction> lettered(std::string_view line) {
    if (!compact() || line.size() < 2) return std::nullopt;
    const std::size_t letter = std::string_view("DSQAdsqa").find(line[0]);
    if (letter == std::string_view::npos || (line[1] != ' ' && line[1] != ':')) return std::nullopt;
    const auto kind = static_cast<ActionKind>(letter % 4);
    const std::string_view argument = trim(line.substr(2));
    if (argument.empty()) return std::nullopt;
    // "a dog" and "d'accord" are prose.
    const bool sure = letter < 4 || line[1] == ':' || argument == "=" ||
                      (kind == ActionKind::kQuery && begins_as_sql(argument)) ||
                      std::find(context_.tables.begin(), context_.tables.end(), argument) !=
                          context_.tables.end();
    if (!sure) return std::nullopt;
    if (kind == ActionKind::kQuery) return query_from(argument);
    return made(kind, argument, lines_.end());
  }

  // The name of an action at the front: "DESCRIBE pet", "Final answer: 9", "query(sql='…')".
  std::optional<FoundAction> worded(std::string_view line) {
    std::size_t size = 0;
    const std::size_t colon = colon_of(line, size);
    const std::size_t bracket = line.find_first_of("([");
    if (colon < std::min<std::size_t>(bracket, 48))
      if (const auto kind = action_of_word(line.substr(0, colon)))
        return with_argument(*kind, line.substr(colon + size), true);
    if (bracket < 48)
      if (const auto kind = action_of_word(line.substr(0, bracket)))
        return call(*kind, line, bracket);
    std::size_t end = 0;
    std::optional<FoundAction> found;
    for (std::size_t words = 0; words < kMostWordsOfName && end < line.size(); ++words) {
      end = std::min(line.find(' ', end + 1), line.size());
      if (const auto kind = action_of_word(line.substr(0, end)))
        found = with_argument(*kind, line.substr(end),
                              line.substr(0, end) == to_upper(line.substr(0, end)));
    }
    return found;
  }

  // `certain`: a colon or capitals say that this is an action and no sentence.
  std::optional<FoundAction> with_argument(ActionKind kind, std::string_view argument,
                                           bool certain) {
    argument = trim(argument);
    while (take(argument, "**")) {
    }
    if (argument.empty())
      return certain || labelled_ || alone() ? from_next_line(kind) : std::nullopt;
    if (argument.starts_with("```")) return from_fence(kind);
    if (kind == ActionKind::kQuery) {
      if (begins_as_sql(argument)) return query_from(argument);
      if (argument.starts_with("`") || argument.starts_with("{"))
        return made(kind, argument, lines_.end());
      return certain ? made(kind, argument, lines_.end()) : std::nullopt;
    }
    if (kind == ActionKind::kAnswer) {
      if (!certain && (!(labelled_ || alone()) || continues_sentence(argument)))
        return std::nullopt;
      return made(kind, argument, lines_.end());
    }
    return made(kind, argument, lines_.end());
  }

  // Whether the completion is one line.
  bool alone() const { return trim(text_).find('\n') == std::string_view::npos; }

  // A fence that opens in this line.
  std::optional<FoundAction> from_fence(ActionKind kind) {
    const std::size_t open = text_.find("```", lines_.begin());
    const std::string_view block = block_of(text_.substr(open));
    return made(kind, block, open + block.size());
  }

  // "Action: query", and the argument below, after "Action Input:" or in a fence.
  std::optional<FoundAction> from_next_line(ActionKind kind) {
    Lines ahead(text_.substr(std::min(lines_.end() + 1, text_.size())));
    const std::size_t base = text_.size() - ahead.rest().size();
    while (!ahead.at_end() && trim(ahead.line()).empty()) ahead.next();
    if (ahead.at_end()) return std::nullopt;
    std::string_view line = trim(ahead.line());
    std::size_t size = 0;
    const std::size_t colon = colon_of(line, size);
    if (colon < 24)
      for (std::string_view label : {"action input", "input", "argument", "arguments", "args",
                                     "parameters", "sql", "table", "query", "value"})
        if (equal_ignoring_case(line.substr(0, colon), label)) {
          line = trim(line.substr(colon + size));
          break;
        }
    if (line.empty()) return std::nullopt;
    if (line.starts_with('{')) {
      ModelToolCall call_below{"", std::string(action_name(kind)),
                               std::string(ahead.rest().substr(ahead.rest().find('{')))};
      auto found = action_of_call(call_below, context_);
      if (found) found->end = base + ahead.end();
      return found;
    }
    const bool whole = kind == ActionKind::kQuery || kind == ActionKind::kAnswer;
    const std::size_t skipped = static_cast<std::size_t>(line.data() - ahead.line().data());
    const std::string_view block = whole ? block_of(ahead.rest().substr(skipped)) : line;
    return made(kind, block, base + ahead.begin() + skipped + block.size());
  }

  // The lines up to a blank one, or the fence that begins here.
  static std::string_view block_of(std::string_view text) {
    if (text.starts_with("```")) {
      const std::size_t close = text.find("```", 3);
      return close == std::string_view::npos ? text : text.substr(0, close + 3);
    }
    return text.substr(0, std::min(text.find("\n\n"), text.size()));
  }

  // A query that may go on over the next lines.
  std::optional<FoundAction> query_from(std::string_view first) {
    std::string sql(first);
    Lines ahead(text_);
    while (ahead.begin() < lines_.begin()) ahead.next();
    std::size_t end = ahead.end();
    for (ahead.next(); !ahead.at_end() && !ends_query(ahead.line()); ahead.next()) {
      sql.append("\n").append(ahead.line());
      end = ahead.end();
    }
    return made(ActionKind::kQuery, sql, end);
  }

  bool ends_query(std::string_view line) const {
    line = trim(line);
    if (line.empty() || line.starts_with("```") || is_observation(line) || begins_as_sql(line))
      return true;
    if (compact() && line.size() > 1 && line[1] == ' ' &&
        std::string_view("DSQA").find(line[0]) != std::string_view::npos)
      return true;
    std::size_t size = 0;
    const std::size_t colon = colon_of(line, size);
    const std::string_view head = line.substr(0, colon < 24 ? colon : line.find_first_of(" ("));
    return action_of_word(head).has_value() || is_action_label(head);
  }

  // query("SELECT …"), DESCRIBE[pet]
  std::optional<FoundAction> call(ActionKind kind, std::string_view line, std::size_t bracket) {
    const std::size_t at =
        lines_.begin() + static_cast<std::size_t>(lines_.line().find(line.substr(0, bracket + 1)));
    const std::string_view from = at < text_.size() && at >= lines_.begin()
                                      ? text_.substr(at + bracket + 1)
                                      : line.substr(bracket + 1);
    const char close = line[bracket] == '(' ? ')' : ']';
    std::size_t open = 1;
    char quote = '\0';
    for (std::size_t i = 0; i < from.size(); ++i) {
      const char c = from[i];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == line[bracket]) {
        ++open;
      } else if (c == close && --open == 0) {
        return made(kind, from.substr(0, i), at + bracket + 1 + i);
      }
    }
    return std::nullopt;
  }

  std::optional<FoundAction> in_backticks(std::string_view line) {
    for (std::size_t at = line.find('`'); at != std::string_view::npos;) {
      const std::size_t close = line.find('`', at + 1);
      if (close == std::string_view::npos) return std::nullopt;
      const std::string_view code = trim(line.substr(at + 1, close - at - 1));
      if (begins_as_sql(code)) return made(ActionKind::kQuery, code, lines_.end());
      if (auto found = lettered(code)) return found;
      if (code.find_first_of(" (:") != std::string_view::npos)
        if (auto found = worded(code)) return found;
      at = line.find('`', close + 1);
    }
    return std::nullopt;
  }

  // "… the answer is 9." and \boxed{9}
  std::optional<FoundAction> in_prose(std::string_view line) {
    if (const std::size_t at = line.find("\\boxed{"); at != std::string_view::npos) {
      const std::size_t close = line.find('}', at);
      if (close != std::string_view::npos)
        return made(ActionKind::kAnswer, line.substr(at + 7, close - at - 7), lines_.end());
    }
    const std::string low = to_lower(line);
    for (std::string_view phrase : {"answer is ", "answer is: ", "answer: "}) {
      const std::size_t at = low.find(phrase);
      if (at == std::string::npos) continue;
      return stated(line.substr(at + phrase.size()));
    }
    if (low.ends_with("is:") && low.find("answer ") != std::string::npos)
      return from_next_line(ActionKind::kAnswer);
    const std::size_t value = value_in_sentence(low);
    return value == std::string::npos ? std::nullopt : stated(line.substr(value));
  }

  // An answer as the end of a sentence.
  std::optional<FoundAction> stated(std::string_view value) {
    value = trim(value);
    if (value.ends_with('.')) value.remove_suffix(1);
    while (value.size() > 4 && value.starts_with("**") && value.ends_with("**"))
      value = value.substr(2, value.size() - 4);
    return made(ActionKind::kAnswer, value, lines_.end());
  }

  std::string_view text_;
  Lines lines_;
  const ReaderContext& context_;
  bool labelled_ = false;  // the line begins with "Action:" or the like
};

}  // namespace

std::optional<FoundAction> first_action(std::string_view text, const ReaderContext& context) {
  return LineReader(text, context).read();
}

}  // namespace sqlenv
