#include "web/text_view.h"

#include <algorithm>

#include "app/playground/format.h"
#include "core/wire/json_writer.h"

namespace sqlenv::web {
namespace {

void write_cell(JsonWriter& json, const Value& cell) {
  if (is_null(cell)) return json.null();
  const bool number =
      std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<double>(cell);
  if (number) json.begin_array();
  json.value(display_text(cell));
  if (number) json.end_array();
}

void write_row(JsonWriter& json, const std::vector<Value>& row) {
  json.begin_array();
  for (const Value& cell : row) write_cell(json, cell);
  json.end_array();
}

void write_table(JsonWriter& json, const Episode& episode, const Table& table) {
  const std::vector<std::string>& described = episode.described();
  json.begin_object();
  json.member("name", table.name);
  if (std::find(described.begin(), described.end(), table.name) != described.end()) {
    if (table.row_count)
      json.member("rows", ui::counted(static_cast<std::size_t>(*table.row_count), "row"));
    json.key("columns").begin_array();
    for (const std::vector<Value>& row : ui::description_table(table).rows) write_row(json, row);
    json.end_array();
  }
  json.end_object();
}

void write_terms(JsonWriter& json, const RewardTerms& terms) {
  json.key("terms").begin_array();
  for (const NamedTerm& term : reward_term_names()) {
    const Micros amount = terms.*term.amount;
    if (amount == 0) continue;
    json.begin_array();
    json.value(ui::spaced(term.name));
    json.value(ui::signed_amount(amount));
    json.end_array();
  }
  json.end_array();
}

// The table that a step gave; null if it gave none.
const Table* described_by(const Episode& episode, const StepRecord& step) {
  if (action_kind(step.action.action_type) != ActionKind::kDescribe) return nullptr;
  if (!step.result.observation.error.empty()) return nullptr;
  return episode.task().database->image.schema().find(step.action.argument);
}

void write_step(JsonWriter& json, const Episode& episode, const StepRecord& step, Micros running) {
  const RewardTerms& terms = step.result.terms;
  const std::optional<ActionKind> kind = action_kind(step.action.action_type);
  json.begin_object();
  json.member("kind", kind ? action_name(*kind) : std::string_view(step.action.action_type));
  json.member("argument", step.action.argument);
  json.member("outcome", ui::outcome_text(step));
  json.member("error", step.result.observation.error);
  json.member("reward", ui::signed_amount(terms.total()));
  json.member("running", ui::signed_amount(running));
  if (step.result.table != nullptr) json.member("rows", step.result.table->rows.size());
  else if (const Table* table = described_by(episode, step))
    json.member("rows", table->columns.size());
  write_terms(json, terms);
  json.end_object();
}

void write_verdict(JsonWriter& json, const Episode& episode) {
  json.key("verdict");
  if (!episode.done()) return json.null();
  const std::optional<Verdict>& verdict = episode.verdict();
  const bool won = verdict && verdict->correct;
  json.begin_object();
  json.member("won", won);
  json.member("title", !verdict ? "Out of steps" : won ? "Correct" : "Not correct");
  json.member("detail",
              verdict ? verdict->detail : std::string("The budget ended before an answer."));
  json.member("reason", verdict ? reason_name(verdict->reason) : "BUDGET");
  json.member("sql", episode.task().question->gold_sql);
  json.member("rows", episode.gold().table.rows.size());
  json.end_object();
}

void write_episode(JsonWriter& json, const Episode& episode) {
  const Question& question = *episode.task().question;
  json.member("question_id", question.id);
  json.member("question", question.text);
  json.member("database", question.database);
  json.member("difficulty", question.difficulty);
  json.member("budget", episode.options().step_budget);
  json.member("left", episode.budget_remaining());
  json.member("done", episode.done());
  json.member("total", ui::signed_amount(episode.total_reward()));
  json.key("tables").begin_array();
  for (const Table& table : episode.task().database->image.schema().tables)
    write_table(json, episode, table);
  json.end_array();
  json.key("steps").begin_array();
  Micros running = 0;
  for (const StepRecord& step : episode.steps()) {
    running += step.result.terms.total();
    write_step(json, episode, step, running);
  }
  json.end_array();
  write_verdict(json, episode);
}

ResultTable table_of(const Episode& episode, int step) {
  if (step < 0) return episode.done() ? episode.gold().table : ResultTable{};
  if (step >= episode.step_count()) return {};
  const StepRecord& record = episode.steps()[static_cast<std::size_t>(step)];
  if (record.result.table != nullptr) return *record.result.table;
  const Table* table = described_by(episode, record);
  return table == nullptr ? ResultTable{} : ui::description_table(*table);
}

}  // namespace

std::string text_view_json(const ui::Playground& playground) {
  JsonWriter json;
  json.begin_object();
  json.member("notice", playground.notice());
  json.member("theme", playground.settings().theme == ui::ThemeKind::kLight ? "light" : "dark");
  if (const Episode* episode = playground.episode()) write_episode(json, *episode);
  json.end_object();
  return json.take();
}

std::string table_rows_json(const ui::Playground& playground, int step, int from, int count) {
  const Episode* episode = playground.episode();
  const ResultTable table = episode == nullptr ? ResultTable{} : table_of(*episode, step);
  const int size = static_cast<int>(table.rows.size());
  const int begin = std::clamp(from, 0, size);
  const int end = begin + std::clamp(count, 0, size - begin);
  JsonWriter json;
  json.begin_object();
  json.key("columns").begin_array();
  for (const std::string& name : table.columns) json.value(name);
  json.end_array();
  json.key("rows").begin_array();
  for (int row = begin; row < end; ++row)
    write_row(json, table.rows[static_cast<std::size_t>(row)]);
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace sqlenv::web
