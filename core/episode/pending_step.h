// PendingStep: a step whose query runs in pieces, for a face that must not wait.
//
// Episode::begin() makes it, go_on() runs a piece, and Episode::finish() takes it and records the
// step. The result is that of Episode::step(). Destroying it gives the step up, as if the action
// had not been sent. It belongs to the thread of the episode's Environment. No other statement may
// run on the episode's database in that Environment before the query has ended.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/episode/action.h"
#include "core/sql/database.h"

namespace sqlenv {

class PendingStep {
 public:
  const Action& action() const { return action_; }

  // Runs the query for about `operations` more. False once there is nothing more to run, which is
  // at once for an action without a query.
  bool go_on(std::int64_t operations) {
    if (query_ && !rows_) rows_ = query_->go_on(operations);
    return query_ && !rows_;
  }

  // Used so far, of Environment::query_limits().max_operations.
  std::int64_t operations() const { return query_ ? query_->operations() : 0; }

 private:
  friend class Episode;
  explicit PendingStep(Action action) : action_(std::move(action)) {}

  Action action_;  // of well-formed UTF-8
  int steps_before_ = 0;
  std::unique_ptr<const std::vector<const Table*>> known_;  // referred to by query_
  std::optional<PendingQuery> query_;
  std::optional<Result<ResultTable>> rows_;  // the result of the query
};

}  // namespace sqlenv
