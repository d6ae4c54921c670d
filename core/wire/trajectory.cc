#include "core/wire/trajectory.h"

#include "core/wire/trajectory_json.h"

namespace sqlenv {
namespace {

std::string line_of(const Json& json) { return write_json(json) + "\n"; }

}  // namespace

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
