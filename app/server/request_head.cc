#include "app/server/request_head.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/server/url.h"
#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMostLengthDigits = 18;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool is_token_character(char c) {
  return is_letter(c) || is_digit(c) ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool all_of(std::string_view text, bool (*rule)(char)) {
  return std::all_of(text.begin(), text.end(), rule);
}

// "name", "name:port", "address:port" or "[address]:port".
bool is_authority(std::string_view text) {
  const bool bracket = text.starts_with('[');
  const std::size_t close = bracket ? text.find(']') : 0;
  if (close == std::string_view::npos) return false;
  const std::size_t colon = text.find(':', close);
  const std::string_view host = text.substr(0, colon);
  const std::string_view port = colon == std::string_view::npos ? "" : text.substr(colon + 1);
  if (!all_of(port, is_digit) || port.size() > 5) return false;
  if (!bracket)
    return !host.empty() && all_of(host, [](char c) {
      return is_letter(c) || is_digit(c) ||
             std::string_view("-._~%!$&'()*+,;=").find(c) != std::string_view::npos;
    });
  return close > 1 && host.size() == close + 1 && all_of(host.substr(1, close - 1), [](char c) {
           return is_digit(c) || is_letter(c) || c == ':' || c == '.' || c == '%';
         });
}

// Fields that may be there once: those that frame the request, and those that decide who may ask.
enum Single : std::size_t { kHost, kContentLength, kTransferEncoding, kSingles = 8 };
constexpr std::array<std::string_view, kSingles> kSingleNames = {
    "host",   "content-length", "transfer-encoding", "authorization",
    "origin", "mcp-session-id", "sec-websocket-key", "sec-websocket-version"};

struct Head {
  std::array<bool, kSingles> seen{};
  bool old = false;  // HTTP/1.0
  std::string_view authority;
  std::string_view host;
};

// Splits the address from a target such as "http://example.org/path".
std::string_view read_target(std::string_view method, std::string_view target, Head& head) {
  if (target.find('#') != target.npos) return "the target of a request has no fragment (#).";
  if (target.starts_with('/') || (target == "*" && method == "OPTIONS")) return "";
  const std::size_t scheme = target.find("://");
  const std::string_view name = target.substr(0, std::min(scheme, target.size()));
  if (scheme == target.npos ||
      !(equal_ignoring_case(name, "http") || equal_ignoring_case(name, "https")))
    return "the target of a request is a path that begins with a slash.";
  const std::string_view rest = target.substr(scheme + 3);
  head.authority = rest.substr(0, rest.find_first_of("/?"));
  return is_authority(head.authority) ? "" : "the address in the target is malformed.";
}

std::string_view read_request_line(std::string_view line, Head& head) {
  constexpr std::string_view kNoRequest =
      "this is not an HTTP request: it begins with a method in capital letters, a path and "
      "HTTP/1.1, with one blank between them.";
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == line.npos || first == last) return kNoRequest;
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  head.old = version == "HTTP/1.0";
  const bool known_version = head.old || version == "HTTP/1.1";
  const bool shown =
      !target.empty() && all_of(target, [](char c) { return c != ' ' && !is_control(c); });
  if (!known_version || !shown || method.empty() || !begins_request(method) ||
      !all_of(method, [](char c) { return is_upper(c) || c == '-'; }))
    return kNoRequest;
  return read_target(method, target, head);
}

std::string_view read_single(Single name, std::string_view value, Head& head) {
  if (std::exchange(head.seen[name], true))
    return "a field that may be there only once is there twice: Host, Content-Length, "
           "Transfer-Encoding, Authorization, Origin, Mcp-Session-Id or one of the WebSocket's.";
  if (name == kHost) {
    head.host = value;
    if (!is_authority(value)) return "the field Host is malformed: it holds a name and a port.";
  }
  if (name == kContentLength && (value.empty() || value.size() > kMostLengthDigits ||
                                 !all_of(value, is_digit) || (value.size() > 1 && value[0] == '0')))
    return "the field Content-Length is malformed: it holds one number in plain digits.";
  if (name == kTransferEncoding && !equal_ignoring_case(value, "chunked"))
    return "the only Transfer-Encoding that is understood is \"chunked\", alone.";
  return "";
}

std::string_view read_field(std::string_view line, Head& head) {
  if (line.starts_with(' ') || line.starts_with('\t'))
    return "a field goes on in a second line, which HTTP/1.1 forbids: write it in one.";
  const std::size_t colon = line.find(':');
  if (colon == line.npos || colon == 0 || !all_of(line.substr(0, colon), is_token_character))
    return "a field is malformed: it is a name, a colon right behind it, and a value.";
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = line.substr(colon + 1);
  if (!all_of(value, [](char c) { return c == '\t' || !is_control(c); }))
    return "a field holds a control character.";
  for (std::size_t i = 0; i < kSingles; ++i)
    if (equal_ignoring_case(name, kSingleNames[i]))
      return read_single(static_cast<Single>(i), trim(value), head);
  return "";
}

std::string_view whole_problem(const Head& head) {
  if (!head.old && !head.seen[kHost]) return "a request of HTTP/1.1 needs the field Host.";
  if (head.old && head.seen[kTransferEncoding])
    return "HTTP/1.0 has no Transfer-Encoding: give a Content-Length, or use HTTP/1.1.";
  if (head.seen[kTransferEncoding] && head.seen[kContentLength])
    return "a request has a Transfer-Encoding or a Content-Length, not both.";
  if (!head.authority.empty() && head.seen[kHost] && !same_authority(head.authority, head.host))
    return "the address in the target and the field Host differ.";
  return "";
}

}  // namespace

std::size_t head_size(std::string_view bytes, std::size_t searched) {
  std::size_t at = searched < 3 ? 0 : searched - 3;
  while ((at = bytes.find('\n', at)) != bytes.npos) {
    ++at;
    const std::string_view next = bytes.substr(at, 2);
    if (next.starts_with('\n')) return at + 1;
    if (next == "\r\n") return at + 2;
  }
  return 0;
}

std::string_view head_problem(std::string_view head) {
  Head read;
  for (std::size_t at = 0; at < head.size();) {
    const std::size_t end = std::min(head.find('\n', at), head.size());
    std::string_view line = head.substr(at, end - at);
    if (!line.ends_with('\r')) return "a line does not end with CR LF.";
    line.remove_suffix(1);
    const bool first = at == 0;
    at = end + 1;
    if (line.empty() && !first) break;
    const std::string_view problem = first ? read_request_line(line, read) : read_field(line, read);
    if (!problem.empty()) return problem;
  }
  return whole_problem(read);
}

bool begins_request(std::string_view bytes) { return bytes.empty() || is_upper(bytes[0]); }

}  // namespace sqlenv
