#include "core/task/archive_writer.h"

#include <cstdint>

namespace sqlenv {
namespace {

// The header of POSIX.1-1988 "ustar": fields at fixed places in one block.
constexpr std::size_t kBlock = 512;
constexpr std::size_t kNameSize = 100;
constexpr std::size_t kPrefixSize = 155;
constexpr std::size_t kChecksumAt = 148;
constexpr std::uint64_t kMaxSize = (std::uint64_t{1} << 33) - 1;  // eleven octal digits

void put(std::string& block, std::size_t at, std::string_view text) {
  block.replace(at, text.size(), text);
}

// Octal digits with zeros in front; a zero byte follows.
void put_octal(std::string& block, std::size_t at, std::size_t width, std::uint64_t value) {
  for (std::size_t i = width - 1; i-- > 0; value >>= 3)
    block[at + i] = static_cast<char>('0' + (value & 7));
}

// The place at which a path splits into prefix and name; npos if there is none.
std::size_t cut_of(const std::string& path) {
  if (path.size() <= kNameSize) return 0;
  const std::size_t slash = path.find('/', path.size() - kNameSize - 1);
  return slash == std::string::npos || slash > kPrefixSize ? std::string::npos : slash;
}

}  // namespace

Result<void> ArchiveWriter::add(const std::string& path, std::string_view bytes) {
  const std::size_t cut = cut_of(path);
  const std::uint64_t size = bytes.size();
  if (path.empty() || cut == std::string::npos || size > kMaxSize)
    return fail(ErrorCode::kBadPack, "the name or size of " + path + " is beyond what tar holds.");
  std::string header(kBlock, '\0');
  put(header, 0, cut == 0 ? path : path.substr(cut + 1));
  put_octal(header, 100, 8, 0644);
  put_octal(header, 108, 8, 0);
  put_octal(header, 116, 8, 0);
  put_octal(header, 124, 12, size);
  put_octal(header, 136, 12, 0);
  put(header, 156, "0");
  put(header, 257, std::string_view("ustar\00000", 8));
  put(header, 345, path.substr(0, cut));
  put(header, kChecksumAt, "        ");
  std::uint64_t sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put_octal(header, kChecksumAt, 7, sum);
  header[kChecksumAt + 6] = '\0';
  sink_(header);
  sink_(bytes);
  if (bytes.size() % kBlock != 0) sink_(std::string(kBlock - bytes.size() % kBlock, '\0'));
  return {};
}

void ArchiveWriter::finish() { sink_(std::string(2 * kBlock, '\0')); }

}  // namespace sqlenv
