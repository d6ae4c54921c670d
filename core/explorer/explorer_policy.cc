#include "core/explorer/explorer_policy.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/explorer/linker.h"
#include "core/explorer/planner.h"
#include "core/explorer/row_packing.h"
#include "core/explorer/sql_writer.h"
#include "core/sql/sql_literals.h"
#include "core/verify/answer_text.h"

namespace sqlenv {
namespace {

// Steps that stay for the survey, two queries, a fetch and the answer.
constexpr int kStepsAfterDescribing = 5;

// Tokens beyond these are not read; no person asks a longer question.
constexpr std::size_t kMostTokens = 400;

}  // namespace

void ExplorerPolicy::begin(const Observation& first, std::uint64_t) {
  *this = ExplorerPolicy();
  tokens_ = read_question(first.question);
  if (tokens_.size() > kMostTokens) tokens_.resize(kMostTokens);
  schema_ = SchemaView::from_schema_info(first.schema_info);
  const int room = std::max(1, first.budget_remaining - kStepsAfterDescribing);
  choose_tables();
  if (to_describe_.size() > static_cast<std::size_t>(room))
    to_describe_.erase(to_describe_.begin(), to_describe_.end() - room);
}

void ExplorerPolicy::choose_tables() {
  std::vector<std::pair<double, std::string>> ranked;
  for (const SeenTable& table : schema_.tables())
    ranked.emplace_back(table_relevance(tokens_, table.name), table.name);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [relevance, name] : ranked) to_describe_.push_back(name);
}

void ExplorerPolicy::read(const Observation& observation) {
  if (last_action_ == "D") schema_.read_description(observation.result);
  if (last_action_ == "S") {
    const std::optional<SeenRows> rows = read_rows(observation.result);
    if (rows) survey_.read(*rows, schema_);
    make_queries();
  }
  if (last_action_ == "Q") read_query_result(observation);
  if (last_action_ == "F") read_fetched(observation);
}

void ExplorerPolicy::make_queries() {
  std::vector<double> relevance;
  for (const SeenTable& table : schema_.tables())
    relevance.push_back(table_relevance(tokens_, table.name));
  JoinGraph joins(schema_, std::move(relevance));
  for (const Plan& plan : make_plans(tokens_, schema_, survey_, joins))
    queries_.push_back(write_sql(plan, schema_, joins));
}

void ExplorerPolicy::read_query_result(const Observation& observation) {
  const std::optional<SeenRows> rows = read_rows(observation.result);
  const bool better = rows && (!shown_ || (shown_->total == 0 && rows->total > 0));
  if (better) {
    shown_ = rows;
    shown_sql_ = queries_[tried_ - 1];
  }
  const bool more = tried_ < queries_.size() && observation.budget_remaining > 2;
  const bool satisfied = rows && rows->total > 0;
  stage_ = satisfied || !more ? Stage::kFetch : Stage::kQuery;
}

bool ExplorerPolicy::shown_suffices() const {
  if (!shown_ || shown_->total == 0) return true;
  if (!shown_->complete()) return false;
  for (const auto& row : shown_->rows)
    for (const std::string& cell : row) {
      const std::optional<Value> number = read_sql_literal(cell);
      // A number could be a text of digits; a long cell may be cut.
      if (cell.size() > 300 || cell.find('\\') != std::string::npos) return false;
      if (number && !(shown_->rows.size() == 1 && row.size() == 1)) return false;
    }
  return true;
}

void ExplorerPolicy::read_fetched(const Observation& observation) {
  const std::optional<SeenRows> rows = read_rows(observation.result);
  const std::optional<ResultTable> table =
      rows ? unpack_rows(*rows, shown_->columns.size()) : std::nullopt;
  if (!table) {
    // A cell was cut: pack fewer rows, down to one in a cell.
    fetch_rows_ /= 2;
    if (fetch_rows_ == 0) stage_ = Stage::kAnswer;
    return;
  }
  fetched_.columns = table->columns;
  for (const auto& row : table->rows) fetched_.rows.push_back(row);
  if (table->rows.empty() || fetched_.rows.size() >= shown_->total) stage_ = Stage::kAnswer;
}

Action ExplorerPolicy::next_query() {
  last_action_ = "Q";
  return {"QUERY", queries_[tried_++]};
}

Action ExplorerPolicy::fetch() {
  last_action_ = "F";
  if (fetch_rows_ == 0) fetch_rows_ = rows_for_one_cell(*shown_);
  return {"QUERY",
          packing_query(shown_sql_, shown_->columns.size(), fetch_rows_, fetched_.rows.size())};
}

Action ExplorerPolicy::answer() {
  if (!fetched_.rows.empty()) return {"ANSWER", answer_text(fetched_)};
  if (!shown_) return {"ANSWER", "0"};
  ResultTable table;
  table.columns = shown_->columns;
  for (const auto& row : shown_->rows) {
    std::vector<Value> cells;
    for (const std::string& cell : row)
      cells.push_back(read_sql_literal(cell).value_or(Value(cell)));
    table.rows.push_back(std::move(cells));
  }
  return {"ANSWER", answer_text(table)};
}

Action ExplorerPolicy::act(const Observation& observation) {
  read(observation);
  if (observation.budget_remaining <= 1) return answer();
  if (stage_ == Stage::kDescribe) {
    if (!to_describe_.empty()) {
      last_action_ = "D";
      const std::string table = to_describe_.back();
      to_describe_.pop_back();
      return {"DESCRIBE", table};
    }
    stage_ = Stage::kSurvey;
    schema_.assume_row_ids();  // for tables that the budget left no step for
    survey_ = Survey(schema_);
    last_action_ = "S";
    return {"QUERY", Survey::query(schema_, value_phrases(tokens_))};
  }
  if (stage_ == Stage::kSurvey) stage_ = queries_.empty() ? Stage::kAnswer : Stage::kQuery;
  if (stage_ == Stage::kQuery) return next_query();
  if (stage_ == Stage::kFetch && !shown_suffices()) return fetch();
  return answer();
}

}  // namespace sqlenv
