// The packs that `sqlenv pack list` shows, as JSON.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sqlenv {

struct PackListing {
  std::string name;
  std::string title;
  std::string path;
  std::string digest;
  std::int64_t databases = 0;
  std::int64_t train = 0;
  std::int64_t eval = 0;
  std::string unusable;  // why it does not load; empty if it does
};

// A list of objects {"name", "title", "path", "digest", "databases", "questions": {"train",
// "eval"}}, or {"name", "path", "unusable"} for one that does not load. Indented.
std::string pack_list_json(const std::vector<PackListing>& packs);

}  // namespace sqlenv
