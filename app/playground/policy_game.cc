#include "app/playground/policy_game.h"

#include <cstdint>
#include <optional>

#include "core/policy/oracle_policy.h"

namespace sqlenv::ui {
namespace {

void ask_next(const std::shared_ptr<PolicyGame>& game, bool first) {
  const auto act = [waiting = std::weak_ptr(game)](const std::optional<Action>& action) {
    const std::shared_ptr<PolicyGame> alive = waiting.lock();
    if (alive == nullptr) return;
    if (action) alive->episode.step(*action);
    if (action && !alive->episode.done()) ask_next(alive, false);
    else alive->ended(action.has_value());
  };
  game->ask(game->policy, game->episode.options().seed, game->episode.latest().observation, first,
            act);
}

}  // namespace

void begin_game(const std::shared_ptr<PolicyGame>& game) { ask_next(game, true); }

AskPolicy ask_oracle(const Episode& solved) {
  const Question& question = *solved.task().question;
  const auto oracle = std::make_shared<OraclePolicy>(
      OracleKnowledge{question.tables_involved, question.gold_sql, solved.gold().table});
  return [oracle](const std::string&, std::uint64_t seed, const Observation& seen, bool first,
                  const Act& act) {
    if (first) oracle->begin(seen, seed);
    act(oracle->act(seen));
  };
}

}  // namespace sqlenv::ui
