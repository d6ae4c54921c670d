// ScriptApi: an episode for programs, with text in and text out.
//
// What the page and the module for node give to scripts. It plays an episode of its own, apart from
// the one on the screen, and shows what an agent may see and nothing more: no gold, and no
// trajectory before the episode is done. Results are JSON; a failure is
// {"error": {"code": "...", "message": "..."}}, and changes nothing. One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/episode/episode.h"

namespace sqlenv::web {

class ScriptApi {
 public:
  // Adds the pack in a ustar archive to the catalog and ends the current episode. Answers
  // {"pack": {"name", "title", "digest", "databases", "questions"}}, the last two as counts.
  std::string load_pack(std::string_view archive);

  // Adds a pack, or puts it in the place of the one of its name, and ends the current episode.
  void put_pack(Pack pack);

  // {"packs": [{"name", "title", "license", "digest", "databases": [{"name", "title",
  // "description"}], "questions": [{"question_id", "question_text", "database_name", "difficulty",
  // "split"}]}]}
  std::string catalog_json() const;

  // Starts an episode; draws a seed if `options` name none. Answers what step() answers.
  std::string reset(std::string_view options);

  // {"observation": {...}, "reward": ..., "done": ...}
  std::string step(std::string_view action);

  // The finished episode as JSON Lines.
  std::string trajectory() const;

  // Plays a whole episode, one action a line, apart from the current one, and answers its
  // trajectory. As with `sqlenv run`, the seed is 0 if none is given, blank lines are skipped,
  // lines that are no actions are left out and reported on standard error, and lines after the end
  // are not read.
  std::string play(std::string_view options, std::string_view actions) const;

  // Starts an episode apart from the current one. Without `draw_seed`, a seed that `options` do not
  // name is 0.
  Result<Episode> start(std::string_view options, bool draw_seed) const;

  // Null before the first pack.
  const std::shared_ptr<const Catalog>& catalog() const { return catalog_; }

 private:
  std::shared_ptr<const Catalog> catalog_;
  std::unique_ptr<Environment> environment_;
  std::optional<Episode> episode_;
};

// The options of a reset, with a seed drawn if they name none and `draw_seed` is set.
Result<ResetOptions> read_reset_options(std::string_view json, bool draw_seed);

// The one that the exported functions use, and from which the page takes its catalog.
ScriptApi& script_api();

}  // namespace sqlenv::web
