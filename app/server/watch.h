// WatchBoard: the board on which the sessions of a server can be watched, if its operator allows
// that.
//
// A session shows what its agent may read, and nothing else: the action, the observation, the
// reward. The board has a fixed number of places, so that its memory is bounded however many
// sessions there are; a session that finds none is not shown, and tries again with its next
// episode. The board numbers the sessions in the order in which they came, since their own ids give
// access to them. Any thread; a place has a lock of its own, which its session and its watchers
// share. A server whose sessions may not be watched has no board, and then a step takes no lock.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "core/wire/watch_json.h"

namespace sqlenv {

class WatchBoard {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::size_t kPlaces = 64;
  static constexpr std::size_t kMostSteps = 64;  // the last ones of an episode
  static constexpr std::size_t kMostTextBytes =
      2'000;  // each of an argument, a result and an error
  static constexpr std::size_t kMostSchemaBytes = 8'000;

  // A place that was unused for this long may be taken from a session that has not ended.
  static constexpr std::chrono::seconds kRest{60};

  // `server` names this board in all replies, so that a client notices another one behind the same
  // address.
  explicit WatchBoard(std::string server) : server_(std::move(server)) {}

  // Lists the sessions that are shown, the last ones first.
  std::string list() const;

  // Shows one session, with the steps after the first `after` of its episode `episode`, or all
  // steps if it plays another episode. None if no session of that number is shown.
  std::optional<std::string> session(std::uint64_t number, std::uint64_t episode,
                                     std::uint64_t after) const;

 private:
  friend class Watched;

  struct Place {
    mutable std::mutex mutex;
    WatchedSession shown;  // number 0: the place is free
    Clock::time_point last_used;
  };

  std::size_t free_place(Clock::time_point now) const;
  bool take(std::size_t& place, std::uint64_t& number, Clock::time_point now);

  const std::string server_;
  std::mutex taking_;
  std::uint64_t taken_ = 0;
  std::array<Place, kPlaces> places_;
};

// A session's part of the board. Shows nothing until begin() is called with a board. Belongs to the
// session.
class Watched {
 public:
  using Clock = WatchBoard::Clock;

  Watched() = default;
  Watched(Watched&& other) noexcept { *this = std::move(other); }
  Watched& operator=(Watched&& other) noexcept;
  ~Watched() { end(); }

  // Shows that the session has begun an episode. `board`, which outlives this, may be null.
  void begin(WatchBoard* board, const StepResult& first,
             std::optional<Clock::time_point> now = std::nullopt) {
    if (board != nullptr) show_first(*board, first, now ? *now : Clock::now());
  }
  void step(const Action& action, const StepResult& result,
            std::optional<Clock::time_point> now = std::nullopt) {
    if (board_ != nullptr) show(action, result, now ? *now : Clock::now());
  }

 private:
  void show_first(WatchBoard& board, const StepResult& first, Clock::time_point now);
  void show(const Action& action, const StepResult& result, Clock::time_point now);
  void end();

  WatchBoard* board_ = nullptr;  // null: this has no place
  std::size_t place_ = 0;
  std::uint64_t number_ = 0;
};

}  // namespace sqlenv
