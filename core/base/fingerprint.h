// Fingerprint: 128 bits that tell one sequence of texts and numbers from another, the same on every
// platform.
//
// It recognises inputs that were seen before. It is no use for secrets or files: anybody can make
// two inputs collide, but gains nothing here. Each add() is framed, so "ab", "c" differs from "a",
// "bc". A value type.
#pragma once

#include <cstdint>
#include <string_view>

namespace sqlenv {

class Fingerprint {
 public:
  // Two lanes, each a bijection of its state for every number.
  void add(std::uint64_t number) {
    low_ = (low_ ^ number) * 0xbf58476d1ce4e5b9ULL;
    low_ ^= low_ >> 29;
    high_ = (high_ + number) * 0x94d049bb133111ebULL;
    high_ ^= high_ >> 32;
  }
  void add(std::string_view bytes);

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
  friend bool operator<(const Fingerprint& a, const Fingerprint& b) {
    return a.high_ != b.high_ ? a.high_ < b.high_ : a.low_ < b.low_;
  }

 private:
  std::uint64_t high_ = 0x243f6a8885a308d3;  // the fraction of pi
  std::uint64_t low_ = 0x13198a2e03707344;
};

}  // namespace sqlenv
