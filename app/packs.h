// Finds and loads packs for the native programs.
//
// A pack is a folder with pack.json, an archive of one (.tar), or the name of a pack imported
// before. A name without a slash stands for the bundled or an imported pack if there is one, else
// for a folder or file here; "./name" is always the latter.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/task/catalog.h"

namespace sqlenv {

// The folder into which `sqlenv pack import` writes packs and in which names are found:
// $SQLENV_PACKS, else $XDG_DATA_HOME/sqlenv/packs, else ~/.local/share/sqlenv/packs.
std::filesystem::path pack_home();

// The bundled pack: share/sqlenv/starter.tar beside the folder of the running program.
std::filesystem::path starter_pack();

// The folder or archive that a name or path stands for. A pack here that an imported one hides is
// mentioned on standard error. NOT_FOUND, with advice in the message.
Result<std::filesystem::path> find_pack(const std::string& name_or_path);

// The files of the pack at `path`, a folder or an archive.
Result<std::unique_ptr<PackFiles>> pack_files(const std::filesystem::path& path);

// Loads one pack. NOT_FOUND or BAD_PACK, with advice in the message.
Result<Pack> open_pack(const std::string& name_or_path, PackUse use = PackUse::kPlay);

// Loads the packs in this order, or the bundled one if the list is empty. NOT_FOUND or BAD_PACK,
// with advice in the message.
Result<std::shared_ptr<const Catalog>> load_catalog(const std::vector<std::string>& packs);

}  // namespace sqlenv
