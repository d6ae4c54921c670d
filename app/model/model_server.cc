#include "app/model/model_server.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"

namespace sqlenv {
namespace {

// Shorter keys are words of other texts, too.
constexpr std::size_t kShortestHidden = 4;

}  // namespace

Result<std::string> check_model_key(std::string_view key) {
  key = trim(key);
  if (key.empty()) return fail(ErrorCode::kBadOption, "The key is empty.");
  if (std::any_of(key.begin(), key.end(), [](char c) { return c <= ' ' || c >= 0x7f; }))
    return fail(ErrorCode::kBadOption,
                "The key holds blanks, line breaks or characters that are not ASCII.");
  return std::string(key);
}

HttpRequest model_request(const ModelServer& server, const AgentEpisode& episode,
                          const ModelOptions& options, std::chrono::milliseconds limit) {
  HttpRequest request;
  request.method = "POST";
  request.url = model_url(server.address, episode.dialect());
  request.headers.emplace_back("Content-Type", "application/json");
  request.headers.emplace_back("Accept", "application/json");
  if (!server.key.empty()) request.headers.emplace_back("Authorization", "Bearer " + server.key);
  request.body = model_request_json(episode, options);
  request.limit = limit;
  request.follow = false;
  return request;
}

std::string without_key(std::string text, const ModelServer& server) {
  if (server.key.size() < kShortestHidden) return text;
  constexpr std::string_view kShown = "[key]";
  for (std::size_t at = text.find(server.key); at != std::string::npos;
       at = text.find(server.key, at + kShown.size()))
    text.replace(at, server.key.size(), kShown);
  return text;
}

}  // namespace sqlenv
