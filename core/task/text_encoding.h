// Converts text of unknown encoding to UTF-8.
#pragma once

#include <string>

#include "core/base/result.h"

namespace sqlenv {

struct DecodedText {
  std::string text;      // UTF-8 without a byte-order mark
  std::string encoding;  // UTF-8, UTF-16, Latin-1 or Windows-1252
};

// A byte-order mark decides. Without one, well-formed UTF-8 is UTF-8, and any other text comes from
// an old program: it is Windows-1252 if it uses the bytes 0x80 to 0x9F, which are no letters in
// Latin-1, else Latin-1. NOT_A_DATABASE if it holds zero bytes, which no text has.
Result<DecodedText> decode_text(std::string bytes);

}  // namespace sqlenv
