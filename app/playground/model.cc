#include "app/playground/model.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/playground/hints.h"
#include "core/base/check.h"
#include "core/base/text.h"

namespace sqlenv::ui {
namespace {

// Seeds tried for a question that was not played yet. Far more than packs have questions.
constexpr std::uint64_t kSeedsTried = 400;

// Operations of a query for one frame. Natively a million took 10 ms in a plain recursion, and 200
// ms in the costliest of the attacks that the tests know.
constexpr std::int64_t kFirstSlice = 400'000;
constexpr std::int64_t kLeastSlice = 50'000;
constexpr std::int64_t kMostSlice = 1'000'000;

}  // namespace

Action Draft::action() const {
  Action action;
  action.action_type = std::string(action_name(kind));
  if (kind == ActionKind::kQuery) action.argument = sql;
  else if (kind == ActionKind::kAnswer) action.argument = answer;
  else action.argument = table;
  return action;
}

bool Draft::playable() const { return !trim(action().argument).empty(); }

Model::Model(std::shared_ptr<const Catalog> catalog, const Host& host)
    : host_(host), environment_(std::make_unique<Environment>(std::move(catalog))) {}

const StepRecord* Model::shown_step() const {
  return episode_ && shown_ ? &episode_->steps()[*shown_] : nullptr;
}

void Model::show(std::size_t step) {
  if (replay_) return go_to(step + 1);
  if (!episode_ || step >= episode_->steps().size()) return;
  shown_ = step;
  ++changes_;
}

bool Model::described(const Table& table) const {
  if (!episode_) return false;
  const std::vector<std::string>& names = episode_->described();
  return std::find(names.begin(), names.end(), table.name) != names.end();
}

std::optional<RevealedGold> Model::gold() const {
  if (!episode_ || !episode_->done()) return std::nullopt;
  return RevealedGold{&episode_->task().question->gold_sql, &episode_->gold().table,
                      &episode_->gold(), &plan_};
}

bool Model::start(const ResetOptions& options) {
  stop();
  Result<Episode> episode = environment_->reset(options);
  ++changes_;
  if (!episode) {
    notice_ = episode.error().message;
    return false;
  }
  begin(std::move(*episode), options);
  return true;
}

void Model::begin(Episode episode, const ResetOptions& options) {
  forget_replay();
  episode_ = std::move(episode);
  last_options_ = options;
  notice_.clear();
  shown_.reset();
  played_.insert(episode_->task().question);
  hints_ = 0;
  won_points_ = 0;
  draft_anew();
}

void Model::draft_anew() {
  draft_ = Draft{};
  if (const std::vector<std::string> names = tables(); !names.empty()) draft_.table = names.front();
}

std::vector<std::string> Model::tables() const {
  if (transcript_) return table_names(transcript_->schema);
  std::vector<std::string> names;
  if (episode_)
    for (const Table& table : episode_->task().database->image.schema().tables)
      names.push_back(table.name);
  return names;
}

void Model::show_transcript(std::optional<Transcript> transcript) {
  const bool other = !transcript || !transcript_ || transcript_->question != transcript->question;
  stop();
  transcript_ = std::move(transcript);
  if (other) draft_anew();
  ++changes_;
}

void Model::choose_of_transcript(const std::string& id) {
  if (id == "leave") show_transcript(std::nullopt);
  if (host_.choose_on_server) host_.choose_on_server(id);
}

void Model::reset(const ResetOptions& options) {
  if (!start(options)) return;
  const std::vector<Pack>& packs = catalog().packs();
  for (std::size_t i = 0; i < packs.size(); ++i)
    if (&packs[i] == episode_->task().pack) choice_.pack = i;
  choice_.database = options.filter.database;
  choice_.difficulty = options.filter.difficulty;
  choice_.seed = options.seed;
}

ResetOptions Model::options_for(const Choice& choice) const {
  ResetOptions options = last_options_;
  options.seed = choice.seed;
  options.filter.pack = catalog().packs()[choice.pack].name;
  options.filter.database = choice.database;
  options.filter.difficulty = choice.difficulty;
  options.filter.question_id.reset();
  return options;
}

void Model::choose(const Choice& choice) {
  ResetOptions options = options_for(choice);
  if (choice.pack != choice_.pack) options.filter.split.reset();
  if (start(options)) choice_ = choice;
}

void Model::surprise(std::uint64_t draw) {
  Choice choice;
  choice.pack = choice_.pack;
  choice.seed = draw;
  choice_ = choice;
  next_question();
}

void Model::add_pack(Pack pack) {
  std::vector<Pack> packs = catalog().packs();
  Choice choice;
  choice.seed = choice_.seed;
  while (choice.pack < packs.size() && packs[choice.pack].name != pack.name) ++choice.pack;
  if (choice.pack == packs.size()) packs.emplace_back();
  packs[choice.pack] = std::move(pack);
  forget_replay();
  // The episode and what was played point into the catalog that goes.
  episode_.reset();
  shown_.reset();
  played_.clear();
  ended_.clear();
  last_options_.filter.split.reset();
  environment_ = std::make_unique<Environment>(std::make_shared<const Catalog>(std::move(packs)));
  choice_.pack = choice.pack;
  choose(choice);
}

void Model::next_question() {
  stop();
  ResetOptions options = options_for(choice_);
  std::optional<std::pair<Episode, ResetOptions>> other;  // played before, but not the current one
  const Question* current = episode_ ? episode_->task().question : nullptr;
  for (std::uint64_t i = 1; i <= kSeedsTried; ++i) {
    options.seed = choice_.seed + i;
    Result<Episode> episode = environment_->reset(options);
    if (!episode) {
      if (episode.error().code == ErrorCode::kInternal) continue;  // that question, not the choice
      notice_ = episode.error().message;
      ++changes_;
      return;
    }
    const Question* question = episode->task().question;
    const bool fresh = played_.count(question) == 0;
    if (fresh || (!other && question != current)) other.emplace(std::move(*episode), options);
    if (fresh) break;
  }
  if (!other) return play_again();
  choice_.seed = other->second.seed;
  ++changes_;
  begin(std::move(other->first), other->second);
}

void Model::play_again() {
  if (!episode_) return;
  ResetOptions options = last_options_;
  options.filter.pack = episode_->task().pack->name;
  options.filter.question_id = episode_->task().question->id;
  start(options);
}

void Model::step(const Action& action) {
  SQLENV_CHECK(episode_.has_value());
  if (!playing()) return;
  stop();
  episode_->step(action);
  stepped();
}

void Model::stepped() {
  ++changes_;
  if (asks_what_if()) return;
  shown_ = episode_->steps().size() - 1;
  if (episode_->done() && !loading_) score();
}

void Model::score() {
  plan_ = environment_->connection(episode_->task()).plan(episode_->task().question->gold_sql);
  if (!ended_.insert(episode_->task().question).second || replay_) return;
  const bool won = episode_->verdict() && episode_->verdict()->correct;
  settings_.streak = won ? settings_.streak + 1 : 0;
  settings_.best_streak = std::max(settings_.best_streak, settings_.streak);
  won_points_ = won ? points_of(episode_->total_reward(), hints_) : 0;
  settings_.score += won_points_;
}

void Model::take_hint() {
  if (playing() && hints_ < kHintLevels) ++hints_;
}

void Model::play(const Action& action) {
  if (!drafting()) return;
  if (transcript_) {
    transcript_->acts = false;
    ++changes_;
    return host_.act_on_server(action);
  }
  if (!running_) run(action);
}

void Model::run(const Action& action) {
  running_ = RunningQuery{episode_->begin(action), kFirstSlice};
  run_slice();
}

void Model::run_slice() {
  if (running_->step.go_on(running_->slice)) return;
  PendingStep step = std::move(std::exchange(running_, std::nullopt)->step);
  if (asks_what_if()) {
    const Action action = step.action();
    replay_->what_if = StepRecord{action, Episode(*episode_).finish(std::move(step))};
  } else {
    episode_->finish(std::move(step));
  }
  stepped();
}

void Model::go_on(float frame_seconds) {
  if (replay_ && replay_->plays) {
    played_seconds_ += std::min(static_cast<double>(frame_seconds), 0.2);
    if (played_seconds_ * replay_->speed >= 1) go_to(replay_->step + 1);
  }
  if (!running_) return execute_next();
  // Measures its own time, not the frame's: where painting is slow, smaller pieces make nothing
  // faster.
  const auto begun = std::chrono::steady_clock::now();
  run_slice();
  const std::chrono::duration<float> taken = std::chrono::steady_clock::now() - begun;
  if (!running_) return;
  if (taken.count() > 0.025f) running_->slice = std::max(kLeastSlice, running_->slice / 2);
  else if (taken.count() < 0.01f) running_->slice = std::min(kMostSlice, running_->slice * 2);
}

void Model::stop() {
  if (!running_) return;
  running_.reset();
  if (loading_) loaded();
}

void Model::draft_from(const Action& action) {
  if (const std::optional<ActionKind> kind = action_kind(action.action_type)) {
    draft_.kind = *kind;
    if (*kind == ActionKind::kQuery) draft_.sql = action.argument;
    else if (*kind == ActionKind::kAnswer) draft_.answer = action.argument;
    else draft_.table = action.argument;
  }
}

void Model::enter(const Action& action) {
  draft_from(action);
  step(action);
}

bool Model::run_commands() {
  const std::vector<Command> commands = std::exchange(commands_, {});
  for (const Command& command : commands) command(*this);
  return !commands.empty();
}

}  // namespace sqlenv::ui
