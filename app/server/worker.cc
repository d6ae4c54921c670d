#include "app/server/worker.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>

namespace sqlenv {
namespace {

// Readable, and exact in a JSON reader that holds numbers as doubles.
constexpr std::uint64_t kSeeds = std::uint64_t{1} << 32;

}  // namespace

Worker::Worker(std::shared_ptr<const Catalog> catalog, std::chrono::milliseconds query_time,
               const std::atomic<bool>& stopping, std::uint64_t random_seed)
    : environment_(std::move(catalog)), query_time_(query_time), random_(random_seed) {
  environment_.keep_tables(
      false);  // clients decide how many there are, and nothing here reads them
  environment_.keep_tables(false);
  environment_.query_limits().deadline_passed = [this, &stopping] {
    return stopping.load(std::memory_order_relaxed) || Clock::now() >= deadline_;
  };
}

Result<Episode> Worker::reset(const ResetRequest& request) {
  ResetOptions options = request.options;
  if (!request.has_seed) options.seed = random_.below(kSeeds);
  return environment_.reset(options);
}

StepResult Worker::step(Episode& episode, const Action& action,
                        std::optional<std::chrono::milliseconds> limit) {
  deadline_ = Clock::now() + std::min(query_time_, limit.value_or(query_time_));
  return episode.step(action);
}

std::string Worker::new_episode_id() {
  const std::uint64_t high = (random_.next() & ~std::uint64_t{0xf000}) | 0x4000;  // version 4
  const std::uint64_t low = (random_.next() >> 2) | (std::uint64_t{2} << 62);     // variant 1
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
