#include "core/wire/trajectory.h"

#include "core/wire/episode_json_internal.h"
#include "core/wire/trajectory_json.h"

namespace sqlenv {
namespace {

Json terms_to_json(const RewardTerms& terms) {
  Json json = Json::object();
  for (const NamedTerm& term : reward_term_names())
    json[std::string(term.name)] = to_double(terms.*term.amount);
  return json;
}

std::string line_of(const Json& json) { return write_json(json) + "\n"; }

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

std::string trajectory_jsonl(const Episode& episode) {
  std::string out = line_of(header_to_json(record_header(episode)));
  for (std::size_t i = 0; i < episode.steps().size(); ++i)
    out += line_of(trajectory_step_to_json(record_step(episode, i)));
  return out + line_of(footer_to_json(record_footer(episode)));
}

std::string trajectory_jsonl(const Trajectory& trajectory) {
  std::string out = line_of(header_to_json(trajectory.header));
  for (const TrajectoryStep& step : trajectory.steps) out += line_of(trajectory_step_to_json(step));
  if (trajectory.footer) out += line_of(footer_to_json(*trajectory.footer));
  return out;
}

}  // namespace sqlenv
