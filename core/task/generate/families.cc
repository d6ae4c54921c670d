#include "core/task/generate/families.h"

namespace sqlenv::generate {

const std::vector<Family>& all_families() {
  static const std::vector<Family> all = [] {
    std::vector<Family> families;
    for (const auto& part : {row_families(), order_families(), amount_families(), group_families(),
                             link_families(), path_families(), set_families()})
      families.insert(families.end(), part.begin(), part.end());
    return families;
  }();
  return all;
}

}  // namespace sqlenv::generate
