// RandomPolicy: plays plausible actions without understanding, as the lower baseline.
//
// It draws from the tables, columns and values that observations have shown, and answers with a
// cell, a number or the last whole result. It always answers before the budget is spent.
#pragma once

#include <optional>
#include <string>

#include "core/base/random.h"
#include "core/policy/policy.h"
#include "core/policy/schema_view.h"

namespace sqlenv {

class RandomPolicy : public Policy {
 public:
  void begin(const Observation& first, std::uint64_t seed) override;
  Action act(const Observation& observation) override;

 private:
  void read(const Observation& observation);
  std::string draw_query();
  std::string draw_answer();
  std::string draw_cell();
  const SeenTable& draw_table();

  Random random_{0};
  SchemaView schema_;
  std::optional<SeenRows> last_rows_;
};

}  // namespace sqlenv
