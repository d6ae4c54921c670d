// Small text helpers that behave the same whatever the locale: ASCII case, UTF-8 aware cutting,
// and the nearest name for "did you mean".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The value of a hexadecimal digit in either case.
std::optional<unsigned> hex_digit(char c);

// Without leading and trailing ASCII white space.
std::string_view trim(std::string_view text);

// A–Z to a–z, other bytes unchanged.
std::string to_lower(std::string_view text);

// a–z to A–Z, other bytes unchanged.
std::string to_upper(std::string_view text);

// Appends to_lower(text) to `out`.
void append_lower(std::string& out, std::string_view text);

bool equal_ignoring_case(std::string_view a, std::string_view b);

// Each run of ASCII white space becomes one blank; trimmed at both ends.
std::string collapse_spaces(std::string_view text);

// At most `max_bytes` bytes of `text`, never cutting inside a UTF-8 sequence; "…" marks a cut.
std::string shorten(std::string_view text, std::size_t max_bytes);

// `text` if it is well-formed UTF-8, else a copy with each bad byte replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

// How many bytes at the front are well-formed UTF-8; `text.size()` if all are.
std::size_t valid_utf8_bytes(std::string_view text);

// The pieces with `separator` between them.
std::string join(const std::vector<std::string>& pieces, std::string_view separator);

// The candidate nearest to `name` by edit distance, ignoring ASCII case; none if all are too far
// (more than a third of the longer name, and at least two edits are always allowed).
std::optional<std::string> nearest_name(std::string_view name,
                                        const std::vector<std::string>& candidates);

}  // namespace sqlenv
