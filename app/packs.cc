#include "app/packs.h"

#include <cstdlib>
#include <iostream>
#include <optional>

#include "core/task/folder_files.h"
#include "core/wire/pack_json.h"

namespace sqlenv {
namespace {

namespace fs = std::filesystem;

const char* variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr || *value == '\0' ? nullptr : value;
}

// The bundled or imported pack of that name.
std::optional<fs::path> kept_pack(const std::string& name) {
  if (name.empty() || name.find('/') != std::string::npos || name[0] == '.') return std::nullopt;
  if (name == "starter") return starter_pack();
  std::error_code ignored;
  const fs::path kept = pack_home() / name;
  return fs::exists(kept / "pack.json", ignored) ? std::optional(kept) : std::nullopt;
}

}  // namespace

fs::path pack_home() {
  if (const char* home = variable("SQLENV_PACKS")) return home;
  if (const char* data = variable("XDG_DATA_HOME")) return fs::path(data) / "sqlenv" / "packs";
  const char* home = variable("HOME");
  return fs::path(home == nullptr ? "." : home) / ".local" / "share" / "sqlenv" / "packs";
}

fs::path starter_pack() {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  return program.parent_path().parent_path() / "share" / "sqlenv" / "starter.tar";
}

Result<fs::path> find_pack(const std::string& name_or_path) {
  std::error_code ignored;
  const fs::path here(name_or_path);
  if (const std::optional<fs::path> kept = kept_pack(name_or_path)) {
    if (fs::exists(here / "pack.json", ignored) || fs::is_regular_file(here, ignored))
      std::cerr << "note: --pack " << name_or_path
                << " is the pack that \"sqlenv pack list\" shows; "
                << "write ./" << name_or_path << " for the one in this folder.\n";
    return *kept;
  }
  if (fs::exists(here, ignored)) return here;
  return fail(ErrorCode::kNotFound,
              "there is no pack \"" + name_or_path +
                  "\": neither a folder, an archive, nor a name that \"sqlenv pack list\" shows.");
}

Result<std::unique_ptr<PackFiles>> pack_files(const fs::path& path) {
  if (fs::is_directory(path)) return std::make_unique<FolderFiles>(path);
  const Result<std::string> bytes = read_file(path);
  if (!bytes) return fail(bytes.error());
  Result<ArchiveFiles> files = ArchiveFiles::open(*bytes);
  if (!files) return fail(files.error());
  return std::make_unique<ArchiveFiles>(std::move(*files));
}

Result<Pack> open_pack(const std::string& name, PackUse use) {
  const Result<fs::path> path = find_pack(name);
  if (!path) return fail(path.error());
  const Result<std::unique_ptr<PackFiles>> files = pack_files(*path);
  Result<Pack> pack = files ? load_pack(**files, use) : fail(files.error());
  if (pack) return pack;
  return fail(pack.error().code,
              "the pack \"" + name + "\" cannot be used: " + pack.error().message);
}

Result<std::shared_ptr<const Catalog>> load_catalog(const std::vector<std::string>& packs) {
  std::vector<Pack> loaded;
  for (const std::string& name : packs.empty() ? std::vector<std::string>{"starter"} : packs) {
    Result<Pack> pack = open_pack(name);
    if (!pack) return fail(pack.error());
    for (const Pack& other : loaded)
      if (other.name == pack->name)
        return fail(ErrorCode::kBadPack, "two packs are named \"" + pack->name + "\".");
    loaded.push_back(std::move(*pack));
  }
  return std::make_shared<const Catalog>(std::move(loaded));
}

}  // namespace sqlenv
