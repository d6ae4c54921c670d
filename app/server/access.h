// Access: who may ask: the bearer token, and the web pages that may speak to this server.
//
// A request without an Origin comes from a program, or from a page of this server that only reads,
// and may do everything. One with an Origin comes from a page: of this server, allowed by name, or
// foreign. Foreign pages may open no WebSocket and send nothing but GET and HEAD, whose answers
// their browser keeps from them. Immutable; may be shared between threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace sqlenv {

// What a request says of where it comes from; empty if absent.
struct RequestOrigin {
  std::string_view origin;
  std::string_view host;
};

class Access {
 public:
  // Everyone, on pages of this server.
  Access() = default;

  // BAD_OPTION, with what to do, for a token that is no token or that could be guessed (less than
  // 16 characters), and for an origin that is none. `token` empty: none is needed. `only_local`:
  // the server listens on loopback alone, so that no foreign name leads here unless one was bent
  // to.
  static Result<Access> make(std::string_view token, std::vector<std::string> origins,
                             bool only_local);

  bool needs_token() const { return !digest_.empty(); }

  // Whether the header Authorization holds the token. Takes as long for a wrong one as for the
  // right one.
  bool accepts(std::string_view authorization) const;

  bool is_foreign(const RequestOrigin& from) const;

  // What Access-Control-Allow-Origin says to this page; nothing if it is not allowed by name.
  std::optional<std::string> allowed_origin(std::string_view origin) const;

 private:
  std::string digest_;  // the token itself is not kept
  std::vector<std::string> origins_;
  bool any_origin_ = false;
  bool only_local_ = false;
};

}  // namespace sqlenv
