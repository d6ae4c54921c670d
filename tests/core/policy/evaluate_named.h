// evaluate() with a built-in policy.
#pragma once

#include "core/explorer/builtin_policies.h"
#include "core/policy/evaluate.h"

namespace sqlenv::test {

inline Result<Evaluation> evaluate_named(
    Environment& environment, std::string_view policy, const EvaluateOptions& options = {},
    const std::function<void(const EpisodeReport&)>& report = {}) {
  return evaluate(environment, options, builtin_policies().find(policy).value(), report);
}

}  // namespace sqlenv::test
