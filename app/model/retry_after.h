// The header Retry-After (RFC 9110, 10.2.3).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sqlenv {

// How long the server asks to wait. `value` is a number of seconds, perhaps with decimals, or a
// date such as "Sun, 06 Nov 1994 08:49:37 GMT", which is counted from `now`, in seconds since 1970.
// Zero for a date that is over. None if `value` is neither, or a date and `now` is 0.
std::optional<std::chrono::milliseconds> read_retry_after(std::string_view value, std::int64_t now);

}  // namespace sqlenv
