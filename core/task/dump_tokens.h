// The tokens of one statement of a dump, in SQLite's spelling.
//
// Strings and names have SQLite's quotes, bytes are X'…', and bits are numbers (text for
// PostgreSQL). Character-set marks such as N'x' and _utf8mb4'x' are gone. Pure; any bytes may be
// given.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/task/sql_dialect.h"

namespace sqlenv {

struct DumpToken {
  std::string text;
  std::string word;  // set for bare words, in capitals
};
using DumpTokens = std::vector<DumpToken>;
using DumpSpan = std::pair<std::size_t, std::size_t>;  // positions [first, second)

DumpTokens dump_tokens(std::string_view statement, SqlDialect dialect);

// Whether the token at `at` is there and is this character or this word.
bool is_symbol(const DumpTokens& tokens, std::size_t at, char c);
bool is_word(const DumpTokens& tokens, std::size_t at, std::string_view word);

// Whether the token at `at` may be a name: a word or a quoted name.
bool is_name(const DumpTokens& tokens, std::size_t at);

// Whether the token at `at` is a string.
bool is_string(const DumpTokens& tokens, std::size_t at);

// The position after the ')' that closes the '(' at `open`; the end if there is none.
std::size_t after_group(const DumpTokens& tokens, std::size_t open);

// The first '(' from `from`, or `end`.
std::size_t find_open(const DumpTokens& tokens, std::size_t from, std::size_t end);

// The first such word from `from`, or the end.
std::size_t find_word(const DumpTokens& tokens, std::size_t from, std::string_view word);

// The pieces between the commas that stand in no inner group.
std::vector<DumpSpan> items_of(const DumpTokens& tokens, DumpSpan group);

// The items of the group that opens at `open`.
std::vector<DumpSpan> group_items(const DumpTokens& tokens, std::size_t open);

// What the ADD at the front of `item` adds: the items of a group (Oracle), or the rest.
std::vector<DumpSpan> added_items(const DumpTokens& tokens, DumpSpan item);

// The tokens as SQL text.
std::string joined(const DumpTokens& tokens, std::size_t begin, std::size_t end);

// Removes the tokens of a span.
void cut(DumpTokens& tokens, std::size_t begin, std::size_t end);

}  // namespace sqlenv
