// PolicyRegistry: policies by name, in the order in which they were added.
//
// A plain value. Whoever plays decides what is in it; core/explorer/builtin_policies.h gives the
// one that SQLEnv's commands offer.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/policy/oracle_policy.h"
#include "core/policy/policy.h"

namespace sqlenv {

// Gives the gold of the task that is about to be played, or the error of its gold query.
using GoldSource = std::function<Result<OracleKnowledge>()>;

// Makes a policy for one task. Only a policy that is meant to know the gold calls `gold`.
using PolicyMaker = std::function<Result<std::unique_ptr<Policy>>(const GoldSource& gold)>;

// A GoldSource for policies that play by observations alone: always BAD_OPTION.
Result<OracleKnowledge> no_gold();

class PolicyRegistry {
 public:
  void add(std::string name, PolicyMaker maker);

  // Adds a policy that plays by observations alone.
  template <class P>
  void add(std::string name) {
    add(std::move(name),
        [](const GoldSource&) -> Result<std::unique_ptr<Policy>> { return std::make_unique<P>(); });
  }

  std::vector<std::string> names() const;

  // BAD_OPTION for a name that is not there; the message lists those that are.
  Result<PolicyMaker> find(std::string_view name) const;

  // Makes one policy; BAD_OPTION as find(), or the error of the maker.
  Result<std::unique_ptr<Policy>> make(std::string_view name,
                                       const GoldSource& gold = no_gold) const;

 private:
  std::vector<std::pair<std::string, PolicyMaker>> makers_;
};

}  // namespace sqlenv
