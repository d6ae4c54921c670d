#include "app/cli/pack_draft.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>
#include <utility>

namespace sqlenv::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kChunk = 4 << 20;

bool may_replace(const fs::path& target) {
  std::error_code ignored;
  return !fs::exists(fs::symlink_status(target, ignored)) ||
         (fs::is_directory(target, ignored) &&
          (fs::is_empty(target, ignored) || fs::exists(target / "pack.json", ignored)));
}

// Removes a trailing '/', so that the path has a name and a folder around it.
fs::path clean(const fs::path& target) {
  const fs::path absolute = fs::absolute(target).lexically_normal();
  return absolute.has_filename() ? absolute : absolute.parent_path();
}

// Makes the folder and those around it. Returns the ones that did not exist.
std::vector<fs::path> make_folders(const fs::path& folder) {
  std::vector<fs::path> made;
  std::error_code ignored;
  for (fs::path at = folder; !at.empty() && !fs::exists(at, ignored); at = at.parent_path())
    made.insert(made.begin(), at);
  fs::create_directories(folder, ignored);
  return made;
}

void clear(const fs::path& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    fs::remove_all(entry.path(), ignored);
}

// Exchanges the names of the draft and of what is at the target.
bool exchange(const fs::path& draft, const fs::path& target) {
#ifdef RENAME_EXCHANGE
  if (renameat2(AT_FDCWD, draft.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0)
    return true;
#endif
  std::error_code error;
  fs::path old = draft;
  old += ".old";
  fs::rename(target, old, error);
  if (error) return false;
  fs::rename(draft, target, error);
  if (error) {
    fs::rename(old, target, error);
    return false;
  }
  fs::rename(old, draft, error);
  return true;
}

tl::unexpected<Error> cannot_write(const fs::path& path) {
  return fail(ErrorCode::kNotFound, "cannot write " + path.filename().string() +
                                        "; is there room, and may you write there?");
}

}  // namespace

Result<PackDraft> PackDraft::begin(const fs::path& target) {
  PackDraft draft;
  draft.target_ = clean(target);
  if (!may_replace(draft.target_))
    return fail(ErrorCode::kBadOption,
                "the output exists and is not a pack; name another with --output.");
  const fs::path around = draft.target_.parent_path();
  draft.made_ = make_folders(around);
  const fs::path folder = around / ("." + draft.target_.filename().string() + ".partial");
  std::error_code ignored;
  fs::create_directory(folder, ignored);
  draft.lock_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (draft.lock_ < 0) return cannot_write(draft.target_);
  if (flock(draft.lock_, LOCK_EX | LOCK_NB) != 0)
    return fail(ErrorCode::kBadOption, "another program is writing this pack; try again later.");
  draft.folder_ = folder;
  clear(folder);
  return draft;
}

PackDraft::PackDraft(PackDraft&& other) noexcept
    : target_(std::move(other.target_)),
      folder_(std::exchange(other.folder_, {})),
      made_(std::exchange(other.made_, {})),
      lock_(std::exchange(other.lock_, -1)) {}

PackDraft::~PackDraft() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
  if (lock_ >= 0) ::close(lock_);
  // Removes only folders that are empty again.
  for (auto folder = made_.rbegin(); folder != made_.rend(); ++folder) fs::remove(*folder, ignored);
}

Result<void> PackDraft::write(const std::string& path, std::string_view bytes,
                              const std::function<bool()>& stopped) {
  const fs::path file = folder_ / path;
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);
  std::ofstream out(file, std::ios::binary);
  for (std::size_t at = 0; at < bytes.size() && out; at += kChunk) {
    if (stopped && stopped()) return fail(ErrorCode::kTimeout, "writing was stopped.");
    const std::string_view chunk = bytes.substr(at, kChunk);
    out.write(chunk.data(), static_cast<std::streamsize>(chunk.size()));
  }
  out.close();
  if (!out) return cannot_write(path);
  return {};
}

Result<void> PackDraft::commit() {
  std::error_code error;
  if (fs::exists(target_, error)) {
    if (!exchange(folder_, target_)) return cannot_write(target_);
    fs::remove_all(folder_, error);
  } else {
    fs::rename(folder_, target_, error);
    if (error) return cannot_write(target_);
  }
  folder_.clear();
  made_.clear();
  return {};
}

}  // namespace sqlenv::cli
