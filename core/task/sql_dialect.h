// The SQL dialects of scripts: telling them apart, and their tokens.
//
// Pure; any bytes may be given. Work is linear in the text.
#pragma once

#include <string>
#include <string_view>

#include "core/sql/sql_tokens.h"

namespace sqlenv {

// kSqlite also stands for scripts without a mark of any other system.
enum class SqlDialect { kSqlite, kMySql, kPostgres, kSqlServer, kOracle };

// Decides by the words near the top that only one system's scripts have. Strings do not count.
SqlDialect guess_dialect(std::string_view script);

// The token at `at`. All words are names, and the depth is 0. Strings have their prefix (N'x',
// E'x', X'00', B'1', $tag$…$tag$). MySQL: strings in '…' and "…" with backslashes, comments after
// '#', and the marks around a comment for some versions (/*!50001 … */) are comments themselves, so
// that its contents count. REQUIRES: at < sql.size().
SqlToken dialect_token_at(std::string_view sql, std::size_t at, SqlDialect dialect);

// What a string token or a quoted name stands for, without its prefix.
std::string dialect_text(std::string_view token, SqlDialect dialect);

// Appends the character that the backslash escape at the front of `rest` stands for (`rest` begins
// behind the backslash), and returns the length of the escape. REQUIRES: `rest` is not empty.
std::size_t append_escape(std::string_view rest, SqlDialect dialect, std::string& out);

// Whether `word` is one of the words between blanks in `list`, as in one_of("B", "A B C").
bool one_of(std::string_view word, std::string_view list);

}  // namespace sqlenv
