#include "app/playground/transcript.h"

#include <algorithm>
#include <utility>

namespace sqlenv::ui {

Transcript transcript_of(const Trajectory& trajectory, std::string title, std::string why) {
  Transcript seen;
  seen.title = std::move(title);
  seen.state = std::move(why);
  seen.bad = true;
  const Observation* last = &trajectory.header.observation;
  for (const TrajectoryStep& step : trajectory.steps) {
    last = &step.observation;
    seen.steps.push_back({step.action, last->result, last->error, step.reward});
  }
  seen.question = last->question;
  seen.schema = last->schema_info;
  seen.left = last->budget_remaining;
  return seen;
}

std::vector<std::string> table_names(std::string_view schema) {
  std::vector<std::string> names;
  schema = schema.substr(0, schema.find('\n'));
  schema.remove_prefix(std::min(schema.find(':') + 1, schema.size()));
  while (!schema.empty()) {
    const std::string_view name = schema.substr(0, schema.find(','));
    names.emplace_back(name.substr(std::min(name.find_first_not_of(' '), name.size())));
    schema.remove_prefix(std::min(name.size() + 1, schema.size()));
  }
  return names;
}

}  // namespace sqlenv::ui
