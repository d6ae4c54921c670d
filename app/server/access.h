// Access: which requests are allowed: the bearer token, and the web pages that may use this server.
//
// A request without an Origin comes from a program, or from a page of this server that only reads,
// and may do everything. One with an Origin comes from a page of this server, from one that is
// allowed by name, or from a foreign one. Foreign pages may open no WebSocket and send nothing but
// GET and HEAD, whose answers their browser hides from them. Immutable; may be shared between
// threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace sqlenv {

// The headers that name the page of a request and this server; empty if absent.
struct RequestOrigin {
  std::string_view origin;
  std::string_view host;
};

class Access {
 public:
  // Needs no token and allows no pages but those of this server.
  Access() = default;

  // An empty `token` means that none is needed. `only_local`: the server listens on loopback alone,
  // so that pages of other names than localhost and addresses are foreign. BAD_OPTION, with what to
  // do, for a token that is malformed or could be guessed (less than 16 characters), and for a
  // malformed origin.
  static Result<Access> make(std::string_view token, std::vector<std::string> origins,
                             bool only_local);

  bool needs_token() const { return !digest_.empty(); }

  // Whether the header Authorization holds the token. Takes the same time for a wrong one.
  bool accepts(std::string_view authorization) const;

  bool is_foreign(const RequestOrigin& from) const;

  // The value of Access-Control-Allow-Origin for this page; none if it is not allowed by name.
  std::optional<std::string> allowed_origin(std::string_view origin) const;

 private:
  std::string digest_;  // of the token, which is not kept; empty: none is needed
  std::vector<std::string> origins_;
  bool any_origin_ = false;
  bool only_local_ = false;
};

}  // namespace sqlenv
