#include "core/pool/episode_pool.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <thread>
#include <utility>

#include "core/base/check.h"

namespace sqlenv {
namespace {

struct Perform {
  Slot& slot;
  SlotAnswer operator()(const Action& action) const { return slot.step(action); }
  SlotAnswer operator()(const PoolCommand::Begin& begin) const {
    return slot.begin(begin.options, begin.seed);
  }
  SlotAnswer operator()(const PoolCommand::Adopt& adopt) const {
    return slot.adopt(*adopt.episode);
  }
  SlotAnswer operator()(const PoolCommand::Load& load) const { return slot.load(load.saved); }
};

}  // namespace

// An Environment and its slots, played by an own thread or by the caller's.
class EpisodePool::Worker {
 public:
  struct Job {
    PoolCommand command;
    std::size_t position;
    Slot* slot;
  };

  Worker(EpisodePool& pool, bool has_thread) : environment(pool.catalog_), pool_(pool) {
    environment.keep_tables(false);
    if (has_thread) thread_ = std::thread([this] { run(); });
  }

  ~Worker() {
    if (!thread_.joinable()) return;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stopped_.store(true, std::memory_order_relaxed);
    }
    work_.notify_one();
    thread_.join();
  }

  // Jobs that send() gathers; hand_over() passes them to the worker together.
  std::vector<Job> gathered;

  void hand_over() {
    if (gathered.empty()) return;
    if (!thread_.joinable()) return perform(std::exchange(gathered, {}));
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (queue_.empty()) queue_.swap(gathered);
      else std::move(gathered.begin(), gathered.end(), std::back_inserter(queue_));
    }
    gathered.clear();
    work_.notify_one();
  }

  Environment environment;

 private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
      work_.wait(lock, [this] { return stopped() || !queue_.empty(); });
      if (stopped()) return;
      std::vector<Job> jobs = std::exchange(queue_, {});
      lock.unlock();
      perform(std::move(jobs));
      lock.lock();
    }
  }

  void perform(std::vector<Job> jobs) {
    for (Job& job : jobs) {
      if (stopped()) return;
      pool_.put({job.command.slot, job.position, std::visit(Perform{*job.slot}, job.command.what)});
    }
  }

  bool stopped() const { return stopped_.load(std::memory_order_relaxed); }

  EpisodePool& pool_;
  std::mutex mutex_;  // guards the queue
  std::condition_variable work_;
  std::vector<Job> queue_;
  std::atomic<bool> stopped_ = false;
  std::thread thread_;
};

EpisodePool::EpisodePool(std::shared_ptr<const Catalog> catalog, const PoolOptions& options)
    : catalog_(std::move(catalog)), busy_(static_cast<std::size_t>(options.slots)) {
  SQLENV_CHECK(options.slots >= 1 && options.threads >= 0);
  const int workers = std::clamp(options.threads, 1, options.slots);
  for (int i = 0; i < workers; ++i)
    workers_.push_back(std::make_unique<Worker>(*this, options.threads > 0));
  for (int i = 0; i < options.slots; ++i)
    slots_.push_back(std::make_unique<Slot>(worker_of(i).environment, options.autoreset));
}

EpisodePool::~EpisodePool() {
  workers_.clear();  // joins the threads, which use the slots
}

EpisodePool::Worker& EpisodePool::worker_of(int slot) {
  return *workers_[static_cast<std::size_t>(slot) % workers_.size()];
}

const Slot& EpisodePool::slot(int slot) const {
  SQLENV_CHECK(!busy(slot));
  return *slots_[static_cast<std::size_t>(slot)];
}

void EpisodePool::send(std::vector<PoolCommand> commands) {
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const auto index = static_cast<std::size_t>(commands[i].slot);
    SQLENV_CHECK(!busy_[index]);
    busy_[index] = true;
    worker_of(commands[i].slot)
        .gathered.push_back({std::move(commands[i]), i, slots_[index].get()});
  }
  owed_ += commands.size();
  for (const auto& worker : workers_) worker->hand_over();
}

void EpisodePool::put(PoolAnswer answer) {
  bool enough = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    answers_.push_back(std::move(answer));
    enough = answers_.size() == wanted_;
  }
  if (enough) enough_.notify_one();
}

std::vector<PoolAnswer> EpisodePool::recv(std::size_t count) {
  SQLENV_CHECK(count <= owed_);
  std::vector<PoolAnswer> taken;
  {
    std::unique_lock<std::mutex> lock(mutex_);
    wanted_ = count;
    enough_.wait(lock, [this, count] { return answers_.size() >= count; });
    wanted_ = 0;
    if (answers_.size() == count) {
      taken = std::exchange(answers_, {});
    } else {
      const auto end = answers_.begin() + static_cast<std::ptrdiff_t>(count);
      taken.assign(std::make_move_iterator(answers_.begin()), std::make_move_iterator(end));
      answers_.erase(answers_.begin(), end);
    }
  }
  owed_ -= count;
  for (const PoolAnswer& one : taken) busy_[static_cast<std::size_t>(one.slot)] = false;
  return taken;
}

}  // namespace sqlenv
