#include "app/playground/question_picker.h"

#include <utility>
#include <vector>

namespace sqlenv::ui {
namespace {

// Seeds tried for a question that was not played yet. Far more than packs have questions.
constexpr std::uint64_t kSeedsTried = 400;

}  // namespace

QuestionPicker::QuestionPicker(std::shared_ptr<const Catalog> catalog)
    : environment_(std::make_unique<Environment>(std::move(catalog))) {}

void QuestionPicker::begun(const Episode& episode) {
  options_ = episode.options();
  played_.insert(episode.task().question);
  const std::vector<Pack>& packs = catalog().packs();
  for (std::size_t i = 0; i < packs.size(); ++i)
    if (&packs[i] == episode.task().pack) choice_.pack = i;
}

Result<Episode> QuestionPicker::reset(const ResetOptions& options) {
  Result<Episode> episode = environment_->reset(options);
  if (!episode) return episode;
  choice_.database = options.filter.database;
  choice_.difficulty = options.filter.difficulty;
  choice_.seed = options.seed;
  return episode;
}

ResetOptions QuestionPicker::options_for(const Choice& choice) const {
  ResetOptions options = options_;
  options.seed = choice.seed;
  options.filter.pack = catalog().packs()[choice.pack].name;
  options.filter.database = choice.database;
  options.filter.difficulty = choice.difficulty;
  options.filter.question_id.reset();
  return options;
}

Result<Episode> QuestionPicker::choose(const Choice& choice) {
  ResetOptions options = options_for(choice);
  if (choice.pack != choice_.pack) options.filter.split.reset();
  Result<Episode> episode = environment_->reset(options);
  if (episode) choice_ = choice;
  return episode;
}

Result<Episode> QuestionPicker::surprise(std::uint64_t seed, const Episode* current) {
  choice_.database.reset();
  choice_.difficulty.reset();
  choice_.seed = seed;
  return next(current);
}

Result<Episode> QuestionPicker::next(const Episode* current) {
  ResetOptions options = options_for(choice_);
  std::optional<Episode> other;  // played before, but not the current one
  for (std::uint64_t i = 1; i <= kSeedsTried; ++i) {
    options.seed = choice_.seed + i;
    Result<Episode> episode = environment_->reset(options);
    // A gold query that fails is that question's fault alone.
    if (!episode && episode.error().code == ErrorCode::kInternal) continue;
    if (!episode) return episode;
    const Question* question = episode->task().question;
    const bool fresh = !played_.contains(question);
    const bool differs = current == nullptr || question != current->task().question;
    if (fresh || (!other && differs)) other = std::move(*episode);
    if (fresh) break;
  }
  if (other) {
    choice_.seed = other->options().seed;
    return std::move(*other);
  }
  if (current != nullptr) return again(*current);
  return fail(ErrorCode::kInternal, "the gold query of each question of this choice fails.");
}

Result<Episode> QuestionPicker::again(const Episode& current) {
  ResetOptions options = options_;
  options.filter.pack = current.task().pack->name;
  options.filter.question_id = current.task().question->id;
  return environment_->reset(options);
}

Result<Episode> QuestionPicker::add_pack(Pack pack) {
  std::vector<Pack> packs = catalog().packs();
  Choice choice;
  choice.seed = choice_.seed;
  while (choice.pack < packs.size() && packs[choice.pack].name != pack.name) ++choice.pack;
  if (choice.pack == packs.size()) packs.emplace_back();
  packs[choice.pack] = std::move(pack);
  played_.clear();
  options_.filter.split.reset();
  environment_ = std::make_unique<Environment>(std::make_shared<const Catalog>(std::move(packs)));
  choice_.pack = choice.pack;
  return choose(choice);
}

}  // namespace sqlenv::ui
