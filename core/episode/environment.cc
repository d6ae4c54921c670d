#include "core/episode/environment.h"

#include "core/base/check.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/episode/episode.h"
#include "core/sql/mirror.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

Result<void> check_options(const ResetOptions& options) {
  if (options.step_budget < 1 || options.step_budget > 1000)
    return fail(ErrorCode::kBadOption, "step_budget must be from 1 to 1000.");
  if (find_reward_preset(options.reward) == nullptr) {
    std::string names;
    for (const RewardPreset& preset : reward_presets())
      names += (names.empty() ? "" : ", ") + std::string(preset.name);
    return fail(ErrorCode::kBadOption,
                "there is no reward preset of that name. Known: " + names + ".");
  }
  if (!verifier_mode(options.verifier))
    return fail(ErrorCode::kBadOption, "there is no verifier mode of that name. Known: " +
                                           join(verifier_names(), ", ") + ".");
  return {};
}

// The longest text of which a SAMPLE that cannot show everything reads the beginning, and how much
// of it that is. It is more than an observation shows.
constexpr int kMaxCutBytes = 4 << 20;
constexpr int kKeptCharacters = 1000;

std::string first_rows() { return " LIMIT " + std::to_string(kSampleRows); }

// SQL for the first rows with long values cut. octet_length() does not read its argument.
std::string sample_of_long(const Table& table, int longest) {
  const std::string kept = std::to_string(kKeptCharacters);
  std::string sql = "SELECT ";
  for (const Column& column : table.columns) {
    const std::string name = quote_identifier(column.name);
    const std::string size = "octet_length(" + name + ")";
    if (&column != &table.columns.front()) sql += ", ";
    sql += "CASE WHEN " + size + " <= " + kept + " THEN " + name + " WHEN typeof(" + name +
           ") = 'text' AND " + size + " <= " + std::to_string(longest) + " THEN substr(" + name +
           ", 1, " + kept + ") || '…' WHEN " + size + " > 0 THEN '… (' || " + size +
           " || ' bytes)' END AS " + name;
  }
  return sql + " FROM " + quote_identifier(table.name) + first_rows();
}

bool is_too_much(const Error& error) {
  return error.code == ErrorCode::kTooLarge || error.code == ErrorCode::kOperationBudget;
}

}  // namespace

Database& Environment::connection(const Task& task) {
  const auto found = connections_.find(task.database);
  if (found != connections_.end()) return found->second;
  Result<Database> opened = Database::open(task.database->image);
  SQLENV_CHECK(opened.has_value());
  return connections_.emplace(task.database, std::move(*opened)).first->second;
}

Result<Database*> Environment::mirror(const Task& task) {
  auto found = mirrors_.find(task.database);
  if (found == mirrors_.end()) {
    const Result<DatabaseImage> image = mirror_image(task.database->image);
    Result<Database> opened = image ? Database::open(*image) : fail(image.error());
    found = mirrors_.emplace(task.database, std::move(opened)).first;
  }
  if (!found->second) return fail(found->second.error());
  return &*found->second;
}

Result<std::shared_ptr<const Environment::Target>> Environment::shared_target(const Task& task) {
  const auto found = targets_.find(task.question);
  if (found != targets_.end()) return found->second;
  const std::string& sql = task.question->gold_sql;
  const Result<Database*> other =
      may_depend_on_scan_order(sql) ? mirror(task) : Result<Database*>(nullptr);
  Result<Gold> gold = compute_gold(connection(task), sql, task.question->answer_type, other);
  if (!gold)
    return fail(ErrorCode::kInternal,
                "the question " + task.question->id + " cannot be judged; choose another.");
  ProgressMeter progress(gold->table);
  auto target = std::make_shared<const Target>(Target{std::move(*gold), std::move(progress)});
  return targets_.emplace(task.question, std::move(target)).first->second;
}

Result<const Environment::Target*> Environment::target(const Task& task) {
  const Result<std::shared_ptr<const Target>> shared = shared_target(task);
  if (!shared) return fail(shared.error());
  return shared->get();
}

Result<const Gold*> Environment::gold(const Task& task) {
  const Result<const Target*> found = target(task);
  if (!found) return fail(found.error());
  return &(*found)->gold;
}

Result<const Environment::Sample*> Environment::sample(const Task& task, const Table& table) {
  if (const auto found = samples_.find(&table); found != samples_.end()) return &found->second;
  Result<ResultTable> rows = connection(task).query(
      "SELECT " + all_columns(table) + " FROM " + quote_identifier(table.name) + first_rows(),
      limits_);
  QueryLimits limits = limits_;
  limits.max_value = kMaxCutBytes;
  for (const int longest : {kMaxCutBytes, kKeptCharacters}) {
    if (rows || !is_too_much(rows.error())) break;
    if (Result<ResultTable> cut = connection(task).query(sample_of_long(table, longest), limits))
      rows = std::move(cut);
  }
  if (!rows) return fail(rows.error());
  Sample sample;
  sample.text = render_table(*rows, kSampleRows);
  sample.rows = std::make_shared<const ResultTable>(std::move(*rows));
  return &samples_.emplace(&table, std::move(sample)).first->second;
}

const std::string& Environment::description(const Table& table) {
  const auto [entry, is_new] = descriptions_.try_emplace(&table);
  if (is_new) entry->second = render_description(table);
  return entry->second;
}

Result<Task> Environment::choose(const ResetOptions& options) const {
  const Result<std::vector<Task>> tasks = catalog_->select(options.filter);
  if (!tasks) return fail(tasks.error());
  return (*tasks)[static_cast<std::size_t>(Random(options.seed).below(tasks->size()))];
}

Result<Episode> Environment::reset(const ResetOptions& options) {
  const Result<Task> task = choose(options);
  if (!task) return fail(task.error());
  return start(*task, options);
}

Result<Episode> Environment::start(const Task& task, const ResetOptions& options) {
  if (const Result<void> checked = check_options(options); !checked) return fail(checked.error());
  Result<std::shared_ptr<const Target>> target = shared_target(task);
  if (!target) return fail(target.error());
  return Episode(*this, task, options, std::move(*target));
}

Result<Episode> Environment::adopt(const Episode& episode) {
  targets_.try_emplace(episode.task().question, episode.target_);
  Episode copy = episode;
  copy.environment_ = this;
  copy.connection_ = &connection(episode.task());
  return copy;
}

}  // namespace sqlenv
