#include "web/policies.h"

#include <emscripten/emscripten.h>

#include <optional>
#include <utility>

#include "core/wire/episode_json.h"
#include "core/wire/policy_json.h"
#include "web/browser_calls.h"
#include "web/page.h"

namespace sqlenv::web {
namespace {

ui::Act& waiting() {
  static ui::Act act;
  return act;
}

}  // namespace

void ask_policy(const std::string& policy, std::uint64_t seed, const Observation& seen, bool first,
                ui::Act act) {
  waiting() = std::move(act);
  const std::string question = policy_question_json({policy, seed, first, seen});
  page_ask_policy(question.data(), question.size());
}

}  // namespace sqlenv::web

// The action that the policy asked for last answers; anything else if it cannot.
extern "C" EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_policy(const char* json, std::size_t size) {
  const sqlenv::Result<sqlenv::Action> action = sqlenv::parse_action({json, size});
  if (const sqlenv::ui::Act act = std::exchange(sqlenv::web::waiting(), {}))
    act(action ? std::optional(*action) : std::nullopt);
  return sqlenv::web::answer_done();
}
