#include "core/task/dump_keys.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/task/dump_table.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMostTokens = 2000;  // of one ALTER TABLE
constexpr std::string_view kStart = "ALTER TABLE";

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() > word.size() && equal_ignoring_case(text.substr(0, word.size()), word) &&
         (text[word.size()] == ' ' || text[word.size()] == '\t');
}

// The statement at the front of `text`, up to its end or the next line that holds a statement.
DumpTokens statement_tokens(std::string_view text, SqlDialect dialect) {
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size() && count < kMostTokens; ++count) {
    const SqlToken token = dialect_token_at(text, end, dialect);
    if (token.in(text) == ";" || equal_ignoring_case(token.in(text), "GO")) break;
    end = token.end;
  }
  return dump_tokens(text.substr(0, end), dialect);
}

bool same_table(const DumpName& a, const DumpName& b) {
  return equal_ignoring_case(a.table, b.table) &&
         (a.space.empty() || b.space.empty() || equal_ignoring_case(a.space, b.space));
}

}  // namespace

DumpKeys::DumpKeys(std::string_view script, SqlDialect dialect) {
  for (std::size_t at = 0; at < script.size();) {
    const std::size_t begin = std::min(script.find_first_not_of(" \t", at), script.size());
    const char c = begin < script.size() ? script[begin] : ' ';
    if (c == 'A' || c == 'a' || c == 'U' || c == 'u' || c == '\\')
      take_line(script, begin, dialect);
    at = script.find('\n', begin);
    if (at == std::string_view::npos) break;
    ++at;
  }
  std::stable_sort(additions_.begin(), additions_.end(), [](const Addition& a, const Addition& b) {
    return a.table.table < b.table.table;
  });
}

void DumpKeys::take_line(std::string_view script, std::size_t at, SqlDialect dialect) {
  const std::string_view rest = script.substr(at);
  if (starts_with_word(rest, "USE") || rest.starts_with("\\c")) changes_.push_back(at);
  if (starts_with_word(rest, kStart)) take_items(statement_tokens(rest, dialect));
}

void DumpKeys::take_items(const DumpTokens& tokens) {
  std::size_t at = 2;
  while (at < tokens.size() && one_of(tokens[at].word, "IF EXISTS ONLY")) ++at;
  DumpName table = read_name(tokens, at);
  table.table = to_lower(table.table);
  for (const DumpSpan& item : items_of(tokens, {at, tokens.size()})) {
    std::size_t begin = item.first;
    if (is_word(tokens, begin, "WITH")) begin += 2;  // CHECK, NOCHECK
    if (is_word(tokens, begin, "ATTACH") && is_word(tokens, begin + 1, "PARTITION")) {
      DumpName child = read_name(tokens, begin += 2);
      child.table = to_lower(child.table);
      additions_.push_back({child, changes_.size(), {}, table});
    } else if (begin < item.second && is_word(tokens, begin, "ADD")) {
      for (const DumpSpan& added : added_items(tokens, {begin, item.second})) {
        const auto first = tokens.begin() + static_cast<std::ptrdiff_t>(added.first);
        const auto last = tokens.begin() + static_cast<std::ptrdiff_t>(added.second);
        additions_.push_back({table, changes_.size(), {first, last}, {}});
      }
    }
  }
}

std::size_t DumpKeys::part_at(std::size_t at) const {
  return static_cast<std::size_t>(std::upper_bound(changes_.begin(), changes_.end(), at) -
                                  changes_.begin());
}

template <class Take>
void DumpKeys::each(const DumpName& table, std::size_t at, Take take) const {
  if (additions_.empty()) return;
  const std::string name = to_lower(table.table);
  const std::size_t part = part_at(at);
  auto found = std::lower_bound(
      additions_.begin(), additions_.end(), name,
      [](const Addition& addition, const std::string& key) { return addition.table.table < key; });
  for (; found != additions_.end() && found->table.table == name; ++found)
    if (found->part == part && same_table(found->table, table)) take(*found);
}

std::vector<std::string> DumpKeys::of(const DumpName& table, std::size_t at,
                                      const DumpNames& names) const {
  std::vector<std::string> keys;
  each(table, at, [&](const Addition& addition) {
    std::string key = table_key(addition.key, {0, addition.key.size()}, names);
    if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end())
      keys.push_back(std::move(key));
  });
  return keys;
}

DumpName DumpKeys::parent_of(const DumpName& table, std::size_t at) const {
  DumpName parent;
  each(table, at, [&](const Addition& addition) {
    if (!addition.parent.table.empty()) parent = addition.parent;
  });
  return parent;
}

}  // namespace sqlenv
