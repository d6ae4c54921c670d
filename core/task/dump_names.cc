#include "core/task/dump_names.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMostSpaces = 1'000;
constexpr std::size_t kMostTypes = 20'000;

template <class Pairs>
auto find_sorted(Pairs& pairs, const std::string& key) {
  return std::lower_bound(pairs.begin(), pairs.end(), key,
                          [](const auto& pair, const std::string& k) { return pair.first < k; });
}

template <class Value>
void insert_sorted(std::vector<std::pair<std::string, Value>>& pairs, std::string key,
                   Value value) {
  const auto at = find_sorted(pairs, key);
  if (at != pairs.end() && at->first == key) at->second = std::move(value);
  else pairs.insert(at, {std::move(key), std::move(value)});
}

}  // namespace

DumpName read_name(const DumpTokens& tokens, std::size_t& at) {
  DumpName name;
  while (is_name(tokens, at)) {
    name.space = std::exchange(name.table, unquoted(tokens[at++].text));
    if (!is_symbol(tokens, at, '.')) break;
    while (is_symbol(tokens, at, '.')) ++at;
  }
  return name;
}

std::string DumpNames::quoted(const DumpName& name) const {
  const std::string* other = renamed_.empty() ? nullptr : find(renamed_, key_of(name));
  return quote_identifier(other != nullptr ? *other : name.table);
}

std::string DumpNames::quoted_at(const DumpTokens& tokens, std::size_t& at) const {
  return quoted(read_name(tokens, at));
}

void DumpNames::add_table(const DumpName& name) {
  const std::string key = key_of(name);
  const std::string table = to_lower(name.table);
  if (!seen_.insert(key).second || seen_.insert(table).second) return;
  insert_sorted(renamed_, key, (name.space.empty() ? home_ : name.space) + "_" + name.table);
}

void DumpNames::add_alias(const DumpName& from, const DumpName& to) {
  insert_sorted(renamed_, key_of(from), unquoted(quoted(to)));
}

void DumpNames::add_space(const std::string& space) {
  const std::string name = to_lower(space);
  if (name.empty() || spaces_.size() > kMostSpaces) return;
  if (std::find(spaces_.begin(), spaces_.end(), name) == spaces_.end()) spaces_.push_back(name);
}

void DumpNames::set_home(const std::string& space) { home_ = to_lower(space); }

void DumpNames::strip_spaces(DumpTokens& tokens) const {
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    if (!is_symbol(tokens, i, '.') || !is_name(tokens, i - 1) || !is_name(tokens, i + 1)) continue;
    const std::string space = to_lower(unquoted(tokens[i - 1].text));
    if (std::find(spaces_.begin(), spaces_.end(), space) == spaces_.end()) continue;
    if (i >= 2 && is_symbol(tokens, i - 2, '.')) continue;
    tokens[i + 1].text = quoted({space, unquoted(tokens[i + 1].text)});
    cut(tokens, i - 1, i + 1);
    --i;
  }
}

void DumpNames::set_columns(const DumpName& table, std::vector<DumpColumn> columns) {
  insert_sorted(columns_, to_lower(quoted(table)), std::move(columns));
}

const std::vector<DumpColumn>* DumpNames::columns_of(const DumpName& table) const {
  const std::string key = to_lower(quoted(table));
  const auto at = find_sorted(columns_, key);
  return at != columns_.end() && at->first == key ? &at->second : nullptr;
}

void DumpNames::add_type(const std::string& name, const std::string& type) {
  if (types_.size() < kMostTypes) insert_sorted(types_, to_lower(name), type);
}

const std::string* DumpNames::find_type(const std::string& name) const {
  return types_.empty() ? nullptr : find(types_, to_lower(name));
}

std::string DumpNames::key_of(const DumpName& name) const {
  return to_lower(name.space.empty() ? home_ : name.space) + "." + to_lower(name.table);
}

const std::string* DumpNames::find(const Pairs& pairs, const std::string& key) {
  const auto at = find_sorted(pairs, key);
  return at != pairs.end() && at->first == key ? &at->second : nullptr;
}

}  // namespace sqlenv
