#include "core/wire/episode_save.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/base/version.h"
#include "core/wire/episode_values.h"

namespace sqlenv {
namespace {

constexpr const char kEpisodeFormat[] = "sqlenv-episode/1";
constexpr const char* kMembers[] = {"format",      "core",    "pack",    "pack_digest",
                                    "question_id", "options", "actions", "state"};

// A digest of exactly what an agent has read so far. Hashes the action history a line at a time,
// since each observation repeats all lines before.
std::string state_digest(const Episode& episode) {
  Sha256 hash;
  hash.update(step_json(episode.first()) + "\n");
  for (std::size_t i = 0; i < episode.steps().size(); ++i) {
    hash.update(step_json(episode.steps()[i].result) + "\n");
    hash.update(write_json(episode.history()[i]) + "\n");
  }
  return hash.hex();
}

struct Saved {
  ResetOptions options;
  std::vector<Action> actions;
};

Error bad_save(const std::string& what) { return {ErrorCode::kBadSave, what}; }

Error cannot_go_on(const std::string& why) {
  return {ErrorCode::kMismatch, "the saved episode cannot go on here: " + why};
}

Result<void> check_members(const Json& json) {
  for (const char* name : kMembers) {
    const Json* value = member(json, name);
    const std::string quoted = std::string("\"") + name + "\"";
    if (value == nullptr)
      return fail(bad_save("this is no saved episode: it lacks " + quoted + "."));
    const std::string_view key = name;
    const bool fits = key == "options"   ? value->is_object()
                      : key == "actions" ? value->is_array()
                                         : value->is_string();
    if (!fits) return fail(bad_save("the saved episode's " + quoted + " has a wrong type."));
  }
  if (const std::string format = string_member(json, "format"); format != kEpisodeFormat)
    return fail(
        bad_save("the format is \"" + shorten(format, 60) + "\", not \"" + kEpisodeFormat + "\"."));
  return {};
}

Result<Saved> read_saved(const Json& json) {
  if (const Result<void> checked = check_members(json); !checked) return fail(checked.error());
  Saved saved;
  Result<ResetRequest> request = reset_from_json(*member(json, "options"));
  if (!request) return fail(request.error());
  saved.options = std::move(request->options);
  for (const Json& one : *member(json, "actions")) {
    Result<Action> action = action_from_json(one);
    if (!action) return fail(bad_save("an action cannot be read: " + action.error().message));
    saved.actions.push_back(std::move(*action));
  }
  return saved;
}

}  // namespace

std::string save_episode(const Episode& episode) {
  Json actions = Json::array();
  for (const StepRecord& record : episode.steps()) actions.push_back(action_to_json(record.action));
  return write_json({{"format", kEpisodeFormat},
                     {"core", kVersion},
                     {"pack", episode.task().pack->name},
                     {"pack_digest", episode.task().pack->digest},
                     {"question_id", episode.task().question->id},
                     {"options", reset_options_to_json(episode.options())},
                     {"actions", std::move(actions)},
                     {"state", state_digest(episode)}}) +
         "\n";
}

Result<Episode> restore_episode(Environment& environment, std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  if (!json) return fail(bad_save("this is no saved episode: it is not JSON."));
  Result<Saved> saved = read_saved(*json);
  if (!saved) return fail(saved.error());
  if (const std::string core = string_member(*json, "core"); core != kVersion)
    return fail(cannot_go_on("it was saved by sqlenv " + shorten(core, 40) + " and this is " +
                             kVersion + "."));
  const Result<Task> task = environment.catalog().find_task(string_member(*json, "pack"),
                                                            string_member(*json, "pack_digest"),
                                                            string_member(*json, "question_id"));
  if (!task) return fail(task.error());
  Result<Episode> episode = environment.start(*task, saved->options);
  if (!episode) return fail(episode.error());
  for (const Action& action : saved->actions) {
    if (episode->done()) return fail(bad_save("it goes on after the end of the episode."));
    episode->step(action);
  }
  if (state_digest(*episode) != string_member(*json, "state"))
    return fail(cannot_go_on("playing its actions again leads to another state."));
  if (trim(save_episode(*episode)) != trim(text))
    return fail(bad_save("the saved episode is not as sqlenv writes it."));
  return episode;
}

}  // namespace sqlenv
