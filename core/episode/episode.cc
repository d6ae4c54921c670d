#include "core/episode/episode.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/base/wrapping.h"
#include "core/episode/progress.h"
#include "core/episode/query_hint.h"
#include "core/sql/query_errors.h"
#include "core/sql/sql_literals.h"
#include "core/sql/statement_key.h"

namespace sqlenv {
namespace {

constexpr std::size_t kHistoryBytes = 200;
constexpr std::size_t kMaxAnswerBytes = 1 << 20;
constexpr std::size_t kShortAnswerBytes = 16 << 10;  // judged within a few milliseconds

// A query without the fence or label that models put around it.
std::string_view statement_of(const Action& action) {
  return without_layers(action.argument, Wrapped::kQuery);
}

// Two actions are the same if they name the same table or their statements have the same tokens.
std::string action_key(const Action& action, std::optional<ActionKind> kind, const Table* table) {
  std::string key;
  if (!kind) return key.append("? ").append(action.action_type).append(" ").append(action.argument);
  key.append(action_name(*kind)).append(" ");
  if (table != nullptr) return key.append(table->name);
  return key.append(*kind == ActionKind::kQuery ? statement_key(statement_of(action))
                                                : collapse_spaces(action.argument));
}

// Two results are the same if their columns' names and all values are, types included.
struct AddValue {
  Fingerprint& print;
  void operator()(Null) const {}
  void operator()(std::int64_t value) const { print.add(static_cast<std::uint64_t>(value)); }
  void operator()(double value) const {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    print.add(bits);
  }
  void operator()(const std::string& value) const { print.add(value); }
  void operator()(const Blob& value) const { print.add(value.bytes); }
};

Fingerprint fingerprint(const ResultTable& table) {
  Fingerprint print;
  for (const std::string& column : table.columns) print.add(column);
  for (const auto& row : table.rows)
    for (const Value& value : row) {
      print.add(std::uint64_t{value.index()});
      std::visit(AddValue{print}, value);
    }
  return print;
}

RewardPreset preset_of(const ResetOptions& options) {
  const RewardPreset* preset = find_reward_preset(options.reward);
  SQLENV_CHECK(preset != nullptr);
  return preset_for_budget(*preset, options.step_budget);
}

Action well_formed(const Action& action) {
  return {valid_utf8(action.action_type), valid_utf8(action.argument)};
}

Error unknown_action(const std::string& type) {
  return {ErrorCode::kUnknownAction, "there is no action \"" + shorten(type, 60) +
                                         "\". Use DESCRIBE, SAMPLE, QUERY or ANSWER."};
}

Error blank_argument(ActionKind kind, const Schema& schema) {
  const std::string name(action_name(kind));
  if (kind == ActionKind::kQuery)
    return {ErrorCode::kBlankArgument, "QUERY needs one SELECT statement as its argument."};
  if (kind == ActionKind::kAnswer)
    return {ErrorCode::kBlankArgument, "ANSWER needs the answer as its argument."};
  return {ErrorCode::kBlankArgument,
          name + " needs a table. Tables: " + join(schema.table_names(), ", ") + "."};
}

Error unknown_table(const std::string& name, const Schema& schema) {
  const std::vector<std::string> names = schema.table_names();
  const std::optional<std::string> nearest = nearest_name(trim(name), names);
  return {ErrorCode::kNoSuchTable, "there is no table " + quote_identifier(shorten(name, 60)) +
                                       "." + (nearest ? " Did you mean " + *nearest + "?" : "") +
                                       " Tables: " + join(names, ", ") + "."};
}

// An error that is recorded has its hint.
Error with_hint(std::string_view sql, Error error) {
  const std::string_view hint = query_hint(sql, error.code);
  if (hint.empty() || error.message.ends_with(hint)) return error;
  error.message.append(error.message.ends_with('.') ? " " : ". ").append(hint);
  return error;
}

std::string history_line(const Action& action, const std::optional<Error>& error) {
  std::string line(trim(action.action_type));
  line.append(" ").append(collapse_spaces(action.argument));
  if (line.size() > kHistoryBytes) line = shorten(line, kHistoryBytes);
  return line.append(" -> ").append(error ? code_name(error->code) : "ok");
}

}  // namespace

void StepResult::set_error(Error refusal) {
  observation.error = refusal.to_string();
  error = std::move(refusal);
}

struct Episode::Request {
  const Action& action;
  std::optional<ActionKind> kind;
  const Table* table = nullptr;  // of a DESCRIBE or SAMPLE, if it names one that exists
};

struct Episode::Outcome {
  std::string text;
  std::optional<Error> error;
  std::shared_ptr<const ResultTable> table;
  std::optional<Verdict> verdict;

  static Outcome failed(Error error) { return {"", std::move(error), nullptr, {}}; }
};

Episode::Episode(Environment& environment, Task task, ResetOptions options,
                 std::shared_ptr<const Environment::Target> target)
    : environment_(&environment),
      task_(task),
      options_(std::move(options)),
      preset_(preset_of(options_)),
      target_(std::move(target)),
      connection_(&environment.connection(task)),
      schema_info_(render_schema_info(schema(), described_)) {
  first_.observation = observe();
}

const Gold& Episode::gold() const {
  SQLENV_CHECK(done_);
  return target_->gold;
}

StepResult Episode::latest() const {
  if (steps_.empty()) return first_;
  StepResult last = with_history(steps_.back().result);
  last.table.reset();
  return last;
}

StepResult Episode::with_history(const StepResult& kept) const {
  StepResult result = kept;
  result.observation.action_history = history_;
  return result;
}

// Its action_history is left empty.
Observation Episode::observe() const {
  Observation observation;
  observation.question = task_.question->text;
  observation.schema_info = schema_info_;
  observation.step_count = step_count();
  observation.budget_remaining = budget_remaining();
  return observation;
}

void Episode::know(const Table& table) {
  if (std::find(known_.begin(), known_.end(), &table) == known_.end()) known_.push_back(&table);
}

Episode::Outcome Episode::describe(const Table& table) {
  know(table);
  if (std::find(described_.begin(), described_.end(), table.name) == described_.end()) {
    described_.push_back(table.name);
    schema_info_ = render_schema_info(schema(), described_);
  }
  return {environment_->description(table), {}, nullptr, {}};
}

Episode::Outcome Episode::sample(const Table& table) {
  const Result<const Environment::Sample*> sample = environment_->sample(task_, table);
  if (!sample) return Outcome::failed(sample.error());
  know(table);
  return {(*sample)->text, {}, (*sample)->rows, {}};
}

Episode::Outcome Episode::query_outcome(std::string_view sql, Result<ResultTable> rows) const {
  if (!rows) return Outcome::failed(with_hint(sql, rows.error()));
  std::string text = render_table(*rows, kShownRows);
  return {std::move(text), {}, std::make_shared<const ResultTable>(std::move(*rows)), {}};
}

Episode::Outcome Episode::judge(const std::string& answer) {
  if (answer.size() > kMaxAnswerBytes)
    return Outcome::failed({ErrorCode::kTooLarge, "an answer may have at most 1 MiB."});
  const Verdict verdict = verify(target_->gold, answer, *verifier_mode(options_.verifier));
  const std::string text = std::string(verdict.correct ? "Correct" : "Incorrect") + " (" +
                           std::string(reason_name(verdict.reason)) + "). " + verdict.detail;
  return {text, {}, nullptr, verdict};
}

Episode::Request Episode::understand(const Action& action) const {
  Request request{action, action_kind(action.action_type)};
  if (request.kind == ActionKind::kDescribe || request.kind == ActionKind::kSample)
    request.table = schema().find(action.argument);
  return request;
}

Episode::Outcome Episode::perform(const Request& request, Result<ResultTable>* rows) {
  const auto& [action, kind, table] = request;
  if (!kind) return Outcome::failed(unknown_action(action.action_type));
  if (trim(action.argument).empty()) return Outcome::failed(blank_argument(*kind, schema()));
  if (kind == ActionKind::kQuery) {
    const std::string_view sql = statement_of(action);
    return query_outcome(sql, rows != nullptr
                                  ? std::move(*rows)
                                  : connection_->query(sql, environment_->query_limits(), &known_));
  }
  if (kind == ActionKind::kAnswer) return judge(action.argument);
  if (table == nullptr) {
    const LeftOut* left = schema().find_left_out(action.argument);
    return Outcome::failed(left != nullptr ? why_left_out(*left)
                                           : unknown_table(action.argument, schema()));
  }
  return kind == ActionKind::kDescribe ? describe(*table) : sample(*table);
}

StepFacts Episode::facts_of(const Request& request, const Outcome& outcome) {
  StepFacts facts;
  facts.executed = !outcome.error;
  facts.repeated =
      !seen_actions_.insert(action_key(request.action, request.kind, request.table)).second;
  if (request.kind == ActionKind::kQuery && facts.executed) {
    facts.new_information = seen_results_.insert(fingerprint(*outcome.table)).second;
    facts.progress = target_->progress.quarters(*outcome.table);
    facts.constant = !outcome.table->reads_table;
  }
  if (outcome.verdict) facts.right = outcome.verdict->correct;
  facts.budget_spent = budget_remaining() == 1 && !outcome.verdict;
  return facts;
}

bool Episode::runs_query(const Action& action) const {
  return action_kind(action.action_type) == ActionKind::kQuery && !trim(action.argument).empty();
}

PendingStep Episode::begin(const Action& action) const {
  PendingStep pending(well_formed(action));
  pending.steps_before_ = step_count();
  if (done_ || !runs_query(pending.action_)) return pending;
  pending.known_ = std::make_unique<const std::vector<const Table*>>(known_);
  Result<PendingQuery> query = connection_->begin(
      statement_of(pending.action_), environment_->query_limits(), pending.known_.get());
  if (query) pending.query_ = std::move(*query);
  else pending.rows_ = fail(query.error());
  return pending;
}

StepResult Episode::finish(PendingStep pending) {
  SQLENV_CHECK(pending.steps_before_ == step_count());
  pending.go_on(std::numeric_limits<std::int64_t>::max());
  return play(std::move(pending.action_), pending.rows_ ? &*pending.rows_ : nullptr);
}

StepResult Episode::step(const Action& action) { return play(well_formed(action), nullptr); }

std::optional<StepResult> Episode::step_within(const Action& action, std::int64_t operations) {
  Action formed = well_formed(action);
  if (done_) return play(std::move(formed), nullptr);
  const Request request = understand(formed);
  if (request.kind == ActionKind::kAnswer && formed.argument.size() > kShortAnswerBytes)
    return std::nullopt;
  const bool runs = runs_query(formed);
  if (!runs && (request.kind != ActionKind::kSample || request.table == nullptr))
    return play(std::move(formed), nullptr);
  std::int64_t& limit = environment_->query_limits().max_operations;
  const std::int64_t all = std::exchange(limit, std::min(limit, operations));
  std::optional<Result<ResultTable>> rows;
  std::optional<Error> error;
  if (runs) {
    rows = connection_->query(formed.argument, environment_->query_limits(), &known_);
    if (!*rows) error = rows->error();
  } else if (auto sample = environment_->sample(task_, *request.table); !sample) {
    error = sample.error();
  }
  limit = all;
  if (error && error->code == ErrorCode::kOperationBudget && operations < all) return std::nullopt;
  return play(std::move(formed), rows ? &*rows : nullptr);
}

Episode Episode::until(std::size_t count) const {
  SQLENV_CHECK(count <= steps_.size());
  if (count == steps_.size()) return *this;
  Episode past(*environment_, task_, options_, target_);
  for (std::size_t i = 0; i < count; ++i) {
    const auto& [action, result] = steps_[i];
    if (!runs_query(action)) {
      past.play(action, nullptr);
      continue;
    }
    Result<ResultTable> rows =
        result.error ? Result<ResultTable>(fail(*result.error)) : *result.table;
    past.play(action, &rows);
  }
  return past;
}

StepResult Episode::refuse_after_end() const {
  StepResult over;
  over.observation = observe();
  over.observation.action_history = history_;
  over.set_error({ErrorCode::kEpisodeOver, "the episode is over; reset to start another."});
  over.reward = 0;
  over.done = true;
  return over;
}

StepResult Episode::play(Action action, Result<ResultTable>* rows) {
  if (done_) return refuse_after_end();
  const Request request = understand(action);
  Outcome outcome = perform(request, rows);
  const RewardTerms terms = score_step(preset_, facts_of(request, outcome), reward_state_);
  history_.push_back(history_line(action, outcome.error));
  StepResult& kept = steps_.emplace_back(StepRecord{std::move(action), {}}).result;
  verdict_ = std::move(outcome.verdict);
  done_ = verdict_.has_value() || budget_remaining() == 0;
  total_ += terms.total();
  kept.terms = terms;
  kept.done = done_;
  kept.reward = to_double(terms.total());
  kept.observation = observe();
  kept.observation.result = std::move(outcome.text);
  if (outcome.error) kept.set_error(std::move(*outcome.error));
  if (environment_->keeps_tables()) kept.table = outcome.table;
  StepResult result = with_history(kept);
  result.table = std::move(outcome.table);
  return result;
}

}  // namespace sqlenv
