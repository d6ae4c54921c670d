// Access: which requests are allowed: the bearer token, the names of this server, and the web pages
// that may use it.
//
// A foreign page can let a name of its own resolve to this server's address, so that the browser
// takes it for a page of this server and lets it read the answers (DNS rebinding). The header Host
// then holds that name. So a server that only its own machine reaches, or that was told its names,
// answers to those names alone: to localhost, to addresses, which no one can rebind, to the names
// it was told, and to the hosts of allowed origins.
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
  // Needs no token, answers to every name and allows no pages but those of this server.
  Access() = default;

  // An empty `token` means that none is needed. `hosts` are names of this server, "*.name" for all
  // below a name, or "*" for every name. Without them every name is allowed, unless `only_local`:
  // the server listens on loopback alone. BAD_OPTION, with what to do, for a token that is
  // malformed or could be guessed (less than 16 characters), and for a malformed origin or host.
  static Result<Access> make(std::string_view token, std::vector<std::string> origins,
                             std::vector<std::string> hosts, bool only_local);

  bool needs_token() const { return !digest_.empty(); }

  // Whether the header Authorization holds the token. Takes the same time for a wrong one.
  bool accepts(std::string_view authorization) const;

  // Whether this server is known by the name in the header Host. Only a program may leave it out.
  bool allows_host(std::string_view host) const;

  bool is_foreign(const RequestOrigin& from) const;

  // The value of Access-Control-Allow-Origin for this page; none if it is not allowed by name.
  std::optional<std::string> allowed_origin(std::string_view origin) const;

 private:
  Result<void> allow_origins(std::vector<std::string> origins);
  Result<void> allow_hosts(const std::vector<std::string>& hosts);

  std::string digest_;  // of the token, which is not kept; empty: none is needed
  std::vector<std::string> origins_;
  std::vector<std::string> hosts_;  // in small letters; ".name" for all below a name
  bool any_origin_ = false;
  bool any_host_ = true;
};

}  // namespace sqlenv
