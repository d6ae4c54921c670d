#include "core/task/pack_files.h"

namespace sqlenv {
namespace {

constexpr std::size_t kTarBlock = 512;

std::string_view field(std::string_view header, std::size_t offset, std::size_t size) {
  const std::string_view raw = header.substr(offset, size);
  return raw.substr(0, raw.find('\0'));
}

// Reads an octal number of tar; npos if it is none.
std::size_t octal(std::string_view digits) {
  std::size_t value = 0;
  for (char c : digits) {
    if (c == ' ') continue;
    if (c < '0' || c > '7') return std::string_view::npos;
    value = value * 8 + static_cast<std::size_t>(c - '0');
  }
  return value;
}

std::string entry_name(std::string_view header) {
  const std::string prefix(field(header, 345, 155));
  std::string name(field(header, 0, 100));
  if (!prefix.empty()) name = prefix + "/" + name;
  return name.starts_with("./") ? name.substr(2) : name;
}

}  // namespace

bool stays_inside(std::string_view path) {
  if (path.empty() || path.find('\0') != std::string_view::npos ||
      path.find('\\') != std::string_view::npos)
    return false;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = path.find('/');
    const std::string_view part = path.substr(0, end);
    if (part.empty() || part == "." || part == "..") return false;
    if (end != std::string_view::npos) path.remove_prefix(end + 1);
  }
  return true;
}

Result<ArchiveFiles> ArchiveFiles::open(std::string_view archive) {
  ArchiveFiles files;
  while (archive.size() >= kTarBlock && archive.front() != '\0') {
    const std::string_view header = archive.substr(0, kTarBlock);
    const std::size_t size = octal(field(header, 124, 12));
    if (header.substr(257, 5) != "ustar" || size > archive.size() - kTarBlock)
      return fail(ErrorCode::kBadPack, "the pack archive is damaged or cut short.");
    const char kind = header[156];
    if (kind == '0' || kind == '\0')
      files.files_[entry_name(header)] = std::string(archive.substr(kTarBlock, size));
    const std::size_t padded = (size + kTarBlock - 1) / kTarBlock * kTarBlock;
    archive.remove_prefix(std::min(kTarBlock + padded, archive.size()));
  }
  if (files.files_.empty()) return fail(ErrorCode::kBadPack, "the pack archive holds no files.");
  return files;
}

Result<std::string> ArchiveFiles::read(const std::string& path) const {
  const auto found = files_.find(path);
  if (found == files_.end())
    return fail(ErrorCode::kNotFound, "the pack has no file " + path + ".");
  return found->second;
}

}  // namespace sqlenv
