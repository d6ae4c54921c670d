#include "app/playground/evaluation.h"

#include <algorithm>

namespace sqlenv::ui {
namespace {

constexpr std::size_t kMostGroups = 100;

// Difficulties stand in their own order, everything else by its name.
std::string rank(EvaluationColumn column, const std::string& name) {
  if (column != kDifficultyColumn) return name;
  return std::string(name == "easy"     ? "1"
                     : name == "medium" ? "2"
                     : name == "hard"   ? "3"
                                        : "4") +
         name;
}

}  // namespace

EvaluationTable::EvaluationTable(std::string name) : name_(std::move(name)) {
  rows_.columns = {"result", "question", "return", "steps", "failure", "difficulty", "database"};
}

void EvaluationTable::count(EvaluationColumn column, const std::string& name, const Tally& one) {
  std::vector<Group>& groups = groups_[column];
  auto at = groups.begin();
  while (at != groups.end() && rank(column, at->name) < rank(column, name)) ++at;
  if (at == groups.end() || at->name != name) {
    if (groups.size() == kMostGroups) return;
    at = groups.insert(at, {name, {}});
  }
  at->tally += one;
}

void EvaluationTable::add(const Catalog& catalog, const EpisodeSummary& episode) {
  const Pack* pack = catalog.find_pack(episode.pack);
  const Question* question = pack != nullptr && pack->digest == episode.pack_digest
                                 ? pack->find_question(episode.question_id)
                                 : nullptr;
  const std::string database = question != nullptr ? question->database : "unknown";
  const std::string difficulty = question != nullptr ? question->difficulty : "unknown";
  const bool right = episode.failure.empty();
  const Tally one{1, right ? 1 : 0, episode.steps, episode.total_reward};
  all_ += one;
  count(kDatabaseColumn, database, one);
  count(kDifficultyColumn, difficulty, one);
  if (!right) count(kFailureColumn, episode.failure, one);
  if (ranges_.size() == kMostEpisodes) return;
  ranges_.push_back({episode.begin, episode.end});
  rows_.rows.push_back({std::string(right ? "right" : "wrong"), episode.question,
                        to_double(episode.total_reward), static_cast<std::int64_t>(episode.steps),
                        episode.failure, difficulty, database});
}

}  // namespace sqlenv::ui
