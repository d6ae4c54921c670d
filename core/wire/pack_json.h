// Packs as JSON: pack.json ("sqlenv-pack/1") and the question files it names.
#pragma once

#include "core/base/result.h"
#include "core/task/pack.h"

namespace sqlenv {

// Reads pack.json and everything it names. BAD_PACK or NOT_FOUND with what is wrong.
Result<Pack> load_pack(const PackFiles& files, PackUse use = PackUse::kPlay);

// Reads pack.json alone.
Result<PackManifest> load_manifest(const PackFiles& files);

// Writes pack.json and a question file as load_pack() reads them, ending in a line feed.
std::string pack_manifest_json(const PackManifest& manifest);
std::string questions_json(const std::vector<Question>& questions);

// The questions as JSON Lines: one object a line, with the members of a question file.
std::string questions_jsonl(const std::vector<Question>& questions);

}  // namespace sqlenv
