#include "core/wire/json_writer.h"

#include <cstdint>
#include <cstdio>
#include <cstring>

#include "core/base/text.h"
#include "core/wire/json.h"

namespace sqlenv {
namespace {

// Whether none of eight characters needs a look: all are ASCII, none a control character, a quote
// or a backslash.
bool are_plain(std::uint64_t eight) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  const auto zero_bytes = [](std::uint64_t x) { return (x - kOnes) & ~x; };
  const std::uint64_t odd = eight | ((eight - kOnes * 0x20) & ~eight) |
                            zero_bytes(eight ^ (kOnes * '"')) | zero_bytes(eight ^ (kOnes * '\\'));
  return (odd & (kOnes * 0x80)) == 0;
}

// The end of what can be written as it stands.
std::size_t plain_end(std::string_view text, std::size_t at) {
  for (std::uint64_t eight = 0; text.size() - at >= sizeof eight; at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if (!are_plain(eight)) break;
  }
  const auto plain = [](char c) {
    return c >= ' ' && static_cast<unsigned char>(c) < 0x80 && c != '"' && c != '\\';
  };
  while (at < text.size() && plain(text[at])) ++at;
  return at;
}

}  // namespace

// The same bytes as write_json() writes, without a copy where the text is plain: every step writes
// its texts here.
void append_json_string(std::string& out, std::string_view text) {
  const std::size_t begin = out.size();
  bool checked = false;  // that it is UTF-8
  out += '"';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = plain_end(text, at);
    out.append(text, at, end - at);
    at = end;
    if (at == text.size()) break;
    const char c = text[at];
    if (c == '\n') {
      out += "\\n";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) >= 0x80 &&
               (checked || valid_utf8_bytes(text) == text.size())) {
      checked = true;
      out += c;
    } else {
      out.resize(begin);
      out += write_json(text);
      return;
    }
  }
  out += '"';
}

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

// A value follows a comma, unless it is the first one or follows its key.
void JsonWriter::separate() {
  if (!out_.empty() && std::strchr("{[:", out_.back()) == nullptr) out_ += ',';
}

void JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  value(name);
  out_ += ':';
  return *this;
}

void JsonWriter::member(std::string_view name, std::string_view text) { key(name).value(text); }

void JsonWriter::whole(long long number) { raw(std::to_string(number)); }

void JsonWriter::natural(unsigned long long number) { raw(std::to_string(number)); }

void JsonWriter::value(std::string_view text) {
  separate();
  append_json_string(out_, text);
}

void JsonWriter::fixed(double number, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, number);
  raw(text);
}

void JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
}

}  // namespace sqlenv
