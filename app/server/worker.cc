#include "app/server/worker.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>

#include "app/server/detour.h"

namespace sqlenv {
namespace {

// Seeds are short, and exact in JSON readers that hold numbers as doubles.
constexpr std::uint64_t kSeeds = std::uint64_t{1} << 32;

// What a query may take on the event loop: about 3 ms, and 40 at worst.
constexpr std::int64_t kOperationsAtOnce = 200'000;

}  // namespace

Worker::Worker(std::shared_ptr<const Catalog> catalog, std::chrono::milliseconds query_time,
               const std::atomic<bool>& stopping, std::uint64_t random_seed,
               std::shared_ptr<WorkerMetrics> metrics)
    : environment_(std::move(catalog)),
      query_time_(query_time),
      random_(random_seed),
      metrics_(std::move(metrics)) {
  // Clients decide how many tables there are, and nothing here reads them.
  environment_.keep_tables(false);
  environment_.query_limits().deadline_passed = [this, &stopping] {
    return stopping.load(std::memory_order_relaxed) || Clock::now() >= deadline_;
  };
}

Result<Episode> Worker::reset(const ResetRequest& request) {
  Result<Episode> episode = begin(request);
  if (episode) metrics_->resets.add();
  return episode;
}

Result<Episode> Worker::begin(const ResetRequest& request) {
  if (const Detour* detour = FinishedDetour::current(); detour != nullptr && detour->is_reset()) {
    if (detour->error()) return fail(*detour->error());
    return environment_.adopt(detour->episode());
  }
  ResetOptions options = request.options;
  if (!request.has_seed) options.seed = random_.below(kSeeds);
  const Result<Task> task = environment_.choose(options);
  if (!task) return fail(task.error());
  if (takes_detours_ && !environment_.knows_gold(*task))
    throw NeedsDetour{std::make_shared<Detour>(std::move(options))};
  return environment_.start(*task, options);
}

StepResult Worker::step(Episode& episode, const Action& action,
                        std::optional<std::chrono::milliseconds> limit, std::uint64_t turn) {
  Detour* const detour = FinishedDetour::current();
  if (detour != nullptr && !detour->is_reset() && detour->turn() == turn && !detour->error()) {
    episode = *environment_.adopt(detour->episode());
    metrics_->count_step(detour->taken(), detour->result().error);
    return std::move(detour->result());
  }
  const Clock::time_point begin = Clock::now();
  const std::chrono::milliseconds time = std::min(query_time_, limit.value_or(query_time_));
  deadline_ = begin + time;
  std::optional<StepResult> result;
  if (!takes_detours_) result = episode.step(action);
  else if (!(result = episode.step_within(action, kOperationsAtOnce)))
    throw NeedsDetour{std::make_shared<Detour>(episode, turn, action, time)};
  metrics_->count_step(Clock::now() - begin, result->error);
  return std::move(*result);
}

std::string uuid(std::uint64_t high, std::uint64_t low) {
  high = (high & ~std::uint64_t{0xf000}) | 0x4000;  // version 4
  low = (low >> 2) | (std::uint64_t{2} << 62);      // variant 1
  std::array<char, 37> text;
  std::snprintf(text.data(), text.size(), "%08x-%04x-%04x-%04x-%012llx",
                static_cast<unsigned>(high >> 32), static_cast<unsigned>(high >> 16 & 0xffff),
                static_cast<unsigned>(high & 0xffff), static_cast<unsigned>(low >> 48),
                static_cast<unsigned long long>(low & 0xffffffffffff));
  return text.data();
}

std::uint64_t entropy() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

}  // namespace sqlenv
