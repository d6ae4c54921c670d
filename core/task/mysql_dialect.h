// MySQL's and MariaDB's SQL: its tokens, and the statements of a dump as SQLite understands them.
//
// Pure; any bytes may be given.
#pragma once

#include <string>
#include <string_view>

#include "core/sql/sql_tokens.h"

namespace sqlenv {

// The token of MySQL's SQL at `at`: strings in '…' and "…" with backslashes, names in `…`, comments
// also after '#'. All words are names, and the depth is 0. REQUIRES: at < sql.size().
SqlToken mysql_token_at(std::string_view sql, std::size_t at);

// Translates a statement. Strings lose their backslashes, 0x… and _binary become blobs, b'…' a
// number. A CREATE TABLE keeps columns, types, defaults that are plain values, primary keys, UNIQUE
// and foreign keys. It loses the parts that SQLite does not have and no reader needs: engines,
// character sets, comments, AUTO_INCREMENT, UNSIGNED, display widths, plain indexes, checks. ENUM
// and SET columns become TEXT.
std::string from_mysql(std::string_view statement);

}  // namespace sqlenv
