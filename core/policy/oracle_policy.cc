#include "core/policy/oracle_policy.h"

#include "core/verify/answer_text.h"

namespace sqlenv {

void OraclePolicy::begin(const Observation&, std::uint64_t) {
  described_ = 0;
  queried_ = false;
}

Action OraclePolicy::act(const Observation& observation) {
  if (described_ < knowledge_.tables.size() && observation.budget_remaining > 2)
    return {"DESCRIBE", knowledge_.tables[described_++]};
  if (!queried_ && observation.budget_remaining > 1) {
    queried_ = true;
    return {"QUERY", knowledge_.gold_sql};
  }
  return {"ANSWER", answer_text(knowledge_.rows)};
}

}  // namespace sqlenv
