#include "app/playground/player.h"

#include <utility>

#include "app/playground/hints.h"

namespace sqlenv::ui {

Player::Player(Session& session, Episode episode, int hints)
    : session_(session), episode_(std::move(episode)), attempt_{hints, 0} {
  if (!episode_.steps().empty()) shown_ = episode_.steps().size() - 1;
}

EpisodeView Player::view() const {
  return {episode_,        shown_, attempt_, plan_, nullptr, running_ ? &*running_ : nullptr,
          !episode_.done()};
}

void Player::step(const Action& action) {
  if (episode_.done()) return;
  stop();
  episode_.step(action);
  stepped();
}

void Player::play(const Action& action) {
  if (episode_.done() || running_) return;
  running_.emplace(session_.questions.environment(), episode_, action);
  go_on();
}

void Player::go_on() {
  if (!running_ || !running_->go_on()) return;
  running_->finish(episode_);
  running_.reset();
  stepped();
}

void Player::stepped() {
  ++session_.changes;
  shown_ = episode_.steps().size() - 1;
  if (!episode_.done()) return;
  plan_ = session_.gold_plan(episode_.task());
  attempt_.points = session_.score(episode_, attempt_.hints);
}

void Player::show(std::size_t step) {
  if (step >= episode_.steps().size()) return;
  shown_ = step;
  ++session_.changes;
}

void Player::take_hint() {
  if (!episode_.done() && attempt_.hints < kHintLevels) ++attempt_.hints;
}

}  // namespace sqlenv::ui
