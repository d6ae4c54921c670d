// ExplorerPolicy: plays by rules from observations alone, without a language model.
//
// It DESCRIBEs the tables that fit the question, surveys their columns by one QUERY (survey.h),
// plans a query from the question's words and runs it. If that fails or finds nothing, it runs the
// next plan. It fetches what an observation did not show in full (row_packing.h) and ANSWERs within
// the budget.
//
// Its work is bounded: its queries as every agent's (sql/database.h), its own by reading only the
// first 400 words of a question.
//
// A question goes through question_words.h (tokens), linker.h (what words mean), planner.h (plans)
// and sql_writer.h (SQL). The seed is not used.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/explorer/question_words.h"
#include "core/explorer/survey.h"
#include "core/policy/policy.h"
#include "core/policy/schema_view.h"
#include "core/sql/value.h"

namespace sqlenv {

class ExplorerPolicy : public Policy {
 public:
  void begin(const Observation& first, std::uint64_t seed) override;
  Action act(const Observation& observation) override;

 private:
  enum class Stage { kDescribe, kSurvey, kQuery, kFetch, kAnswer };

  void read(const Observation& observation);
  void read_query_result(const Observation& observation);
  void read_fetched(const Observation& observation);
  void choose_tables();
  void make_queries();
  Action next_query();
  Action fetch();
  Action answer();

  // Whether the shown rows can be answered as they are: none is missing and each cell's type is
  // certain.
  bool shown_suffices() const;

  Stage stage_ = Stage::kDescribe;
  std::vector<QuestionToken> tokens_;
  SchemaView schema_;
  Survey survey_;
  std::vector<std::string> to_describe_;  // in reverse order
  std::vector<std::string> queries_;      // the likeliest first
  std::size_t tried_ = 0;
  std::string last_action_;  // D, S, Q or F: describe, survey, query, fetch
  std::optional<SeenRows> shown_;
  std::string shown_sql_;
  ResultTable fetched_;
  std::size_t fetch_rows_ = 0;  // rows in one cell of a fetch
};

}  // namespace sqlenv
