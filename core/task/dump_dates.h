// Dates that dumps write in a way of their own, as text that SQLite's functions read. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sqlenv {

// Oracle's TO_DATE(text, format): "2020-01-31", with " 13:05:59" behind it if the format has hours.
// None if the text does not match or the format has an element that is not understood.
std::optional<std::string> date_by_format(std::string_view text, std::string_view format);

// The bytes of a date in SQL Server's script, as in CAST(0x0000A0F300000000 AS DateTime), by the
// type's name in capitals: DATETIME, SMALLDATETIME or DATE. None for other types and lengths.
std::optional<std::string> date_of_bytes(std::string_view bytes, std::string_view type);

}  // namespace sqlenv
