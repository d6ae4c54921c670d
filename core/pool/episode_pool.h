// EpisodePool: many slots (core/pool/slot.h), played by worker threads. Native only.
//
// send() queues commands, at most one for each slot, and returns; recv() gives answers in the order
// in which they are ready. A slot always belongs to the same worker, which has its own Environment.
// A lock is held only while a batch enters a worker's queue and an answer enters the queue of
// recv(), never while an episode is played. The number of workers changes the order of answers
// alone.
//
// All functions belong to one thread at a time, the caller's. Without workers, send() plays in that
// thread. A slot is busy from send() until recv() has given its answer; only then may it be read or
// sent to again. The destructor waits for running steps and drops the rest.
//
//   EpisodePool pool(catalog, {.slots = 64, .threads = 2});
//   pool.send(commands);
//   for (PoolAnswer& one : pool.recv(pool.owed())) use(one.slot, one.answer);
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <variant>
#include <vector>

#include "core/pool/slot.h"

namespace sqlenv {

struct PoolOptions {
  int slots = 1;
  int threads = 1;  // 0: the caller's thread plays
  Autoreset autoreset = Autoreset::kNextStep;
};

struct PoolCommand {
  struct Begin {
    ResetOptions options;
    std::optional<std::uint64_t> seed;
  };
  struct Adopt {
    std::shared_ptr<const Episode>
        episode;  // of the pool's catalog; must not change until the answer
  };
  struct Load {
    std::string saved;
  };

  int slot = 0;
  std::variant<Action, Begin, Adopt, Load> what;
};

struct PoolAnswer {
  int slot = 0;
  std::size_t position = 0;  // of its command in its send()
  SlotAnswer answer;
};

class EpisodePool {
 public:
  // REQUIRES: slots >= 1, threads >= 0.
  EpisodePool(std::shared_ptr<const Catalog> catalog, const PoolOptions& options);
  ~EpisodePool();
  EpisodePool(const EpisodePool&) = delete;
  EpisodePool& operator=(const EpisodePool&) = delete;

  const Catalog& catalog() const { return *catalog_; }
  int slots() const { return static_cast<int>(slots_.size()); }

  // REQUIRES: no slot occurs twice or is busy; an Action goes to a slot that has an episode.
  void send(std::vector<PoolCommand> commands);

  // The next `count` answers, in the order in which they came. REQUIRES: count <= owed().
  std::vector<PoolAnswer> recv(std::size_t count);

  // The number of answers that recv() has yet to give.
  std::size_t owed() const { return owed_; }
  bool busy(int slot) const { return busy_[static_cast<std::size_t>(slot)]; }

  // REQUIRES: !busy(slot). The reference must not be used once the slot is busy again.
  const Slot& slot(int slot) const;

 private:
  class Worker;

  Worker& worker_of(int slot);
  void put(PoolAnswer answer);

  std::shared_ptr<const Catalog> catalog_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<bool> busy_;
  std::size_t owed_ = 0;

  std::mutex mutex_;  // guards the members below
  std::condition_variable enough_;
  std::vector<PoolAnswer> answers_;
  std::size_t wanted_ = 0;  // recv() sleeps until there are this many; 0: it does not sleep
};

}  // namespace sqlenv
