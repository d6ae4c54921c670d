// Actions as JSON, and an episode that plays them.
#include "core/wire/episode_json.h"
#include "tests/fuzz/fuzz.h"

namespace sqlenv {
namespace {

std::string step_of(Environment& environment, const Action& action) {
  ResetOptions options;
  options.step_budget = 2;
  Episode episode = std::move(*environment.reset(options));
  const StepResult result = episode.step(action);
  SQLENV_CHECK(episode.step_count() == 1);
  SQLENV_CHECK(result.observation.budget_remaining ==
               (result.done ? result.observation.budget_remaining : 1));
  return step_json(result);
}

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlenv;
  const Result<Action> action = parse_action(fuzz::text_of(data, size));
  SQLENV_CHECK(action == parse_action(fuzz::text_of(data, size)));
  if (!action) {
    SQLENV_CHECK(action.error().code == ErrorCode::kBadJson);
    return 0;
  }
  const std::string step = step_of(fuzz::environment(), *action);
  SQLENV_CHECK(step == step_of(fuzz::other_environment(), *action));
  fuzz::check_json(step);
  return 0;
}
