// OraclePolicy: plays a question whose gold it was given; the upper bound and a check of packs.
//
// DESCRIBEs the tables of the gold query, runs it, answers its rows. The gold is handed over by
// whoever makes the policy, so that no policy that plays by observations has a way to it.
#pragma once

#include <string>
#include <vector>

#include "core/policy/policy.h"
#include "core/sql/value.h"

namespace sqlenv {

struct OracleKnowledge {
  std::vector<std::string> tables;
  std::string gold_sql;
  ResultTable rows;
};

class OraclePolicy : public Policy {
 public:
  explicit OraclePolicy(OracleKnowledge knowledge) : knowledge_(std::move(knowledge)) {}

  void begin(const Observation& first, std::uint64_t seed) override;

  // Leaves out DESCRIBEs, then the QUERY, where the budget does not allow them.
  Action act(const Observation& observation) override;

 private:
  OracleKnowledge knowledge_;
  std::size_t described_ = 0;
  bool queried_ = false;
};

}  // namespace sqlenv
