// Decimal text to double and back, exactly and alike everywhere.
//
// The C library's strtod and printf follow the locale; these do not. Reading rounds to the nearest
// double, ties to even, whatever the number of digits; writing gives the shortest text that reads
// back as the same double.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sqlenv {

// Reads [+-] digits [. digits] [e [+-] digits], at least one digit before the exponent, and nothing
// else: no blanks, no "inf", no hexadecimal. Beyond the range it gives an infinity or zero.
std::optional<double> parse_decimal(std::string_view text);

// Such as "0.1", "3.0", "1e+300"; always with a point or an exponent. Infinities are "Infinity" and
// "-Infinity". REQUIRES: not NaN.
std::string shortest_decimal(double value);

}  // namespace sqlenv
