#include "core/wire/pack_list_json.h"

#include "core/wire/json.h"

namespace sqlenv {

std::string pack_list_json(const std::vector<PackListing>& packs) {
  Json list = Json::array();
  for (const PackListing& pack : packs) {
    if (pack.unusable.empty())
      list.push_back({{"name", pack.name},
                      {"title", pack.title},
                      {"path", pack.path},
                      {"digest", pack.digest},
                      {"databases", pack.databases},
                      {"questions", {{"train", pack.train}, {"eval", pack.eval}}}});
    else list.push_back({{"name", pack.name}, {"path", pack.path}, {"unusable", pack.unusable}});
  }
  return write_json(list, 2) + "\n";
}

}  // namespace sqlenv
