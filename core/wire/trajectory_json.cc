#include "core/wire/trajectory_json.h"

#include "core/wire/episode_values.h"

namespace sqlenv {
namespace {

Json terms_to_json(const RewardTerms& terms) {
  Json json = Json::object();
  for (const NamedTerm& term : reward_term_names())
    json[std::string(term.name)] = to_double(terms.*term.amount);
  return json;
}

}  // namespace

Json header_to_json(const TrajectoryHeader& header) {
  return {{"format", kTrajectoryFormat},
          {"core", header.core},
          {"pack", header.pack},
          {"pack_digest", header.pack_digest},
          {"question_id", header.question_id},
          {"seed", header.seed},
          {"options",
           {{"step_budget", header.step_budget},
            {"reward", header.reward},
            {"verifier", header.verifier}}},
          {"observation", observation_to_json(header.observation)}};
}

Json trajectory_step_to_json(const TrajectoryStep& step) {
  return {{"step", step.step},
          {"action", action_to_json(step.action)},
          {"observation", observation_to_json(step.observation)},
          {"reward", to_double(step.reward)},
          {"terms", terms_to_json(step.terms)},
          {"done", step.done}};
}

Json footer_to_json(const TrajectoryFooter& footer) {
  Json verdict = nullptr;
  if (footer.verdict)
    verdict = {{"correct", footer.verdict->correct}, {"reason", footer.verdict->reason}};
  return {{"done", footer.done},
          {"verdict", std::move(verdict)},
          {"steps", footer.steps},
          {"total_reward", to_double(footer.total_reward)}};
}

}  // namespace sqlenv
