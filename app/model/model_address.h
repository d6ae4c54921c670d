// The address of a server with OpenAI's interface for language models.
#pragma once

#include <string>
#include <string_view>

#include "core/agent/dialect.h"
#include "core/base/result.h"

namespace sqlenv {

struct ModelAddress {
  std::string base;  // such as "http://localhost:8080/v1", without a slash at the end
};

// Reads http(s)://host[:port][/path][/chat/completions or /completions]. Without a path it is /v1.
// BAD_OPTION, with what is wrong, for anything else; the message does not repeat the text, which
// may hold a password.
Result<ModelAddress> parse_model_address(std::string_view text);

// Where an episode's next turn is asked for.
std::string model_url(const ModelAddress& address, Dialect dialect);

// Whether the server is on this machine, so that a key sent without TLS does not leave it.
bool is_local(const ModelAddress& address);

}  // namespace sqlenv
