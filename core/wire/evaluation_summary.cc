#include "core/wire/evaluation_summary.h"

#include "core/wire/json.h"
#include "core/wire/json_writer.h"

namespace sqlenv {
namespace {

void write_summary(JsonWriter& json, const EpisodeSummary& episode) {
  json.begin_object();
  json.member("begin", episode.begin);
  json.member("end", episode.end);
  json.member("seed", episode.seed);
  json.member("steps", episode.steps);
  json.member("total_reward", episode.total_reward);
  json.member("failure", episode.failure);
  json.member("pack", episode.pack);
  json.member("pack_digest", episode.pack_digest);
  json.member("question_id", episode.question_id);
  json.member("question", episode.question);
  json.end_object();
}

EpisodeSummary summary_from_json(const Json& json) {
  EpisodeSummary episode;
  episode.begin = number_member<std::uint64_t>(json, "begin");
  episode.end = number_member<std::uint64_t>(json, "end");
  episode.seed = number_member<std::uint64_t>(json, "seed");
  episode.steps = number_member<int>(json, "steps");
  episode.total_reward = number_member<Micros>(json, "total_reward");
  episode.failure = string_member(json, "failure");
  episode.pack = string_member(json, "pack");
  episode.pack_digest = string_member(json, "pack_digest");
  episode.question_id = string_member(json, "question_id");
  episode.question = string_member(json, "question");
  return episode;
}

}  // namespace

std::string summaries_json(const std::vector<EpisodeSummary>& episodes) {
  JsonWriter json;
  json.begin_array();
  for (const EpisodeSummary& episode : episodes) write_summary(json, episode);
  json.end_array();
  return json.take();
}

std::vector<EpisodeSummary> read_summaries(std::string_view text) {
  std::vector<EpisodeSummary> episodes;
  const std::optional<Json> json = parse_json(text);
  if (!json || !json->is_array()) return episodes;
  for (const Json& episode : *json) episodes.push_back(summary_from_json(episode));
  return episodes;
}

}  // namespace sqlenv
