// A shared episode: format "1", text for the fragment of a URL.
//
// It holds what replays an episode: the pack with the beginning of its digest, the question, seed,
// options, the actions, the step to look at, and a mark of what the steps came to, so that a replay
// that goes elsewhere is noticed. It holds nothing that an agent could not know. The text is "1"
// and base64url, without padding, of a checksum and the compressed fields:
//
//   std::optional<std::string> text = share_text(episode, 3);       // opens at step 3
//   Result<SharedEpisode> shared = read_share(*text);
//   Result<Episode> episode = start_shared(environment, *shared);   // then play shared->actions
//
// Reading takes any bytes, of any length, in time linear in what it accepts: at most
// kMaxSharedBytes of fields. Equal episodes give equal texts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/episode/episode.h"

namespace sqlenv {

inline constexpr std::size_t kMaxSharedBytes = 1 << 16;

// Stands before the text in a link.
inline constexpr std::string_view kShareMark = "#e=";

// The text in a link; none if `link` has no mark of one.
std::optional<std::string_view> share_in_link(std::string_view link);

struct SharedEpisode {
  ResetOptions options;     // of the filter, the pack and the question
  std::string pack_digest;  // its first 16 digits
  std::vector<Action> actions;
  std::size_t step = 0;     // to be looked at; 0: before the first
  std::uint32_t state = 0;  // share_state() after the last
};

// A mark of all that the steps so far have returned.
std::uint32_t share_state(const Episode& episode);

// None if the episode's fields are longer than kMaxSharedBytes.
std::optional<std::string> share_text(const Episode& episode, std::size_t step);

// BAD_SAVE if the text is damaged, cut, too long or of another version.
Result<SharedEpisode> read_share(std::string_view text);

// The episode before its first step. NOT_FOUND if its pack is not loaded or has no such question;
// MISMATCH if the pack is another edition; BAD_OPTION if its options do not fit. REQUIRES: it was
// read by read_share().
Result<Episode> start_shared(Environment& environment, const SharedEpisode& shared);

}  // namespace sqlenv
