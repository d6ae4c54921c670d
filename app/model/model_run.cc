#include "app/model/model_run.h"

#include <algorithm>
#include <utility>

#include "core/agent/grammar.h"
#include "core/base/check.h"
#include "core/base/random.h"

namespace sqlenv {
namespace {

constexpr int kMostLostInARow = 10;

// Servers read seeds as numbers of 31, 32 or 63 bits.
constexpr std::uint64_t kSentSeedMask = 0x7fff'ffff;

double fraction(std::uint64_t seed) {
  return static_cast<double>(Random(seed).next() >> 11) / static_cast<double>(1ULL << 53);
}

}  // namespace

ModelRun::ModelRun(Environment& environment, ModelRunOptions options,
                   std::vector<PlannedEpisode> plan, std::map<std::int64_t, KeptEpisode> kept,
                   ModelRunEvents events)
    : environment_(environment),
      options_(std::move(options)),
      plan_(std::move(plan)),
      kept_(std::move(kept)),
      events_(std::move(events)),
      allowed_(options_.concurrency) {
  // Another version of the core may plan other questions.
  std::erase_if(kept_, [this](const auto& entry) {
    return entry.first > planned() ||
           entry.second.question_id != planned_of(entry.first).task.question->id;
  });
}

std::int64_t ModelRun::planned() const {
  return static_cast<std::int64_t>(plan_.size()) * options_.samples;
}

const PlannedEpisode& ModelRun::planned_of(std::int64_t number) const {
  return plan_[static_cast<std::size_t>((number - 1) / options_.samples)];
}

std::uint64_t ModelRun::seed_of(std::int64_t number) const {
  const std::uint64_t seed = planned_of(number).seed;
  const std::uint64_t sample = static_cast<std::uint64_t>((number - 1) % options_.samples);
  return sample == 0 ? seed : Random(seed + sample).next();
}

bool ModelRun::may_ask(Time now) const {
  return under_way_ < static_cast<int>(allowed_) && now >= held_until_ &&
         (proven_ || under_way_ == 0);
}

bool ModelRun::may_start() const {
  return last_started_ < planned() && std::ssize(active_) < options_.concurrency &&
         (proven_ || active_.empty());
}

std::optional<ModelRun::Ask> ModelRun::next(Time now) {
  while (!early_ && may_ask(now)) {
    for (auto& [number, active] : active_)
      if (!active.asked && active.not_before <= now) return ask(number, active);
    if (!may_start()) return std::nullopt;
    if (events_.stopped && events_.stopped()) interrupt();
    else start(++last_started_, !options_.replay);
  }
  return std::nullopt;
}

std::optional<ModelRun::Time> ModelRun::wakes_at() const {
  if (early_ || under_way_ >= static_cast<int>(allowed_) || (!proven_ && under_way_ > 0))
    return std::nullopt;
  std::optional<Time> soonest;
  if (may_start()) soonest = Time(0);
  for (const auto& [number, active] : active_)
    if (!active.asked) soonest = std::min(soonest.value_or(active.not_before), active.not_before);
  return soonest ? std::optional(std::max(*soonest, held_until_)) : std::nullopt;
}

ModelRun::Ask ModelRun::ask(std::int64_t number, Active& active) {
  ModelOptions model = options_.model;
  model.seed = seed_of(number) & kSentSeedMask;
  if (options_.grammar) model.grammar = compact_grammar(active.play.agent().tables());
  active.asked = true;
  ++under_way_;
  return {number, model_request(options_.server, active.play.agent(), model, options_.limit)};
}

// Begins an episode with what is kept of it. One that does not go on is over with that.
void ModelRun::start(std::int64_t number, bool goes_on) {
  PlannedEpisode planned = planned_of(number);
  planned.seed = seed_of(number);
  Result<Episode> episode = start_planned(environment_, options_.reset, planned);
  if (!episode) return close(number, {{}, std::string(code_name(episode.error().code)), {}});
  PlayedEpisode play(std::move(*episode), options_.dialect);
  const auto kept = kept_.find(number);
  if (kept != kept_.end())
    for (const ModelReply& turn : kept->second.turns)
      if (!play.done()) play.play(turn);
  if (play.done()) {
    std::string failure = episode_failure(play.episode());
    return close(number, {std::move(play), std::move(failure), {}});
  }
  if (goes_on) {
    active_.emplace(number, Active{std::move(play)});
  } else if (kept != kept_.end() && kept->second.failure) {
    const KeptFailure& failure = *kept->second.failure;
    const ModelFailure kind =
        find_model_failure(failure.kind).value_or(ModelFailure::kServerFailed);
    close(number, {std::move(play), kModelError, ModelTrouble{kind, failure.message}});
  } else {
    unreported_.emplace(number, std::nullopt);
    report_ready();
  }
}

void ModelRun::take(std::int64_t number, const HttpReply& reply, Time now,
                    std::int64_t seconds_since_1970) {
  const auto found = active_.find(number);
  if (found == active_.end() || !found->second.asked) return;
  Active& active = found->second;
  active.asked = false;
  --under_way_;
  const std::uint64_t dice = seed_of(number) + static_cast<std::uint64_t>(active.attempt);
  const ModelOutcome outcome = read_model_outcome(
      options_.server, options_.dialect, options_.model, reply,
      {active.attempt, options_.retries + 1, proven_, seconds_since_1970, fraction(dice)});
  if (outcome.reply) completed(number, *outcome.reply);
  else refused(number, outcome, now);
}

void ModelRun::take(std::int64_t number, const ModelReply& reply) {
  const auto found = active_.find(number);
  if (found == active_.end() || !found->second.asked) return;
  found->second.asked = false;
  --under_way_;
  completed(number, reply);
}

void ModelRun::completed(std::int64_t number, const ModelReply& reply) {
  proven_ = true;
  trouble_.reset();
  lost_in_a_row_ = 0;
  allowed_ = std::min<double>(options_.concurrency, allowed_ + 1 / allowed_);
  const std::int64_t tokens = reply.prompt_tokens + reply.completion_tokens;
  tokens_ += tokens;
  Active& active = active_.at(number);
  active.attempt = 1;
  active.play.play(reply);
  if (active.play.done()) {
    std::string failure = episode_failure(active.play.episode());
    close(number, {std::move(active.play), std::move(failure), {}});
  }
  const std::int64_t most = options_.max_total_tokens;
  if (most > 0 && tokens == 0)
    end(model_failure_name(ModelFailure::kNoTokenCounts),
        "The server does not count tokens, so that no budget of tokens can be kept.", true);
  else if (most > 0 && tokens_ >= most)
    end("TOKEN_BUDGET",
        "The budget of " + std::to_string(most) + " tokens is spent: " + std::to_string(tokens_) +
            " were used.",
        false);
}

void ModelRun::refused(std::int64_t number, const ModelOutcome& outcome, Time now) {
  trouble_ = outcome.trouble.kind;
  if (!outcome.retry_in) return lose(number, outcome.trouble);
  Active& active = active_.at(number);
  ++active.attempt;
  active.not_before = now + *outcome.retry_in;
  if (outcome.trouble.kind == ModelFailure::kRateLimited) slow_down(now, active.not_before);
}

void ModelRun::slow_down(Time now, Time until) {
  // Refusals that come while the run waits already were under way together: one sign, not several.
  if (now >= held_until_) allowed_ = std::max(1.0, allowed_ / 2);
  held_until_ = std::max(held_until_, until);
}

void ModelRun::lose(std::int64_t number, ModelTrouble trouble) {
  if (concerns_all_episodes(trouble.kind, proven_))
    return end(model_failure_name(trouble.kind), std::move(trouble.message), true);
  if (trouble.kind != ModelFailure::kContextExceeded) ++lost_in_a_row_;
  const std::string message = trouble.message;
  const std::string_view name = model_failure_name(trouble.kind);
  close(number, {std::move(active_.at(number).play), kModelError, std::move(trouble)});
  if (lost_in_a_row_ >= kMostLostInARow)
    end(name, "Ten episodes in a row were lost. The last one: " + message, true);
}

void ModelRun::interrupt() { end("INTERRUPTED", "The run was interrupted.", true); }

void ModelRun::end(std::string_view reason, std::string message, bool at_once) {
  if (!early_) early_ = EarlyEnd{std::string(reason), std::move(message)};
  at_once_ = at_once_ || at_once;
}

bool ModelRun::over() const {
  if (early_) return at_once_ || under_way_ == 0;
  return last_started_ == planned() && active_.empty();
}

void ModelRun::close(std::int64_t number, Ended ended) {
  active_.erase(number);
  ++ended_;
  solved_ += ended.failure.empty() ? 1 : 0;
  if (ended.play) keep(number, *ended.play, ended.trouble);
  unreported_.emplace(number, std::move(ended));
  report_ready();
}

void ModelRun::keep(std::int64_t number, const PlayedEpisode& play,
                    const std::optional<ModelTrouble>& lost) {
  const auto kept = kept_.find(number);
  const bool is_new = kept == kept_.end() || kept->second.failure ||
                      kept->second.turns.size() != play.turns().size();
  if (!is_new || options_.replay || !events_.keep) return;
  KeptEpisode episode{
      number, play.episode().task().question->id, seed_of(number), play.turns(), play.done(), {}};
  if (lost)
    episode.failure = KeptFailure{std::string(model_failure_name(lost->kind)), lost->message};
  events_.keep(episode);
}

void ModelRun::report_ready() {
  for (auto first = unreported_.find(next_reported_); first != unreported_.end();
       first = unreported_.find(++next_reported_)) {
    report(first->first, first->second);
    unreported_.erase(first);
  }
}

void ModelRun::report(std::int64_t number, const std::optional<Ended>& ended) {
  if (!ended || !events_.ended) return;
  const std::size_t planned = static_cast<std::size_t>((number - 1) / options_.samples);
  events_.ended({number, planned, &plan_[planned].task, ended->play ? &*ended->play : nullptr,
                 ended->failure, ended->trouble});
}

void ModelRun::finish() {
  for (const auto& [number, active] : active_)
    if (!active.play.turns().empty()) keep(number, active.play, std::nullopt);
  active_.clear();
  for (std::int64_t number = last_started_ + 1; number <= planned(); ++number)
    if (kept_.contains(number)) start(number, false);
  last_started_ = planned();
  for (const auto& [number, ended] : std::exchange(unreported_, {})) report(number, ended);
}

}  // namespace sqlenv
