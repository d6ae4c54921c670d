// The databases of tests/core/task/wording: small ones with the habits of naming of real ones.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/core/test_packs.h"

namespace sqlenv::test {

// Reads "bank" and so on. The scripts fill their tables from a table n of the numbers 1 to 99.
inline DatabaseImage wording_database(const std::string& name) {
  return image_of(
      "CREATE TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < "
      "99) SELECT i FROM c;" +
      read_test_file(source_path("tests/core/task/wording/" + name + ".sql").string()) +
      "DROP TABLE n;");
}

// All of them in order of name.
inline std::vector<std::string> wording_databases() {
  std::vector<std::string> names;
  for (const auto& file :
       std::filesystem::directory_iterator(source_path("tests/core/task/wording")))
    names.push_back(file.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace sqlenv::test
