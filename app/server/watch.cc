#include "app/server/watch.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"

namespace sqlenv {
namespace {

void show_observation(WatchedSession& shown, const StepResult& result) {
  const Observation& observation = result.observation;
  shown.question = shorten(observation.question, WatchBoard::kMostTextBytes);
  shown.schema_info = shorten(observation.schema_info, WatchBoard::kMostSchemaBytes);
  shown.step_count = observation.step_count;
  shown.budget_remaining = observation.budget_remaining;
  shown.done = result.done;
}

WatchedStep step_of(const Action& action, const StepResult& result) {
  constexpr std::size_t kMost = WatchBoard::kMostTextBytes;
  const Observation& observation = result.observation;
  return {observation.step_count,
          {shorten(action.action_type, 40), shorten(action.argument, kMost)},
          shorten(observation.result, kMost),
          shorten(observation.error, kMost),
          result.reward};
}

WatchedSession head_of(const WatchedSession& shown) {
  WatchedSession head;
  head.session = shown.session;
  head.episode = shown.episode;
  head.question = shown.question;
  head.step_count = shown.step_count;
  head.budget_remaining = shown.budget_remaining;
  head.done = shown.done;
  head.ended = shown.ended;
  return head;
}

}  // namespace

std::string WatchBoard::list() const {
  std::vector<WatchedSession> sessions;
  for (const Place& place : places_) {
    const std::lock_guard lock(place.mutex);
    if (place.shown.session != 0) sessions.push_back(head_of(place.shown));
  }
  std::sort(sessions.begin(), sessions.end(),
            [](const auto& a, const auto& b) { return a.session > b.session; });
  return watch_list_json(server_, sessions);
}

std::optional<std::string> WatchBoard::session(std::uint64_t number, std::uint64_t episode,
                                               std::uint64_t after) const {
  for (const Place& place : places_) {
    std::unique_lock lock(place.mutex);
    if (number == 0 || place.shown.session != number) continue;
    WatchedSession copy = place.shown;
    lock.unlock();
    if (copy.episode == episode)
      std::erase_if(copy.steps, [&](const WatchedStep& step) {
        return static_cast<std::uint64_t>(step.step) <= after;
      });
    return watched_session_json(server_, copy);
  }
  return std::nullopt;
}

// A free place, or else the one that its session left first, or else one that is long unused.
// kPlaces if there is none.
std::size_t WatchBoard::free_place(Clock::time_point now) const {
  std::size_t best = kPlaces;
  Clock::time_point best_used;
  for (std::size_t i = 0; i < kPlaces; ++i) {
    const Place& place = places_[i];
    const std::lock_guard lock(place.mutex);
    if (place.shown.session == 0) return i;
    if (!place.shown.ended && now - place.last_used < kRest) continue;
    if (best < kPlaces && place.last_used >= best_used) continue;
    best = i;
    best_used = place.last_used;
  }
  return best;
}

bool WatchBoard::take(std::size_t& place, std::uint64_t& number, Clock::time_point now) {
  const std::lock_guard taking(taking_);
  place = free_place(now);
  if (place == kPlaces) return false;
  number = ++taken_;
  Place& taken = places_[place];
  const std::lock_guard lock(taken.mutex);
  taken.shown = WatchedSession();
  taken.shown.session = number;
  taken.last_used = now;
  return true;
}

Watched& Watched::operator=(Watched&& other) noexcept {
  if (this == &other) return *this;
  end();
  board_ = std::exchange(other.board_, nullptr);
  place_ = other.place_;
  number_ = other.number_;
  return *this;
}

void Watched::show_first(WatchBoard& board, const StepResult& first, Clock::time_point now) {
  for (int tries = 0; tries < 2; ++tries) {
    if (board_ == nullptr && !board.take(place_, number_, now)) return;
    board_ = &board;
    WatchBoard::Place& place = board.places_[place_];
    const std::lock_guard lock(place.mutex);
    if (place.shown.session == number_) {
      ++place.shown.episode;
      place.shown.steps.clear();
      place.last_used = now;
      return show_observation(place.shown, first);
    }
    board_ = nullptr;  // another session has taken the place
  }
}

void Watched::show(const Action& action, const StepResult& result, Clock::time_point now) {
  WatchBoard::Place& place = board_->places_[place_];
  WatchedStep step = step_of(action, result);
  const std::lock_guard lock(place.mutex);
  if (place.shown.session != number_) {
    board_ = nullptr;
    return;
  }
  std::vector<WatchedStep>& steps = place.shown.steps;
  if (steps.size() == WatchBoard::kMostSteps) steps.erase(steps.begin());
  steps.push_back(std::move(step));
  place.last_used = now;
  show_observation(place.shown, result);
}

void Watched::end() {
  if (board_ == nullptr) return;
  WatchBoard::Place& place = std::exchange(board_, nullptr)->places_[place_];
  const std::lock_guard lock(place.mutex);
  if (place.shown.session == number_) place.shown.ended = true;
}

}  // namespace sqlenv
