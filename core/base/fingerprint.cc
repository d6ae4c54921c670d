#include "core/base/fingerprint.h"

namespace sqlenv {
namespace {

// Reads byte by byte, so that the machine's byte order does not matter; compilers make it one load.
std::uint64_t read_word(const char* p, std::size_t size) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < size; ++i)
    word |= std::uint64_t{static_cast<unsigned char>(p[i])} << (8 * i);
  return word;
}

}  // namespace

void Fingerprint::add(std::string_view bytes) {
  add(std::uint64_t{bytes.size()});
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) add(read_word(bytes.data() + at, 8));
  if (at < bytes.size()) add(read_word(bytes.data() + at, bytes.size() - at));
}

}  // namespace sqlenv
