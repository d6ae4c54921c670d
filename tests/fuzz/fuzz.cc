#include "tests/fuzz/fuzz.h"

#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/task/folder_files.h"
#include "core/wire/pack_json.h"

namespace sqlenv::fuzz {
namespace {

std::shared_ptr<const Catalog> starter() {
  Result<Pack> pack = load_pack(FolderFiles(SQLENV_FUZZ_DATA));
  SQLENV_CHECK(pack.has_value());
  std::vector<Pack> packs;
  packs.push_back(std::move(*pack));
  return std::make_shared<const Catalog>(std::move(packs));
}

const std::shared_ptr<const Catalog>& catalog() {
  static const std::shared_ptr<const Catalog> shared = starter();
  return shared;
}

void limit(Environment& environment) {
  environment.query_limits().max_operations = 200'000;
  environment.query_limits().max_memory = 8 << 20;
}

}  // namespace

Environment& environment() {
  static Environment one(catalog());
  limit(one);
  return one;
}

Environment& other_environment() {
  static Environment other(catalog());
  limit(other);
  return other;
}

void check_json(std::string_view text) {
  SQLENV_CHECK(nlohmann::json::accept(text));
  SQLENV_CHECK(valid_utf8(text) == text);
}

}  // namespace sqlenv::fuzz
