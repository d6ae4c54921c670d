// A saved episode: format "sqlenv-episode/1", one line of JSON, from which another process goes on.
//
// It holds the options, which question of which edition of which pack, the version of the core, the
// actions, and a digest (SHA-256) of everything that an agent has read: nothing of the gold, the
// verdict before the end or the reward's terms, so that an agent may keep it. Restoring plays the
// actions again and compares the digest: it reaches exactly the saved state, or fails.
//
//   std::string text = save_episode(episode);              // at any step, also after the last
//   Result<Episode> same = restore_episode(environment, text);
//
// The restored episode goes on exactly like the saved one: its trajectory has the same bytes.
// Restoring costs as much as playing the steps. A face that lets an agent restore episodes lets it
// try a step again and again.
#pragma once

#include <string>
#include <string_view>

#include "core/episode/episode.h"

namespace sqlenv {

std::string save_episode(const Episode& episode);

// Takes any bytes. BAD_SAVE if the text is no saved episode; NOT_FOUND if its pack is not loaded or
// has no such question; BAD_OPTION if its options do not fit; MISMATCH if the core or the pack is
// another edition, or if playing the actions again leads elsewhere (a forged or damaged text, or a
// step that a wall clock stopped).
Result<Episode> restore_episode(Environment& environment, std::string_view text);

}  // namespace sqlenv
