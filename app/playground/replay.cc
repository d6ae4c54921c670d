#include "app/playground/replay.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "app/playground/format.h"
#include "app/playground/model.h"
#include "core/base/text.h"
#include "core/policy/oracle_policy.h"
#include "core/wire/replay.h"
#include "core/wire/share.h"
#include "core/wire/trajectory.h"

namespace sqlenv::ui {
namespace {

constexpr int kActionsAFrame = 4;  // of a replay that is being executed
constexpr std::size_t kNameBytes = 40;
constexpr int kFirstSpeed = 2;

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

std::string sum_of(const Trajectory& trajectory) {
  std::string text = "It holds " + counted(trajectory.steps.size(), "step");
  if (!trajectory.footer) return text + " and was cut off.";
  const std::optional<TrajectoryFooter::Judgement>& verdict = trajectory.footer->verdict;
  return text + ", " + signed_amount(trajectory.footer->total_reward) + " in total, " +
         (verdict ? verdict->reason : "no answer") + ".";
}

// How what was played differs from what was recorded; empty if it does not.
std::string warning_of(const Recording& recording, const Episode& played) {
  if (played.steps().size() < recording.actions.size())
    return played.done() ? "The episode ended before all recorded steps were played."
                         : "Stopped before all recorded steps were played.";
  if (recording.state && *recording.state != share_state(played))
    return "This core comes to other results than the one that made the link.";
  if (!recording.recorded) return "";
  const ReplayReport report = compare_replay(played, *recording.recorded);
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

bool Model::asks_what_if() const {
  return replay() != nullptr && !loading_ && !episode_->done() && replay_->run().whole.done();
}

// Opening
// ------------------------------------------------------------------------------------------

void Model::open_trajectories(const std::string& name, std::string_view text) {
  ++changes_;
  Result<std::vector<Trajectory>> read = parse_trajectories(text);
  if (!read) {
    notice_ = name + ": " + read.error().message;
    return;
  }
  const TrajectoryHeader header = read->front().header;
  Result<Episode> episode = start_replay(*environment_, header);
  if (!episode) {
    const std::string why = "It cannot be played again here, so this is what was recorded. " +
                            capitalised(episode.error().message) + " " + sum_of(read->front());
    if (transcript_) choose_of_transcript("leave");
    return show_transcript(transcript_of(read->front(), name, why));
  }
  const std::string base = shorten(name.substr(0, name.rfind(".jsonl")), kNameBytes);
  std::vector<Recording> wanted;
  for (std::size_t i = 0; i < read->size() && wanted.size() < kMostRuns; ++i)
    if (same_task((*read)[i].header, header))
      wanted.push_back(
          recording_of(i == 0 ? base : base + " " + std::to_string(i + 1), std::move((*read)[i])));
  const std::size_t others = read->size() - wanted.size();
  Recording first = std::move(wanted.front());
  wanted.erase(wanted.begin());
  load(std::move(first), std::move(*episode));
  waiting_ = std::move(wanted);
  if (others > 0)
    notice_ = name + " holds " + counted(others, "more trajectory") + " that are not shown.";
}

void Model::open_link(std::string_view text) {
  ++changes_;
  const Result<SharedEpisode> shared = read_share(text);
  Result<Episode> episode =
      shared ? start_shared(*environment_, *shared) : Result<Episode>(fail(shared.error()));
  if (!episode) {
    notice_ = "The link cannot be opened: " + episode.error().message;
    return;
  }
  Recording recording{"Link", shared->actions, std::nullopt, shared->state, shared->step};
  load(std::move(recording), std::move(*episode));
}

void Model::load(Recording recording, Episode episode) {
  stop();
  if (transcript_) choose_of_transcript("leave");
  const bool compared = replay_ &&
                        replay_->run().whole.task().question == episode.task().question &&
                        replay_->runs.size() < kMostRuns;
  if (!compared) {
    const ResetOptions options = episode.options();
    begin(std::move(episode), options);
    for (std::size_t i = 0; i < catalog().packs().size(); ++i)
      if (&catalog().packs()[i] == episode_->task().pack) choice_.pack = i;
  } else {
    episode_ = std::move(episode);
  }
  shown_.reset();
  loading_ = std::move(recording);
  ++changes_;
}

void Model::execute_next() {
  for (int i = 0; i < kActionsAFrame && loading_ && !running_; ++i) {
    const std::size_t next = episode_->steps().size();
    if (episode_->done() || next >= loading_->actions.size()) return loaded();
    run(loading_->actions[next]);
  }
}

void Model::loaded() {
  const Recording recording = *std::exchange(loading_, std::nullopt);
  add_run({recording.name, *episode_, warning_of(recording, *episode_)});
  replay_->step = std::min(recording.step, replay_->length());
  if (replay_->runs.size() == kMostRuns) waiting_.clear();
  if (waiting_.empty()) return show_replay();
  Result<Episode> next = start_replay(*environment_, waiting_.front().recorded->header);
  std::vector<Recording> left(waiting_.begin() + 1, waiting_.end());
  if (next) load(std::move(waiting_.front()), std::move(*next));
  waiting_ = std::move(left);
  if (!next) show_replay();
}

// Looking
// ------------------------------------------------------------------------------------------

void Model::add_run(Run run) {
  if (!replay_) replay_.emplace().speed = kFirstSpeed;
  if (run.whole.done()) ended_.insert(run.whole.task().question);
  replay_->runs.push_back(std::move(run));
  replay_->chosen = replay_->runs.size() - 1;
}

void Model::review() {
  if (!episode_ || replay_ || loading_) return;
  stop();
  add_run({"You", *episode_, ""});
  replay_->step = replay_->length();
  show_replay();
}

void Model::show_replay() {
  episode_ = replay_->run().whole.until(replay_->step);
  replay_->what_if.reset();
  played_seconds_ = 0;
  shown_.reset();
  if (replay_->step > 0) shown_ = replay_->step - 1;
  if (replay_->step == replay_->length()) replay_->plays = false;
  else draft_from(replay_->run().whole.steps()[replay_->step].action);
  if (episode_->done()) score();
  ++changes_;
}

void Model::go_to(std::size_t step) {
  if (!replay_ || loading_) return;
  stop();
  replay_->step = std::min(step, replay_->length());
  show_replay();
}

void Model::choose_run(std::size_t run) {
  if (!replay_ || loading_ || run >= replay_->runs.size()) return;
  replay_->chosen = run;
  go_to(replay_->step);
}

void Model::play_replay(bool plays, int speed) {
  if (!replay_ || loading_) return;
  if (plays && !replay_->plays && replay_->step == replay_->length()) go_to(0);
  replay_->plays = plays;
  replay_->speed = speed;
  played_seconds_ = 0;
  ++changes_;
}

void Model::leave_replay() { play_again(); }

void Model::branch() {
  if (!replay_ || loading_ || episode_->done()) return;
  stop();
  last_options_ = episode_->options();
  forget_replay();
  ++changes_;
}

void Model::forget_replay() {
  if (transcript_) choose_of_transcript("leave");
  loading_.reset();
  waiting_.clear();
  stop();
  replay_.reset();
  policy_.clear();
  tour_.reset();
  ++policy_turn_;
}

// Policies
// ------------------------------------------------------------------------------------------

void Model::add_policy(const std::string& policy) {
  if (!replay_ || loading_ || replay_->runs.size() >= kMostRuns) return;
  const Episode& whole = replay_->run().whole;
  const bool oracle = policy == "oracle";
  if (oracle && !whole.done()) return;
  AskPolicy ask = host_.ask_policy;
  if (oracle) {
    const auto all_knowing = std::make_shared<OraclePolicy>(
        OracleKnowledge{whole.task().question->tables_involved, whole.task().question->gold_sql,
                        whole.gold().table});
    ask = [all_knowing](const std::string&, std::uint64_t seed, const Observation& seen, bool first,
                        const Act& act) {
      if (first) all_knowing->begin(seen, seed);
      act(all_knowing->act(seen));
    };
  }
  policy_ = policy;
  ++policy_turn_;
  play_policy(std::make_shared<Episode>(whole.until(0)), ask, true);
}

void Model::play_policy(const std::shared_ptr<Episode>& episode, const AskPolicy& ask, bool first) {
  const auto act = [this, turn = policy_turn_, episode, ask](const std::optional<Action>& action) {
    if (turn != policy_turn_ || !replay_) return;
    if (action) episode->step(*action);
    if (action && !episode->done()) return play_policy(episode, ask, false);
    std::string name = capitalised(std::exchange(policy_, ""));
    if (!action) notice_ = "The policy did not load. Check the connection and try again.";
    ++changes_;
    if (!action) return;
    add_run({std::move(name), std::move(*episode), ""});
    replay_->step = 0;
    replay_->plays = true;
    show_replay();
  };
  ask(policy_, episode->options().seed, episode->latest().observation, first, act);
}

}  // namespace sqlenv::ui
