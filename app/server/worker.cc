#include "app/server/worker.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>

namespace sqlenv {
namespace {

// Seeds are short, and exact in JSON readers that hold numbers as doubles.
constexpr std::uint64_t kSeeds = std::uint64_t{1} << 32;

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
  ResetOptions options = request.options;
  if (!request.has_seed) options.seed = random_.below(kSeeds);
  Result<Episode> episode = environment_.reset(options);
  if (episode) metrics_->resets.add();
  return episode;
}

StepResult Worker::step(Episode& episode, const Action& action,
                        std::optional<std::chrono::milliseconds> limit) {
  const Clock::time_point begin = Clock::now();
  deadline_ = begin + std::min(query_time_, limit.value_or(query_time_));
  StepResult result = episode.step(action);
  metrics_->count_step(Clock::now() - begin, result.error);
  return result;
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
