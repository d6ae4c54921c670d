// Unicode as far as comparing text needs it: normalisation form C and small letters.
//
// Complete for all of Unicode in the version that unicode_tables.cc names. Text is UTF-8; bytes
// that are not are read as U+FFFD. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

// Normalisation form C: canonically equal texts become equal bytes, such as "e" + U+0301 and "é".
std::string to_nfc(std::string_view text);

// Every letter's simple small letter, in any script.
std::string to_lower_unicode(std::string_view text);

// Appends a code point; one that is none (a surrogate, or beyond U+10FFFF) becomes U+FFFD.
void append_utf8(std::string& out, std::uint32_t code);

std::vector<std::uint32_t> code_points(std::string_view text);

}  // namespace sqlenv
