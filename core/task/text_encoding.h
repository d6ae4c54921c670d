// Converts text of unknown encoding to UTF-8.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace sqlenv {

struct DecodedText {
  std::string text;                // UTF-8 without a byte-order mark
  std::string encoding;            // UTF-8, UTF-16, Latin-1 or Windows-1252
  std::vector<std::string> notes;  // what was changed, for people: how often, and where first
};

// A byte-order mark decides. Without one, text is UTF-16 if it has zero bytes at odd or at even
// places, as Latin letters and line ends do; UTF-8 if more characters than bytes of it are
// well-formed UTF-8 beyond ASCII and none, respectively; else it comes from an old program: it is
// Windows-1252 if it uses the bytes 0x80 to 0x9F, which are no letters in Latin-1, else Latin-1.
//
// A bad byte of UTF-8 and half a character of UTF-16 become U+FFFD; a few zero bytes and an end
// mark of DOS (0x1A) are left out. `notes` says so. NOT_A_DATABASE if the text is UTF-32 or holds
// many zero bytes, so that it is no text.
Result<DecodedText> decode_text(std::string bytes);

// What kind of file this is, if it is none of records in text, and what to do with it; empty if it
// may be such a text. Looks at the first bytes, whatever the file's name.
std::string_view foreign_format(std::string_view bytes);

}  // namespace sqlenv
