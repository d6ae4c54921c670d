// Plays the built-in policies, for which the page has no room. They see observations alone.
#include <emscripten/emscripten.h>

#include <memory>
#include <string>
#include <utility>

#include "core/explorer/builtin_policies.h"
#include "core/wire/episode_json.h"
#include "core/wire/policy_json.h"
#include "web/answer.h"

namespace sqlenv::web {
namespace {

std::string act(std::string_view json) {
  static std::unique_ptr<Policy> player;
  const std::optional<PolicyQuestion> question = read_policy_question(json);
  if (!question) return "{}";
  if (question->first) {
    Result<std::unique_ptr<Policy>> made = builtin_policies().make(question->policy);
    player = made ? std::move(*made) : nullptr;
    if (player != nullptr) player->begin(question->seen, question->seed);
  }
  return player == nullptr ? "{}" : action_json(player->act(question->seen));
}

}  // namespace
}  // namespace sqlenv::web

// What the policy does next, as an action; {} if no episode was begun.
extern "C" EMSCRIPTEN_KEEPALIVE const char* sqlenv_worker_policy(const char* question,
                                                                 std::size_t size) {
  return sqlenv::web::hand_over(sqlenv::web::act({question, size}));
}
