#include "core/wire/run_reader.h"

#include <utility>

#include "core/wire/json.h"

namespace sqlenv {
namespace {

PlayOptions read_options(const std::string& text) {
  const Json options = parse_json(text).value_or(Json());
  return {number_member<int>(options, "step_budget"), string_member(options, "reward"),
          string_member(options, "verifier")};
}

}  // namespace

void RunReader::add(std::string_view bytes) {
  index_.add(bytes);
  take();
}

Result<AgentRun> RunReader::finish() {
  index_.finish();
  take();
  run_.problems = index_.problems();
  if (!other_pack_.empty())
    return fail(ErrorCode::kMismatch, "\"" + run_.name + "\" holds episodes on the packs " +
                                          run_.pack + " and " + other_pack_ +
                                          ", or on two editions. A run is of one.");
  return std::move(run_);
}

void RunReader::take() {
  for (const EpisodeSummary& episode : index_.take()) add_episode(episode);
}

void RunReader::add_episode(const EpisodeSummary& episode) {
  if (run_.pack_digest.empty()) {
    run_.pack = episode.pack;
    run_.pack_digest = episode.pack_digest;
  } else if (run_.pack_digest != episode.pack_digest || run_.pack != episode.pack) {
    other_pack_ = episode.pack;
  }
  if (episode.failure == "CUT_OFF") {
    ++run_.cut_off;
  } else if (episode.failure == "BAD_TRAJECTORY") {
    ++run_.damaged;
  } else {
    if (episode.options != options_text_) {
      options_text_ = episode.options;
      options_ = read_options(options_text_);
    }
    run_.episodes.push_back(
        {episode.question_id, options_, episode.failure, episode.steps, episode.total_reward});
  }
}

}  // namespace sqlenv
