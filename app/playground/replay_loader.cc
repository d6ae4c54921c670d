#include "app/playground/replay_loader.h"

#include <utility>

#include "core/wire/replay.h"

namespace sqlenv::ui {
namespace {

constexpr int kActionsAFrame = 4;

}  // namespace

ReplayLoader::ReplayLoader(Session& session, Episode episode, std::vector<Recording> recordings,
                           Runs before)
    : session_(session),
      episode_(std::move(episode)),
      recordings_(std::move(recordings)),
      runs_(std::move(before)) {}

EpisodeView ReplayLoader::view() const {
  const std::size_t count = episode_.steps().size();
  return {episode_,      count > 0 ? std::optional(count - 1) : std::nullopt,
          runs_.attempt, plan_,
          nullptr,       running_ ? &*running_ : nullptr,
          false};
}

void ReplayLoader::go_on() {
  for (int i = 0; i < kActionsAFrame && !done(); ++i) {
    const std::vector<Action>& actions = recordings_.front().actions;
    const std::size_t next = episode_.steps().size();
    if (!running_) {
      if (episode_.done() || next >= actions.size()) return end_recording();
      running_.emplace(session_.questions.environment(), episode_, actions[next]);
    }
    if (!running_->go_on()) return;
    running_->finish(episode_);
    running_.reset();
    ++session_.changes;
  }
}

void ReplayLoader::stop() {
  if (!running_) return;
  running_.reset();
  end_recording();
}

void ReplayLoader::end_recording() {
  ++session_.changes;
  runs_.all.push_back(run_of(recordings_.front(), episode_));
  runs_.step = recordings_.front().step;
  recordings_.erase(recordings_.begin());
  if (runs_.all.size() == kMostRuns) recordings_.clear();
  if (recordings_.empty()) return;
  Result<Episode> next =
      start_replay(session_.questions.environment(), recordings_.front().recorded->header);
  if (next) episode_ = std::move(*next);
  else recordings_.clear();
}

}  // namespace sqlenv::ui
