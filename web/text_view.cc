#include "web/text_view.h"

#include <algorithm>

#include "app/playground/format.h"
#include "web/json_text.h"

namespace sqlenv::web {
namespace {

template <class List, class Write>
std::string json_list(const List& list, Write write) {
  std::string out = "[";
  for (const auto& entry : list) {
    const std::string text = write(entry);
    if (text.empty()) continue;
    if (out.size() > 1) out += ",";
    out += text;
  }
  return out + "]";
}

std::string json_member(std::string_view key, std::size_t number) {
  return "\"" + std::string(key) + "\":" + std::to_string(number);
}

using web::json_member;

std::string json_flag(std::string_view key, bool value) {
  return "\"" + std::string(key) + (value ? "\":true" : "\":false");
}

std::string cell_json(const Value& cell) {
  if (is_null(cell)) return "null";
  const std::string text = json_string(display_text(cell));
  const bool number =
      std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<double>(cell);
  return number ? "[" + text + "]" : text;
}

std::string row_json(const std::vector<Value>& row) { return json_list(row, cell_json); }

std::string table_json(const Episode& episode, const Table& table) {
  const std::vector<std::string>& described = episode.described();
  std::string out = "{" + json_member("name", table.name);
  if (std::find(described.begin(), described.end(), table.name) == described.end())
    return out + "}";
  if (table.row_count)
    out +=
        "," + json_member("rows", ui::counted(static_cast<std::size_t>(*table.row_count), "row"));
  return out + ",\"columns\":" + json_list(ui::description_table(table).rows, row_json) + "}";
}

std::string term_json(const RewardTerms& terms, const NamedTerm& term) {
  const Micros amount = terms.*term.amount;
  if (amount == 0) return "";
  return "[" + json_string(ui::spaced(term.name)) + "," + json_string(ui::signed_amount(amount)) +
         "]";
}

// The table that a step gave; null if it gave none.
const Table* described_by(const Episode& episode, const StepRecord& step) {
  if (action_kind(step.action.action_type) != ActionKind::kDescribe) return nullptr;
  if (!step.result.observation.error.empty()) return nullptr;
  return episode.task().database->image.schema().find(step.action.argument);
}

std::string step_text_json(const Episode& episode, const StepRecord& step, Micros running) {
  const RewardTerms& terms = step.result.terms;
  const std::optional<ActionKind> kind = action_kind(step.action.action_type);
  std::string out = "{" + json_member("kind", kind ? action_name(*kind) : step.action.action_type) +
                    "," + json_member("argument", step.action.argument) + "," +
                    json_member("outcome", ui::outcome_text(step)) + "," +
                    json_member("error", step.result.observation.error) + "," +
                    json_member("reward", ui::signed_amount(terms.total())) + "," +
                    json_member("running", ui::signed_amount(running));
  if (step.result.table != nullptr)
    out += "," + json_member("rows", step.result.table->rows.size());
  else if (const Table* table = described_by(episode, step))
    out += "," + json_member("rows", table->columns.size());
  return out + ",\"terms\":" +
         json_list(reward_term_names(),
                   [&](const NamedTerm& term) { return term_json(terms, term); }) +
         "}";
}

std::string steps_json(const Episode& episode) {
  Micros running = 0;
  return json_list(episode.steps(), [&](const StepRecord& step) {
    running += step.result.terms.total();
    return step_text_json(episode, step, running);
  });
}

std::string verdict_json(const Episode& episode) {
  if (!episode.done()) return "null";
  const std::optional<Verdict>& verdict = episode.verdict();
  const bool won = verdict && verdict->correct;
  return "{" + json_flag("won", won) + "," +
         json_member("title", !verdict ? "Out of steps"
                              : won    ? "Correct"
                                       : "Not correct") +
         "," +
         json_member("detail", verdict ? verdict->detail : "The budget ended before an answer.") +
         "," + json_member("reason", verdict ? reason_name(verdict->reason) : "BUDGET") + "," +
         json_member("sql", episode.task().question->gold_sql) + "," +
         json_member("rows", episode.gold().table.rows.size()) + "}";
}

std::string episode_json(const Episode& episode) {
  const Question& question = *episode.task().question;
  return json_member("question_id", question.id) + "," + json_member("question", question.text) +
         "," + json_member("database", question.database) + "," +
         json_member("difficulty", question.difficulty) + "," +
         json_member("budget", static_cast<std::size_t>(episode.options().step_budget)) + "," +
         json_member("left", static_cast<std::size_t>(episode.budget_remaining())) + "," +
         json_flag("done", episode.done()) + "," +
         json_member("total", ui::signed_amount(episode.total_reward())) + ",\"tables\":" +
         json_list(episode.task().database->image.schema().tables,
                   [&](const Table& table) { return table_json(episode, table); }) +
         ",\"steps\":" + steps_json(episode) + ",\"verdict\":" + verdict_json(episode);
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
  const Episode* episode = playground.episode();
  return "{" + json_member("notice", playground.notice()) + "," +
         json_member("theme",
                     playground.settings().theme == ui::ThemeKind::kLight ? "light" : "dark") +
         (episode == nullptr ? "" : "," + episode_json(*episode)) + "}";
}

std::string table_rows_json(const ui::Playground& playground, int step, int from, int count) {
  const Episode* episode = playground.episode();
  ResultTable table = episode == nullptr ? ResultTable{} : table_of(*episode, step);
  const int size = static_cast<int>(table.rows.size());
  const int begin = std::clamp(from, 0, size);
  const int end = begin + std::clamp(count, 0, size - begin);
  const std::vector<std::vector<Value>> rows(table.rows.begin() + begin, table.rows.begin() + end);
  return "{\"columns\":" +
         json_list(table.columns, [](const std::string& name) { return json_string(name); }) +
         ",\"rows\":" + json_list(rows, row_json) + "}";
}

}  // namespace sqlenv::web
