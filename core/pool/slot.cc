#include "core/pool/slot.h"

#include "core/base/check.h"
#include "core/wire/episode_save.h"

namespace sqlenv {
namespace {

// Questions skipped in a row before begin() fails.
constexpr int kMaxPassedOver = 100;

}  // namespace

Ending ending_of(const Episode& episode) {
  SQLENV_CHECK(episode.done());
  const Question& question = *episode.task().question;
  const std::optional<Verdict>& verdict = episode.verdict();
  Ending ending;
  ending.question_id = question.id;
  ending.database = episode.task().database->name;
  ending.difficulty = question.difficulty;
  ending.seed = episode.options().seed;
  ending.answered = verdict.has_value();
  ending.correct = verdict && verdict->correct;
  ending.reason = verdict ? std::string(reason_name(verdict->reason)) : "NO_ANSWER";
  ending.steps = episode.step_count();
  ending.total_reward = episode.total_reward();
  return ending;
}

const Episode* Slot::finished() const {
  if (episode_ && episode_->done()) return &*episode_;
  return finished_ ? &*finished_ : nullptr;
}

SlotAnswer Slot::answer_latest(bool began) const {
  SlotAnswer answer;
  answer.step = episode_->latest();
  answer.began = began;
  return answer;
}

SlotAnswer Slot::take(Result<Episode> episode) {
  if (episode_ && episode_->done()) finished_ = std::move(episode_);
  episode_.reset();
  if (!episode) {
    SlotAnswer answer;
    answer.error = episode.error();
    return answer;
  }
  episode_ = std::move(*episode);
  return answer_latest(episode_->step_count() == 0);
}

SlotAnswer Slot::begin(const ResetOptions& options, std::optional<std::uint64_t> seed) {
  options_ = options;
  if (!seed) return begin_next();
  stream_ = Random(*seed);
  options_.seed = *seed;
  return take(environment_->reset(options_));
}

SlotAnswer Slot::begin_next() {
  Result<Episode> episode = fail(ErrorCode::kInternal, "");
  for (int tried = 0; tried < kMaxPassedOver; ++tried) {
    options_.seed = stream_.next();
    episode = environment_->reset(options_);
    if (episode || episode.error().code != ErrorCode::kInternal) break;
  }
  return take(std::move(episode));
}

SlotAnswer Slot::step(const Action& action) {
  SQLENV_CHECK(episode_.has_value());
  if (episode_->done() && autoreset_ == Autoreset::kNextStep) return begin_next();
  const bool was_done = episode_->done();
  SlotAnswer answer;
  answer.step = episode_->step(action);
  answer.step.table.reset();
  if (!episode_->done() || was_done) return answer;
  std::optional<Ending> ending = ending_of(*episode_);
  if (autoreset_ == Autoreset::kSameStep) {
    StepResult last = std::move(answer.step);
    answer = begin_next();
    answer.last = std::move(last);
  }
  answer.ending = std::move(ending);
  return answer;
}

SlotAnswer Slot::adopt(const Episode& episode) {
  options_ = episode.options();
  stream_ = Random(options_.seed);
  return take(environment_->adopt(episode));
}

SlotAnswer Slot::load(std::string_view saved) {
  SlotAnswer answer = take(restore_episode(*environment_, saved));
  if (!episode_) return answer;
  options_ = episode_->options();
  stream_ = Random(options_.seed);
  return answer;
}

}  // namespace sqlenv
