#include "core/policy/registry.h"

#include "core/base/text.h"

namespace sqlenv {

Result<OracleKnowledge> no_gold() {
  return fail(ErrorCode::kBadOption, "this policy plays by the gold, which is not given out here.");
}

void PolicyRegistry::add(std::string name, PolicyMaker maker) {
  makers_.emplace_back(std::move(name), std::move(maker));
}

std::vector<std::string> PolicyRegistry::names() const {
  std::vector<std::string> names;
  for (const auto& [name, maker] : makers_) names.push_back(name);
  return names;
}

Result<PolicyMaker> PolicyRegistry::find(std::string_view name) const {
  for (const auto& [known, maker] : makers_)
    if (known == name) return maker;
  return fail(ErrorCode::kBadOption, "there is no policy \"" + shorten(name, 60) +
                                         "\". Known: " + join(names(), ", ") + ".");
}

Result<std::unique_ptr<Policy>> PolicyRegistry::make(std::string_view name,
                                                     const GoldSource& gold) const {
  const Result<PolicyMaker> maker = find(name);
  if (!maker) return fail(maker.error());
  return (*maker)(gold);
}

}  // namespace sqlenv
