#include "app/playground/session.h"

#include <algorithm>

#include "app/playground/hints.h"

namespace sqlenv::ui {

std::int64_t Session::score(const Episode& episode, int hints) {
  if (!ended.insert(episode.task().question).second) return 0;
  const bool won = episode.verdict() && episode.verdict()->correct;
  settings.streak = won ? settings.streak + 1 : 0;
  settings.best_streak = std::max(settings.best_streak, settings.streak);
  const std::int64_t points = won ? points_of(episode.total_reward(), hints) : 0;
  settings.score += points;
  return points;
}

std::vector<std::string> Session::gold_plan(const Task& task) {
  return questions.environment().connection(task).plan(task.question->gold_sql);
}

}  // namespace sqlenv::ui
