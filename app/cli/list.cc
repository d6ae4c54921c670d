#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

#include "app/cli/pack_commands.h"
#include "app/packs.h"
#include "core/wire/pack_json.h"
#include "core/wire/pack_list_json.h"

namespace sqlenv::cli {
namespace {

namespace fs = std::filesystem;

// The bundled pack, then the imported ones by name.
std::vector<fs::path> paths() {
  std::vector<fs::path> imported;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(pack_home(), none))
    if (entry.is_directory(none) && entry.path().filename().string().front() != '.')
      imported.push_back(entry.path());
  std::sort(imported.begin(), imported.end());
  imported.insert(imported.begin(), starter_pack());
  return imported;
}

PackListing listing(const fs::path& path) {
  PackListing listing;
  listing.name = path == starter_pack() ? "starter" : path.filename().string();
  listing.path = path.string();
  const Result<std::unique_ptr<PackFiles>> files = pack_files(path);
  const Result<Pack> pack = files ? load_pack(**files, PackUse::kInspect) : fail(files.error());
  if (!pack) {
    listing.unusable = pack.error().message;
    return listing;
  }
  listing.title = pack->title;
  listing.digest = pack->digest;
  listing.databases = std::ssize(pack->databases);
  for (const Question& question : pack->questions)
    ++(question.split == "train" ? listing.train : listing.eval);
  return listing;
}

void print(const PackListing& pack) {
  std::cout << pack.name;
  if (pack.unusable.empty())
    std::cout << "  " << pack.databases << " databases, " << pack.train + pack.eval
              << " questions  " << pack.title << "\n";
  else std::cout << "  unusable: " << pack.unusable << "\n";
}

int list(bool json) {
  std::vector<PackListing> packs;
  for (const fs::path& path : paths()) {
    packs.push_back(listing(path));
    if (!json) print(packs.back());
  }
  if (json) std::cout << pack_list_json(packs);
  return 0;
}

}  // namespace

void add_pack_list(CLI::App& pack, Runner& chosen) {
  CLI::App* command = pack.add_subcommand("list", "Show the bundled pack and the imported ones");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "As JSON, with digests and folders");
  command->callback([json, &chosen] { chosen = [json] { return list(*json); }; });
}

}  // namespace sqlenv::cli
