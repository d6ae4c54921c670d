// The JSON library, and helpers for the files of core/wire. For core/wire alone: no other header of
// the project names a JSON type.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace sqlenv {

// Keeps the order in which keys are written, so that the bytes follow the documentation.
using Json = nlohmann::ordered_json;

// The most members of an object, more than any format here needs. Json searches all members of an
// object to add one, so that without a limit one megabyte of text could take minutes.
inline constexpr std::size_t kMaxMembers = 1000;

// None if `text` is not one JSON value, or an object in it has more than kMaxMembers.
std::optional<Json> parse_json(std::string_view text);

// Compact; ill-formed UTF-8 becomes U+FFFD instead of an error.
inline std::string write_json(const Json& value, int indent = -1) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

// The member, or null if `object` is not an object or has no such member.
inline const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

// The string member, or `otherwise` if it is absent or not a string.
inline std::string string_member(const Json& object, const char* key, std::string otherwise = "") {
  const Json* value = member(object, key);
  return value != nullptr && value->is_string() ? value->get<std::string>() : otherwise;
}

}  // namespace sqlenv
