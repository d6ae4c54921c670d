// JsonWriter: JSON text, written from front to back without a document behind it.
//
//   JsonWriter json;
//   json.begin_object();
//   json.member("name", pack.name);
//   json.key("databases").begin_array();
//   for (const PackDatabase& database : pack.databases) json.value(database.name);
//   json.end_array();
//   json.end_object();
//   return json.take();
//
// Commas are put where they belong; that keys, brackets and braces match is the caller's part.
// Strings have the bytes that every other text of core/wire has.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace sqlenv {

// Appends `text` as a JSON string with its quotes. Ill-formed UTF-8 becomes U+FFFD.
void append_json_string(std::string& out, std::string_view text);
std::string json_string(std::string_view text);

class JsonWriter {
 public:
  void begin_object() { open('{'); }
  void end_object() { out_ += '}'; }
  void begin_array() { open('['); }
  void end_array() { out_ += ']'; }

  JsonWriter& key(std::string_view name);

  void value(std::string_view text);
  void value(std::same_as<bool> auto flag) { raw(flag ? "true" : "false"); }
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) void value(Number number) {
    if constexpr (std::is_signed_v<Number>) whole(number);
    else natural(number);
  }
  void null() { raw("null"); }

  // With this number of decimals.
  void fixed(double number, int decimals);

  // A value that is JSON already.
  void raw(std::string_view json);

  void member(std::string_view name, std::string_view text);
  void member(std::string_view name, std::same_as<bool> auto flag) { key(name).value(flag); }
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) void member(std::string_view name, Number number) {
    key(name).value(number);
  }

  std::string take() { return std::move(out_); }

 private:
  void whole(long long number);
  void natural(unsigned long long number);
  void separate();
  void open(char bracket);

  std::string out_;
};

}  // namespace sqlenv
