// Actions written as JSON, as XML and as calls of tools.

#include <algorithm>

#include "core/agent/action_argument.h"
#include "core/agent/action_words.h"
#include "core/agent/found_action.h"
#include "core/agent/loose_json.h"
#include "core/base/text.h"

namespace sqlenv {
namespace {

bool is_one_of(std::string_view name, std::string_view names) {
  const std::string key = " " + to_lower(name) + " ";
  return names.find(key) != std::string_view::npos;
}

constexpr std::string_view kTypeNames =
    " action_type action actiontype type name tool tool_name function command recipient_name ";
constexpr std::string_view kArgumentNames =
    " argument arguments arg args input action_input parameters params table table_name tablename "
    "tables sql sql_query query statement answer final_answer value result text content ";

// The action that the last part of a name such as "mcp__sqlenv__query" names.
std::optional<ActionKind> action_of_name(std::string_view name) {
  if (const auto kind = action_of_word(name)) return kind;
  for (std::string_view separator : {"__", ".", "/", ":"})
    if (const std::size_t at = name.rfind(separator); at != std::string_view::npos)
      if (const auto kind = action_of_word(name.substr(at + separator.size()))) return kind;
  return std::nullopt;
}

std::optional<FoundAction> made(ActionKind kind, const LooseMember& member,
                                const ReaderContext& context) {
  FoundAction found;
  found.kind = kind;
  found.cut = !member.complete;
  const auto argument = clean_argument(kind, member.value, context.tables);
  if (!argument) return std::nullopt;
  found.argument = *argument;
  return found;
}

bool can_be_argument(const LooseMember& member) {
  return (member.scalar || member.value.starts_with('[') || !member.complete) &&
         is_one_of(member.name, kArgumentNames);
}

std::optional<FoundAction> typed_action(const std::vector<LooseMember>& members,
                                        const ReaderContext& context) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!members[i].scalar || !is_one_of(members[i].name, kTypeNames)) continue;
    const auto kind = action_of_name(members[i].value);
    if (!kind) continue;
    for (std::size_t step = 1; step < members.size(); ++step) {
      const LooseMember& member = members[(i + step) % members.size()];
      if (!can_be_argument(member)) continue;
      if (member.scalar && trim(member.value).starts_with('{') && member.depth <= 4 &&
          &member != &members.back())
        continue;  // a string of JSON, whose members follow
      if (auto found = made(*kind, member, context)) return found;
    }
    // The text ends before the argument begins.
    if (!members[i].complete || members.size() == 1) {
      FoundAction found;
      found.kind = *kind;
      found.cut = true;
      return found;
    }
  }
  return std::nullopt;
}

// {"query": "SELECT …"}, {"answer": 9}
std::optional<FoundAction> short_action(const std::vector<LooseMember>& members,
                                        const ReaderContext& context) {
  for (const LooseMember& member : members) {
    const auto kind = action_of_word(member.name);
    if (!kind || member.value.empty() || (!member.scalar && !member.value.starts_with('[')))
      continue;
    if (*kind == ActionKind::kQuery && member.complete && !begins_as_sql(member.value)) continue;
    if (auto found = made(*kind, member, context)) return found;
  }
  return std::nullopt;
}

// The bytes up to the brace that closes the object at the front.
std::size_t object_size(std::string_view text) {
  std::size_t open = 0;
  char quote = '\0';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == '\\') ++at;
      else if (c == quote) quote = '\0';
    } else if (c == '"') {
      quote = c;
    } else if (c == '{') {
      ++open;
    } else if (c == '}' && --open == 0) {
      return at + 1;
    }
  }
  return text.size();
}

}  // namespace

std::optional<FoundAction> action_of_json(std::string_view text, const ReaderContext& context) {
  const std::vector<LooseMember> members = read_loose_json(text);
  auto found = typed_action(members, context);
  if (!found) found = short_action(members, context);
  if (found) found->end = object_size(text);
  return found;
}

std::optional<FoundAction> action_of_call(const ModelToolCall& call, const ReaderContext& context) {
  const auto kind = action_of_name(call.name);
  if (!kind) return std::nullopt;
  const std::string_view arguments = trim(call.arguments);
  if (arguments.starts_with('{')) {
    for (const LooseMember& member : read_loose_json(arguments))
      if (member.scalar || member.value.starts_with('[') || !member.complete)
        if (auto found = made(*kind, member, context)) return found;
    return FoundAction{*kind, "", arguments.size(), !arguments.ends_with('}')};
  }
  LooseMember bare;
  bare.value = arguments;
  bare.complete = true;
  return made(*kind, bare, context);
}

std::optional<FoundAction> action_of_element(std::string_view text, const ReaderContext& context) {
  const std::size_t open = text.find('>');
  if (open == std::string_view::npos || open > 80) return std::nullopt;
  // Of <query>, <function=query> and <invoke name="query"> one word names the action.
  std::optional<ActionKind> kind;
  std::string_view tag = text.substr(1, open - 1);
  while (!tag.empty() && !kind) {
    const std::size_t end = std::min(tag.find_first_of("=\"' "), tag.size());
    kind = action_of_word(tag.substr(0, end));
    tag.remove_prefix(std::min(end + 1, tag.size()));
  }
  std::size_t begin = open + 1;
  if (!kind && is_action_label(text.substr(1, open - 1))) {
    // <action>DESCRIBE</action><argument>pet</argument>
    const std::size_t close = text.find("</", begin);
    if (close == std::string_view::npos) return std::nullopt;
    kind = action_of_word(text.substr(begin, close - begin));
    const std::size_t next = text.find('<', close + 2);
    if (!kind || next == std::string_view::npos) return std::nullopt;
    begin = next;
  }
  if (!kind) return std::nullopt;
  while (begin < text.size() && (text[begin] == ' ' || text[begin] == '\n')) ++begin;
  if (begin < text.size() && text[begin] == '<' && !text.substr(begin).starts_with("</")) {
    const std::size_t inner = text.find('>', begin);
    if (inner == std::string_view::npos) return std::nullopt;
    begin = inner + 1;
  }
  LooseMember member;
  const std::size_t close = text.find("</", begin);
  member.complete = close != std::string_view::npos;
  member.value = text.substr(begin, member.complete ? close - begin : close);
  auto found = made(*kind, member, context);
  if (found) found->end = member.complete ? close : text.size();
  return found;
}

}  // namespace sqlenv
