#include "core/explorer/builtin_policies.h"

#include "core/explorer/explorer_policy.h"
#include "core/policy/random_policy.h"

namespace sqlenv {
namespace {

Result<std::unique_ptr<Policy>> make_oracle(const GoldSource& gold) {
  Result<OracleKnowledge> knowledge = gold();
  if (!knowledge) return fail(knowledge.error());
  return std::make_unique<OraclePolicy>(std::move(*knowledge));
}

}  // namespace

PolicyRegistry builtin_policies() {
  PolicyRegistry policies;
  policies.add<RandomPolicy>("random");
  policies.add<ExplorerPolicy>("explorer");
  policies.add("oracle", make_oracle);
  return policies;
}

}  // namespace sqlenv
