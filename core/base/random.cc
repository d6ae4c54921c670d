#include "core/base/random.h"

#include "core/base/check.h"

namespace sqlenv {

std::uint64_t Random::next() {
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

std::uint64_t Random::below(std::uint64_t bound) {
  SQLENV_CHECK(bound > 0);
  // Values under `excess` would make the low residues one draw likelier than the rest.
  const std::uint64_t excess = (0 - bound) % bound;
  std::uint64_t value = next();
  while (value < excess) value = next();
  return value % bound;
}

}  // namespace sqlenv
