// Statements of a MySQL or MariaDB dump as SQLite understands them.
//
// Strings lose their backslashes, 0x… and _binary become blobs, b'…' a number. A CREATE TABLE keeps
// columns, types, defaults that are plain values, primary keys, UNIQUE and foreign keys, and loses
// what SQLite does not have and no reader needs: engines, character sets, comments, AUTO_INCREMENT,
// UNSIGNED, display widths, plain indexes, checks. ENUM and SET columns become TEXT. Pure; any
// bytes may be given.
#pragma once

#include <string>
#include <string_view>

namespace sqlenv {

// CREATE TABLE, or any other statement, whose strings alone are turned.
std::string from_mysql(std::string_view statement);

}  // namespace sqlenv
