// SHA-256 (FIPS 180-4), used to name the exact contents of a pack in trajectories.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sqlenv {

// Incremental hash. Feed bytes with update(), then call hex() once.
class Sha256 {
 public:
  void update(std::string_view bytes);

  // 64 lower-case hexadecimal digits. The object must not be used afterwards.
  std::string hex();

 private:
  void compress(const unsigned char* block);

  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> pending_ = {};
  std::uint64_t length_ = 0;
};

}  // namespace sqlenv
