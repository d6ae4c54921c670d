// The JSON library, and helpers for the files of core/wire. Outside of core/wire only
// app/playground/transcript_json.cc includes it; no other header of the project names a JSON type.
#pragma once

#include <cstddef>
#include <cstdint>
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

// The whole number, or 0 if the member is absent or none; one below 0 by its two's complement.
std::uint64_t whole_member(const Json& object, const char* key);

template <class T>
T number_member(const Json& object, const char* key) {
  return static_cast<T>(whole_member(object, key));
}

// False if the member is absent or not a boolean.
bool flag_member(const Json& object, const char* key);

// Looks at the pieces of a JSON text as Json::sax_parse() reads them, without a document; an event
// that answers false ends the reading. Derive from it in an unnamed namespace: then the compiler
// leaves out the readers of binary formats, 10 kB of the page.
class JsonEvents : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(Json::number_integer_t) override { return true; }
  bool number_unsigned(Json::number_unsigned_t) override { return true; }
  bool number_float(Json::number_float_t, const std::string&) override { return true; }
  bool string(std::string&) override { return true; }
  bool binary(Json::binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(std::string&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
    return false;
  }
};

}  // namespace sqlenv
