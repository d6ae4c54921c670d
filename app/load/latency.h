// Latency: a histogram of times, in buckets of at most 1.6 % width, from a nanosecond to an hour.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstdint>

namespace sqlenv {

class Latency {
 public:
  void add(std::chrono::nanoseconds time) {
    const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 0));
    ++buckets_[bucket(value)];
    ++count_;
    max_ = std::max(max_, value);
  }

  void merge(const Latency& other) {
    for (std::size_t i = 0; i < kBuckets; ++i) buckets_[i] += other.buckets_[i];
    count_ += other.count_;
    max_ = std::max(max_, other.max_);
  }

  std::int64_t count() const { return static_cast<std::int64_t>(count_); }
  double max_milliseconds() const { return static_cast<double>(max_) / 1e6; }

  // The upper bound of the bucket in which the share `part` (0 to 1) of all times lies; 0 if there
  // are no times.
  double percentile_milliseconds(double part) const {
    const auto wanted = static_cast<std::uint64_t>(part * static_cast<double>(count_));
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < kBuckets; ++i) {
      below += buckets_[i];
      if (below > 0 && below >= wanted)
        return static_cast<double>(std::min(upper_bound(i), max_)) / 1e6;
    }
    return 0;
  }

 private:
  static constexpr int kBits = 6;  // 64 buckets for each power of two
  static constexpr std::uint64_t kPart = 1 << kBits;
  static constexpr std::size_t kBuckets = 37 * kPart;  // up to 2^42 ns, over an hour

  static std::size_t bucket(std::uint64_t value) {
    if (value < kPart) return value;
    const int shift = static_cast<int>(std::bit_width(value)) - 1 - kBits;
    const std::uint64_t index =
        static_cast<std::uint64_t>(shift + 1) * kPart + ((value >> shift) - kPart);
    return std::min<std::size_t>(index, kBuckets - 1);
  }
  static std::uint64_t upper_bound(std::size_t index) {
    if (index < kPart) return index;
    const auto shift = index / kPart - 1;
    return ((kPart + index % kPart + 1) << shift) - 1;
  }

  std::array<std::uint64_t, kBuckets> buckets_{};
  std::uint64_t count_ = 0;
  std::uint64_t max_ = 0;
};

}  // namespace sqlenv
