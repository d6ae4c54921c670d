#include "core/task/generate/templates.h"

namespace sqlenv::generate {

const std::vector<Family>& all_templates() {
  static const std::vector<Family> all = [] {
    std::vector<Family> families;
    for (const auto& part :
         {row_templates(), order_templates(), amount_templates(), group_templates(),
          link_templates(), path_templates(), set_templates()})
      families.insert(families.end(), part.begin(), part.end());
    return families;
  }();
  return all;
}

}  // namespace sqlenv::generate
