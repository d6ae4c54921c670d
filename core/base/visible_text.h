// Text for a terminal, which acts on some characters instead of showing them. Pure.
#pragma once

#include <string>
#include <string_view>

namespace sqlenv {

// `text` with a name in the place of each character that could steer a terminal or the direction of
// writing: "\x1b" for a control character other than tab and line feed, and for a byte that is no
// UTF-8; "\u202e" for a mark of direction, a separator of lines or a control character beyond
// ASCII.
std::string visible_controls(std::string_view text);

}  // namespace sqlenv
