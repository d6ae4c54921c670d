#include "core/wire/replay.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/version.h"
#include "core/wire/trajectory_json.h"

namespace sqlenv {
namespace {

constexpr std::size_t kShownBytes = 120;
constexpr std::size_t kShownBefore = 30;

// The text around the byte `at`, the first that differs.
std::string excerpt(const std::string& text, std::size_t at) {
  if (text.size() <= kShownBytes || at <= kShownBefore) return shorten(text, kShownBytes);
  std::size_t from = at - kShownBefore;
  while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;
  return "…" + shorten(std::string_view(text).substr(from), kShownBytes);
}

ReplayDifference differing(std::string member, const Json* recorded, const Json* replayed) {
  const std::string a = recorded == nullptr ? "nothing" : write_json(*recorded);
  const std::string b = replayed == nullptr ? "nothing" : write_json(*replayed);
  const std::size_t shorter = std::min(a.size(), b.size());
  const auto parted =
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(shorter), b.begin());
  const auto at = static_cast<std::size_t>(parted.first - a.begin());
  return {0, std::move(member), excerpt(a, at), excerpt(b, at)};
}

// The first difference inside `path`. Both values were made by the same function, so that they
// differ in shape only in the length of lists and where a null may stand.
std::optional<ReplayDifference> compare(const std::string& path, const Json& recorded,
                                        const Json& replayed) {
  if (recorded == replayed) return std::nullopt;
  if (recorded.is_object() && replayed.is_object()) {
    for (const auto& [key, value] : recorded.items()) {
      const Json* other = member(replayed, key.c_str());
      const std::string inside = path.empty() ? key : path + "." + key;
      if (other == nullptr) return differing(inside, &value, nullptr);
      if (auto found = compare(inside, value, *other)) return found;
    }
  }
  if (recorded.is_array() && replayed.is_array()) {
    for (std::size_t i = 0; i < std::max(recorded.size(), replayed.size()); ++i) {
      const std::string inside = path + "[" + std::to_string(i) + "]";
      if (i >= recorded.size()) return differing(inside, nullptr, &replayed[i]);
      if (i >= replayed.size()) return differing(inside, &recorded[i], nullptr);
      if (auto found = compare(inside, recorded[i], replayed[i])) return found;
    }
  }
  return differing(path, &recorded, &replayed);
}

// Adds the line to the report. Returns whether it was equal.
bool add_line(ReplayReport& report, const Json& recorded, const Json& replayed) {
  ++report.lines;
  report.difference = compare("", recorded, replayed);
  if (report.difference) report.difference->line = report.lines;
  return !report.difference;
}

bool compare_steps(Episode& episode, const Trajectory& trajectory, bool play,
                   ReplayReport& report) {
  for (std::size_t i = 0; i < trajectory.steps.size(); ++i) {
    const TrajectoryStep& recorded = trajectory.steps[i];
    if (play) episode.step(recorded.action);
    // A trajectory that was made, not read, may go on after the end; those steps replay as {}.
    const Json replayed = i < episode.steps().size()
                              ? trajectory_step_to_json(record_step(episode, i))
                              : Json::object();
    if (!add_line(report, trajectory_step_to_json(recorded), replayed)) return false;
  }
  return true;
}

ReplayReport compared(Episode& episode, const Trajectory& trajectory, bool play) {
  ReplayReport report;
  report.cut = !trajectory.footer.has_value();
  const TrajectoryHeader& header = trajectory.header;
  TrajectoryHeader replayed = record_header(episode);
  if (header.core != replayed.core) report.other_core = header.core;
  replayed.core = header.core;
  if (add_line(report, header_to_json(header), header_to_json(replayed)) &&
      compare_steps(episode, trajectory, play, report) && trajectory.footer)
    add_line(report, footer_to_json(*trajectory.footer), footer_to_json(record_footer(episode)));
  return report;
}

}  // namespace

Result<Episode> start_replay(Environment& environment, const TrajectoryHeader& header) {
  const Result<Task> task =
      environment.catalog().find_task(header.pack, header.pack_digest, header.question_id);
  if (!task) return fail(task.error());
  ResetOptions options;
  options.seed = header.seed;
  options.filter.pack = header.pack;
  options.filter.question_id = header.question_id;
  options.step_budget = header.step_budget;
  options.reward = header.reward;
  options.verifier = header.verifier;
  return environment.start(*task, options);
}

ReplayReport compare_replay(Episode played, const Trajectory& trajectory) {
  return compared(played, trajectory, false);
}

Result<ReplayReport> replay(Environment& environment, const Trajectory& trajectory) {
  Result<Episode> episode = start_replay(environment, trajectory.header);
  if (!episode) return fail(episode.error());
  return compared(*episode, trajectory, true);
}

namespace {

Json error_to_json(const Error& error) {
  return {{"code", code_name(error.code)}, {"message", error.message}};
}

}  // namespace

std::string replay_json(const std::string& file, std::size_t first_line,
                        const TrajectoryHeader& header, const Result<ReplayReport>& report) {
  Json difference = nullptr;
  Json other_core = nullptr;
  if (report && report->difference)
    difference = {{"line", first_line + report->difference->line - 1},
                  {"member", report->difference->member},
                  {"recorded", report->difference->recorded},
                  {"replayed", report->difference->replayed}};
  if (report && report->other_core) other_core = *report->other_core;
  return write_json({{"file", file},
                     {"line", first_line},
                     {"pack", header.pack},
                     {"question_id", header.question_id},
                     {"equal", report && !report->difference},
                     {"lines", report ? report->lines : 0},
                     {"cut", report && report->cut},
                     {"other_core", std::move(other_core)},
                     {"difference", std::move(difference)},
                     {"error", report ? Json(nullptr) : error_to_json(report.error())}}) +
         "\n";
}

std::string replay_json(const std::string& file, const Error& error) {
  return write_json({{"file", file}, {"equal", false}, {"error", error_to_json(error)}}) + "\n";
}

}  // namespace sqlenv
