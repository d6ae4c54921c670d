// A server of a language model, and the request for an episode's next turn.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "app/http/http_request.h"
#include "app/model/model_address.h"
#include "core/wire/model_json.h"

namespace sqlenv {

struct ModelServer {
  ModelAddress address;
  std::string key;  // sent as "Authorization: Bearer KEY"; empty: none
};

// BAD_OPTION if `key` cannot be sent: it is empty or holds blanks, control characters or others
// than ASCII's. Blanks around it are removed. The message does not hold the key.
Result<std::string> check_model_key(std::string_view key);

// POSTs the episode as it is. A redirect is not followed, so that neither key nor episode goes to
// another place than the one that was named.
HttpRequest model_request(const ModelServer& server, const AgentEpisode& episode,
                          const ModelOptions& options, std::chrono::milliseconds limit);

// `text` with "[key]" wherever it holds the server's key: servers repeat keys in their messages.
std::string without_key(std::string text, const ModelServer& server);

}  // namespace sqlenv
