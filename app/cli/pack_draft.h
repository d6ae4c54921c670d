// PackDraft: a folder that becomes a pack all at once, or never.
//
// Files are written into a hidden folder beside the target; commit() puts it in the target's place,
// on Linux in one step even where a pack is replaced. Destroying the draft before that leaves
// everything as it was; the files of a killed program are removed by the next draft of the same
// target. A lock keeps two programs from drafting the same target. For one thread.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace sqlenv::cli {

class PackDraft {
 public:
  // BAD_OPTION if the target is there and neither an empty folder nor a pack, or if another program
  // drafts it; NOT_FOUND if the folder around it cannot be written to.
  static Result<PackDraft> begin(const std::filesystem::path& target);

  PackDraft(PackDraft&& other) noexcept;
  PackDraft& operator=(PackDraft&&) = delete;
  ~PackDraft();

  // `path` is relative and stays inside. TIMEOUT if `stopped` returned true meanwhile.
  Result<void> write(const std::string& path, std::string_view bytes,
                     const std::function<bool()>& stopped = {});

  Result<void> commit();

  const std::filesystem::path& folder() const { return folder_; }
  const std::filesystem::path& target() const { return target_; }

 private:
  PackDraft() = default;

  std::filesystem::path target_;
  std::filesystem::path folder_;
  std::vector<std::filesystem::path> made_;  // folders around the target, the outermost first
  int lock_ = -1;
};

}  // namespace sqlenv::cli
