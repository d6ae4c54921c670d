// OraclePolicy: plays a question whose gold it is given. It is the upper bound for other policies
// and checks that a pack's questions can be solved.
//
// It DESCRIBEs the tables of the gold query, runs the query and answers its rows. The maker of the
// policy hands over the gold, so that a policy that plays by observations cannot reach it.
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

  // Skips DESCRIBEs, then the QUERY, if the budget is too small for them.
  Action act(const Observation& observation) override;

 private:
  OracleKnowledge knowledge_;
  std::size_t described_ = 0;
  bool queried_ = false;
};

}  // namespace sqlenv
