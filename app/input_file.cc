#include "app/input_file.h"

#include <algorithm>
#include <fstream>

#include "core/base/text.h"

namespace sqlenv {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kChunk = 8 << 20;

bool leads_outside(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  const fs::path real = fs::canonical(file, error);
  const fs::path root = fs::canonical(folder, error);
  if (error) return true;
  return std::mismatch(root.begin(), root.end(), real.begin(), real.end()).first != root.end();
}

// SQLite keeps changes that are not in the database yet in a file beside it.
std::string why_unfinished(const fs::path& file) {
  std::error_code ignored;
  for (const char* suffix : {"-wal", "-journal"}) {
    const auto size = fs::file_size(fs::path(file) += suffix, ignored);
    if (!ignored && size > 0)
      return "its last changes are still in " + shown_name(file) + suffix +
             "; close the program that uses it and open it once with sqlite3";
  }
  return "";
}

}  // namespace

std::string shown_name(const fs::path& path) {
  const fs::path name = path.has_filename() ? path.filename() : path.parent_path().filename();
  return valid_utf8(name.string());
}

std::string why_unreadable(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (status.type() == fs::file_type::not_found) return "the file is not there";
  if (error) return "it may not be read";
  if (!fs::is_regular_file(status)) return "it is not a plain file";
  if (!folder.empty() && leads_outside(file, folder)) return "it is a link to outside the folder";
  return "";
}

Result<NamedBytes> read_input(const fs::path& file, std::int64_t limit,
                              const std::function<bool()>& stopped) {
  NamedBytes input{shown_name(file), ""};
  std::error_code error;
  const auto size = static_cast<std::int64_t>(fs::file_size(file, error));
  std::ifstream in(file, std::ios::binary);
  if (error || !in) return fail(ErrorCode::kNotFound, input.name + " may not be read.");
  if (auto ok = check_size(input.name, size, limit); !ok) return fail(ok.error());
  input.bytes.resize(static_cast<std::size_t>(size));
  for (std::int64_t at = 0; at < size && in; at += kChunk) {
    if (stopped && stopped()) return fail(ErrorCode::kTimeout, "reading was stopped.");
    in.read(input.bytes.data() + at, std::min(kChunk, size - at));
  }
  if (!in) return fail(ErrorCode::kNotFound, input.name + " cannot be read to its end.");
  return input;
}

Result<NamedBytes> read_database_file(const fs::path& file, std::int64_t limit,
                                      const std::function<bool()>& stopped) {
  if (const std::string why = why_unfinished(file); !why.empty())
    return fail(ErrorCode::kNotFound, why + ".");
  return read_input(file, limit, stopped);
}

}  // namespace sqlenv
