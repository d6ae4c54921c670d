// The part of Unicode that comparing text needs: normalisation form C and small letters.
//
// Complete for all of Unicode in the version that unicode_tables.cc names. Text is UTF-8;
// ill-formed bytes are read as U+FFFD. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

// Normalisation form C: canonically equal texts become equal bytes, such as "e" + U+0301 and "é".
std::string to_nfc(std::string_view text);

// Replaces every letter of any script by its simple small letter.
std::string to_lower_unicode(std::string_view text);

// Appends a code point. A surrogate or a number beyond U+10FFFF becomes U+FFFD.
void append_utf8(std::string& out, std::uint32_t code);

std::vector<std::uint32_t> code_points(std::string_view text);

}  // namespace sqlenv
