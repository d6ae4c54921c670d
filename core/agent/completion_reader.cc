#include "core/agent/completion_reader.h"

#include <utility>

#include "core/agent/action_argument.h"
#include "core/agent/found_action.h"
#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMostBytes = 64 << 10;
constexpr std::size_t kShownBytes = 400;

void erase_between(std::string& text, std::string_view open, std::string_view close) {
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
    const std::size_t end = text.find(close, at + open.size());
    // A thought without an end holds no action.
    text.erase(at, end == std::string::npos ? end : end + close.size() - at);
  }
}

// Without thoughts and the marks that end a turn.
std::string visible_text(const std::string& written) {
  std::string text = valid_utf8(std::string_view(written).substr(0, kMostBytes));
  erase_between(text, "<think>", "</think>");
  erase_between(text, "<thinking>", "</thinking>");
  // Some templates open the thought in the prompt.
  for (std::string_view close : {"</think>", "</thinking>"})
    if (const std::size_t at = text.rfind(close); at != std::string::npos)
      text.erase(0, at + close.size());
  for (std::string_view mark : {"</s>", "<eos>", "<end_of_turn>", "[/INST]"})
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark))
      text.replace(at, mark.size(), "\n");
  for (std::size_t at = text.find("<|"); at != std::string::npos; at = text.find("<|", at)) {
    const std::size_t end = text.find("|>", at + 2);
    if (end == std::string::npos || end - at > 40) ++at;
    else text.replace(at, end + 2 - at, "\n");
  }
  return text;
}

std::string what_to_write(Dialect dialect) {
  return dialect == Dialect::kCompact ? "write one line: D table, S table, Q query or A answer"
                                      : "call one of the tools describe, sample, query and answer";
}

ReadCompletion unreadable(const std::string& text, std::string message) {
  ReadCompletion read;
  read.action = {kUnreadable, shorten(collapse_spaces(text), kShownBytes)};
  if (read.action.argument.empty()) read.action.argument = "(empty)";
  read.readable = false;
  read.message = std::move(message);
  return read;
}

ReadCompletion without_action(const std::string& text, const ModelCompletion& completion,
                              const ReaderContext& context, bool cut) {
  const std::string hint = what_to_write(context.dialect);
  if (cut || completion.cut)
    return unreadable(text, "your text was cut off before an action ended; " + hint);
  if (trim(text).empty()) return unreadable(text, "your text is empty; " + hint);
  return unreadable(text, "your text holds no action; " + hint);
}

// Whether the limit of tokens may have taken a part of the action: it lasts to the end of the text,
// and nothing there closes it.
bool ends_with_text(const FoundAction& found, std::string_view text, Dialect dialect) {
  if (!trim(text.substr(found.end)).empty()) return false;
  if (dialect == Dialect::kCompact && text.ends_with('\n')) return false;
  const std::string_view written = trim(text);
  return !written.ends_with('}') && !written.ends_with('>') && !written.ends_with(';') &&
         !written.ends_with("```");
}

bool means_last_result(std::string_view answer) {
  return answer == "=" || equal_ignoring_case(answer, "last result");
}

}  // namespace

ReadCompletion read_completion(const ModelCompletion& completion, const ReaderContext& context) {
  const std::string text = visible_text(completion.text);
  std::optional<FoundAction> found;
  bool several = completion.tool_calls.size() > 1;
  for (const ModelToolCall& call : completion.tool_calls)
    if ((found = action_of_call(call, context))) break;
  if (!found) {
    found = first_action(text, context);
    if (found && completion.cut && ends_with_text(*found, text, context.dialect)) found->cut = true;
    several = found && !found->cut && first_action(text.substr(found->end), context).has_value();
  }
  std::string shown = text;
  if (trim(text).empty() && !completion.tool_calls.empty())
    shown = completion.tool_calls[0].name + " " + completion.tool_calls[0].arguments;
  if (!found || found->cut) return without_action(shown, completion, context, found && found->cut);
  ReadCompletion read;
  read.several = several;
  read.action = {std::string(action_name(found->kind)), std::move(found->argument)};
  if (found->kind == ActionKind::kAnswer && means_last_result(read.action.argument)) {
    if (!context.last_answer)
      return unreadable(shown, "there is no result of a query to answer with; query first");
    read.action.argument = *context.last_answer;
  }
  return read;
}

}  // namespace sqlenv
