#include "app/playground/recording.h"

#include <algorithm>
#include <utility>

#include "app/playground/format.h"
#include "core/base/text.h"
#include "core/wire/replay.h"
#include "core/wire/share.h"

namespace sqlenv::ui {
namespace {

constexpr std::size_t kNameBytes = 40;

bool same_task(const TrajectoryHeader& a, const TrajectoryHeader& b) {
  return a.pack_digest == b.pack_digest && a.question_id == b.question_id && a.pack == b.pack;
}

Recording recording_of(std::string name, Trajectory trajectory) {
  Recording recording;
  recording.name = std::move(name);
  for (const TrajectoryStep& step : trajectory.steps) recording.actions.push_back(step.action);
  recording.step = recording.actions.size();
  recording.recorded = std::move(trajectory);
  return recording;
}

std::string warning_of(const Recording& recording, const Episode& executed) {
  if (executed.steps().size() < recording.actions.size())
    return executed.done() ? "The episode ended before all recorded steps were played."
                           : "Stopped before all recorded steps were played.";
  if (recording.state && *recording.state != share_state(executed))
    return "This core comes to other results than the one that made the link.";
  if (!recording.recorded) return "";
  const ReplayReport report = compare_replay(executed, *recording.recorded);
  std::string text;
  if (report.other_core) text = "Recorded by sqlenv " + shorten(*report.other_core, 20) + ". ";
  if (report.difference)
    text += "Line " + std::to_string(report.difference->line) + " differs in " +
            report.difference->member + ": recorded " + report.difference->recorded +
            ", replayed " + report.difference->replayed;
  return text;
}

std::string table_cell(const std::string& text) {
  std::string out;
  for (const char c : one_line(text, 200)) out += c == '|' ? "\\|" : std::string(1, c);
  return out;
}

}  // namespace

std::vector<Recording> recordings_of(const std::string& file,
                                     std::vector<Trajectory> trajectories) {
  const TrajectoryHeader header = trajectories.front().header;
  const std::string base = shorten(file.substr(0, file.rfind(".jsonl")), kNameBytes);
  std::vector<Recording> all;
  for (std::size_t i = 0; i < trajectories.size() && all.size() < kMostRuns; ++i) {
    if (!same_task(trajectories[i].header, header)) continue;
    const std::string name = i == 0 ? base : base + " " + std::to_string(i + 1);
    all.push_back(recording_of(name, std::move(trajectories[i])));
  }
  return all;
}

std::string summary_of(const Trajectory& trajectory) {
  std::string text = "It holds " + counted(trajectory.steps.size(), "step");
  if (!trajectory.footer) return text + " and was cut off.";
  const std::optional<TrajectoryFooter::Judgement>& verdict = trajectory.footer->verdict;
  return text + ", " + signed_amount(trajectory.footer->total_reward) + " in total, " +
         (verdict ? verdict->reason : "no answer") + ".";
}

Run run_of(const Recording& recording, const Episode& executed) {
  return {recording.name, executed, warning_of(recording, executed)};
}

std::optional<std::size_t> parting(const Episode& a, const Episode& b) {
  const std::size_t both = std::min(a.steps().size(), b.steps().size());
  for (std::size_t i = 0; i < both; ++i)
    if (a.steps()[i].action != b.steps()[i].action) return i;
  return std::nullopt;
}

std::string report_markdown(const Episode& episode) {
  const Question& question = *episode.task().question;
  std::string out = "# " + question.text + "\n\n" + question.id + ", seed " +
                    std::to_string(episode.options().seed) + ", reward " +
                    episode.options().reward + "\n\n| | Action | Outcome | Reward |\n|-|-|-|-:|\n";
  for (std::size_t i = 0; i < episode.steps().size(); ++i) {
    const StepRecord& step = episode.steps()[i];
    out += "| " + std::to_string(i + 1) + " | " + table_cell(step.action.action_type) + " `" +
           table_cell(step.action.argument) + "` | " + table_cell(outcome_text(step)) + " | " +
           signed_amount(step.result.terms.total()) + " |\n";
  }
  out += "\nTotal " + signed_amount(episode.total_reward());
  if (episode.verdict()) out += ". " + episode.verdict()->detail;
  if (episode.done()) out += "\n\n```sql\n" + question.gold_sql + "\n```";
  return out + "\n";
}

}  // namespace sqlenv::ui
