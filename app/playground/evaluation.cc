#include "app/playground/evaluation.h"

#include <utility>

namespace sqlenv::ui {
namespace {

constexpr std::size_t kMostGroups = 100;

// Orders difficulties from easy to hard, and everything else by name.
bool stands_before(EvaluationColumn column, const std::string& a, const std::string& b) {
  const auto rank = [](const std::string& name) {
    return name == "easy" ? 0 : name == "medium" ? 1 : name == "hard" ? 2 : 3;
  };
  return column == kDifficultyColumn && rank(a) != rank(b) ? rank(a) < rank(b) : a < b;
}

}  // namespace

EvaluationTable::EvaluationTable(std::string name) : name_(std::move(name)) {
  for (const char* column :
       {"result", "question", "return", "steps", "failure", "difficulty", "database"})
    rows_.columns.emplace_back(column);
}

EvaluationTable::~EvaluationTable() = default;

void EvaluationTable::count(EvaluationColumn column, const std::string& name, const Tally& one) {
  std::vector<Group>& groups = groups_[column];
  std::size_t at = 0;
  while (at < groups.size() && groups[at].name != name) ++at;
  if (at == groups.size()) {
    if (at == kMostGroups) return;
    groups.emplace_back().name = name;
    for (; at > 0 && stands_before(column, groups[at].name, groups[at - 1].name); --at)
      std::swap(groups[at], groups[at - 1]);
  }
  groups[at].tally += one;
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
  std::vector<Value>& row = rows_.rows.emplace_back(kEvaluationColumns);
  row[kResultColumn] = std::string(right ? "right" : "wrong");
  row[kQuestionColumn] = episode.question;
  row[kReturnColumn] = to_double(episode.total_reward);
  row[kStepsColumn] = static_cast<std::int64_t>(episode.steps);
  row[kFailureColumn] = episode.failure;
  row[kDifficultyColumn] = difficulty;
  row[kDatabaseColumn] = database;
}

}  // namespace sqlenv::ui
