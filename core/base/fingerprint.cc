#include "core/base/fingerprint.h"

namespace sqlenv {
namespace {

// A bijection in which each bit of the input reaches every bit of the output (SplitMix64's last
// step).
std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

// Byte by byte, so that the order of bytes in the machine's words does not matter; compilers make
// one load of it.
std::uint64_t read_word(const char* p, std::size_t size) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < size; ++i)
    word |= std::uint64_t{static_cast<unsigned char>(p[i])} << (8 * i);
  return word;
}

}  // namespace

void Fingerprint::add(std::uint64_t number) {
  low_ = mix(low_ ^ number) + 0x9e3779b97f4a7c15ULL;
  high_ = mix(high_ + low_) ^ number;
}

void Fingerprint::add(std::string_view bytes) {
  add(std::uint64_t{bytes.size()});
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) add(read_word(bytes.data() + at, 8));
  if (at < bytes.size()) add(read_word(bytes.data() + at, bytes.size() - at));
}

}  // namespace sqlenv
