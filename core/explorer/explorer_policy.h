// ExplorerPolicy: plays by rules, without a language model and without anything but observations.
//
// It DESCRIBEs the tables that fit the question, asks in one QUERY what their columns hold and
// which words of the question are values of them (which says more than a SAMPLE), plans a query
// from the question's words, runs it, tries the next reading if that fails or finds nothing,
// fetches what an observation did not show in full, and ANSWERs within the budget.
//
// Its work is bounded: that of its queries as every agent's is (sql/database.h), its own by the
// question's first 400 words, each of which is compared once with each word of the names.
//
// How it reads a question: question_words.h (tokens), linker.h (what words mean), planner.h (a
// plan), sql_writer.h (SQL). The seed is not used: there is nothing to draw.
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

  // Whether the shown rows can be answered as they are: all are there and no cell's type is open.
  bool shown_suffices() const;

  Stage stage_ = Stage::kDescribe;
  std::vector<QuestionToken> tokens_;
  SchemaView schema_;
  Survey survey_;
  std::vector<std::string> to_describe_;  // last first
  std::vector<std::string> queries_;      // the likeliest first
  std::size_t tried_ = 0;
  std::string last_action_;  // what the last observation answers: D, S, Q, F
  std::optional<SeenRows> shown_;
  std::string shown_sql_;
  ResultTable fetched_;
  std::size_t fetch_rows_ = 0;  // rows in one cell of a fetch
};

}  // namespace sqlenv
