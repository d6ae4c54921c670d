// Packs and files for tests: a small pack in memory, the bundled pack, and paths of the source
// tree.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/episode/episode.h"
#include "core/task/catalog.h"
#include "core/task/pack_files.h"

namespace sqlenv::test {

// Files given as a map from path to contents.
class MemoryFiles : public PackFiles {
 public:
  explicit MemoryFiles(std::map<std::string, std::string> files) : files_(std::move(files)) {}
  Result<std::string> read(const std::string& path) const override;

 private:
  std::map<std::string, std::string> files_;
};

// Pack "small": one database "zoo" with the tables animal, keeper and feeding, and four questions:
//   zoo_train_001 (easy, integer): how many animals: 4
//   zoo_train_002 (medium, list):  names by weight, heaviest first: Ella, Rex, Mia, Bo
//   zoo_eval_001 (easy, table):    name and species of each animal
//   zoo_eval_002 (hard, float):    mean weight: 812.625
std::map<std::string, std::string> small_pack_files();

// The catalog of the one pack in `files`. Stops the test if it is none.
std::shared_ptr<const Catalog> catalog_of(const PackFiles& files);

std::shared_ptr<const Catalog> small_catalog();
std::shared_ptr<const Catalog> starter_catalog();

// The database that the script `sql` makes. Stops the test if the script fails.
DatabaseImage image_of(const std::string& sql);

// The path of a file or folder of the source tree, such as "docs" or "tests/golden".
std::filesystem::path source_path(std::string_view inside);

// The folder of Spider's databases and questions: $SQLENV_SPIDER, else "spider" in the folder
// "shared" beside the checkout. It may not exist.
std::filesystem::path spider_folder();

// Reads a whole file or fails the test.
std::string read_test_file(const std::string& path);

}  // namespace sqlenv::test
