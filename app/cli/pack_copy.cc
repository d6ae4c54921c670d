#include "app/cli/pack_copy.h"

#include <set>

#include "app/cli/interrupt.h"
#include "core/wire/pack_json.h"

namespace sqlenv::cli {

Result<void> copy_pack(const PackFiles& files, const WriteFile& write) {
  const Result<PackManifest> manifest = load_manifest(files);
  if (!manifest) return fail(manifest.error());
  std::vector<std::string> paths = {"pack.json"};
  for (const auto& database : manifest->databases) paths.push_back(database.file);
  for (const std::string& file : manifest->question_files) paths.push_back(file);
  std::set<std::string> copied;
  for (const std::string& path : paths) {
    if (!copied.insert(path).second) continue;
    if (Interrupt::seen()) return fail(ErrorCode::kTimeout, "interrupted; nothing was written.");
    if (!stays_inside(path))
      return fail(ErrorCode::kBadPack, "the pack names a file outside of itself.");
    const Result<std::string> bytes = files.read(path);
    if (!bytes) return fail(bytes.error());
    if (auto ok = write(path, *bytes); !ok) return ok;
  }
  return {};
}

}  // namespace sqlenv::cli
