#include "tests/bench/workload.h"

#include "core/base/check.h"
#include "core/task/folder_files.h"
#include "core/wire/pack_json.h"

namespace sqlenv::bench {

const std::vector<NamedQuery>& queries() {
  static const std::vector<NamedQuery> all = {
      {"look_up", "SELECT * FROM flight_leg WHERE leg_id = 600"},
      {"count", "SELECT count(*) FROM flight_leg WHERE passengers > 120"},
      {"group",
       "SELECT status, count(*), avg(delay_minutes) FROM flight_leg GROUP BY status ORDER BY 2"},
      {"join",
       "SELECT r.origin, count(*), sum(l.passengers) FROM flight_leg AS l JOIN route AS r ON "
       "r.route_id = l.route_id GROUP BY r.origin ORDER BY 2 DESC LIMIT 20"},
      {"all_rows", "SELECT * FROM flight_leg"},
  };
  return all;
}

std::shared_ptr<const Catalog> bundled_catalog() {
  Result<Pack> pack = load_pack(FolderFiles(SQLENV_BENCH_DATA));
  SQLENV_CHECK(pack.has_value());
  std::vector<Pack> packs;
  packs.push_back(std::move(*pack));
  return std::make_shared<const Catalog>(std::move(packs));
}

Player::Player(std::shared_ptr<const Catalog> catalog) : environment_(std::move(catalog)) {
  environment_.keep_tables(false);
}

StepResult Player::step(Action action) {
  if (!episode_ || episode_->budget_remaining() <= 1) {
    ResetOptions options;
    options.filter.question_id = kQuestion;
    Result<Episode> episode = environment_.reset(options);
    SQLENV_CHECK(episode.has_value());
    episode_ = std::move(*episode);
  }
  StepResult result = episode_->step(action);
  SQLENV_CHECK(result.observation.error.empty());
  return result;
}

StepResult Player::describe() { return step({"DESCRIBE", kTable}); }

StepResult Player::sample() { return step({"SAMPLE", kTable}); }

StepResult Player::query(const std::string& sql) {
  const int number = episode_ ? episode_->step_count() : 0;
  return step({"QUERY", sql + " -- " + std::to_string(number)});
}

}  // namespace sqlenv::bench
