// QuestionPicker: the catalog, and which of its questions is played next.
//
// Each function that returns an episode begins one; on an error the choice stays. The episodes use
// the picker's environment and must not outlive it, nor the next add_pack().
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "core/episode/episode.h"

namespace sqlenv::ui {

// Which questions the player wants.
struct Choice {
  std::size_t pack = 0;
  std::optional<std::string> database;
  std::optional<std::string> difficulty;
  std::uint64_t seed = 0;
};

class QuestionPicker {
 public:
  explicit QuestionPicker(std::shared_ptr<const Catalog> catalog);

  Environment& environment() { return *environment_; }
  const Catalog& catalog() const { return environment_->catalog(); }
  const Pack& pack() const { return catalog().packs()[choice_.pack]; }
  const Choice& choice() const { return choice_; }

  Result<Episode> reset(const ResetOptions& options);
  Result<Episode> choose(const Choice& choice);

  // Any question of the pack that was not played yet, by a drawn seed.
  Result<Episode> surprise(std::uint64_t seed, const Episode* current);

  // A question of the choice that was not played yet; if all were, another one than the current.
  Result<Episode> next(const Episode* current);
  Result<Episode> again(const Episode& current);

  // The pack joins the others, or replaces the one of its name, and a question of it is begun.
  // REQUIRES: no episode of this picker is alive.
  Result<Episode> add_pack(Pack pack);

  // The episode is on the screen: its question counts as played, and later ones get its options.
  void begun(const Episode& episode);

 private:
  ResetOptions options_for(const Choice& choice) const;

  std::unique_ptr<Environment> environment_;
  ResetOptions options_;  // of the last episode
  Choice choice_;
  std::set<const Question*> played_;
};

}  // namespace sqlenv::ui
