// The names and values in a text that is JSON, nearly JSON, or the first half of it.
//
// Models write JSON with single quotes, without closing braces, nested in strings of other JSON.
// This reader lists each name with its value wherever both can be told, and never fails.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

struct LooseMember {
  std::string name;   // as written, without its quotes
  std::string value;  // a string's text; anything else, lists and objects included, as written
  bool scalar = false;
  bool complete = false;  // false: the text ends inside the value
  std::size_t depth = 0;  // of braces around it, from 1
  std::size_t begin = 0;  // of the name, in bytes of the text
};

// Members of the object that begins at the front of `text`, inner ones after the outer one that
// holds them. A string that holds an object is read as one. Empty if `text` does not begin with
// '{'.
std::vector<LooseMember> read_loose_json(std::string_view text);

}  // namespace sqlenv
