#include "core/task/generate/templates.h"

namespace sqlenv::generate {

const std::vector<Template>& all_templates() {
  static const std::vector<Template> all = [] {
    std::vector<Template> templates;
    for (const auto& part :
         {row_templates(), order_templates(), amount_templates(), group_templates(),
          link_templates(), path_templates(), set_templates()})
      templates.insert(templates.end(), part.begin(), part.end());
    return templates;
  }();
  return all;
}

}  // namespace sqlenv::generate
