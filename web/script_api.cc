#include "web/script_api.h"

#include <emscripten/emscripten.h>

#include <cstdio>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/task/pack_files.h"
#include "core/wire/episode_json.h"
#include "core/wire/json_writer.h"
#include "core/wire/pack_json.h"
#include "core/wire/trajectory.h"
#include "web/answer.h"

namespace sqlenv::web {
namespace {

constexpr const char* kNoPack = "no pack is loaded yet; load one first.";

void write_database(JsonWriter& json, const PackDatabase& database) {
  json.begin_object();
  json.member("name", database.name);
  json.member("title", database.title);
  json.member("description", database.description);
  json.end_object();
}

void write_question(JsonWriter& json, const Question& question) {
  json.begin_object();
  json.member("question_id", question.id);
  json.member("question_text", question.text);
  json.member("database_name", question.database);
  json.member("difficulty", question.difficulty);
  json.member("split", question.split);
  json.end_object();
}

void write_pack(JsonWriter& json, const Pack& pack) {
  json.begin_object();
  json.member("name", pack.name);
  json.member("title", pack.title);
  json.member("license", pack.license);
  json.member("digest", pack.digest);
  json.key("databases").begin_array();
  for (const PackDatabase& database : pack.databases) write_database(json, database);
  json.end_array();
  json.key("questions").begin_array();
  for (const Question& question : pack.questions) write_question(json, question);
  json.end_array();
  json.end_object();
}

std::string loaded_json(const Pack& pack) {
  JsonWriter json;
  json.begin_object();
  json.key("pack").begin_object();
  json.member("name", pack.name);
  json.member("title", pack.title);
  json.member("digest", pack.digest);
  json.member("databases", pack.databases.size());
  json.member("questions", pack.questions.size());
  json.end_object();
  json.end_object();
  return json.take();
}

std::uint64_t drawn_seed() {
  constexpr float kBits = 65536.0f;
  const auto high = static_cast<std::uint64_t>(emscripten_random() * kBits);
  const auto low = static_cast<std::uint64_t>(emscripten_random() * kBits);
  return high << 16 | low;
}

std::string finished(const Episode& episode) {
  if (!episode.done())
    return error_json("EPISODE_RUNNING", "the episode is not done; its trajectory comes after it.");
  return trajectory_jsonl(episode);
}

}  // namespace

Result<ResetOptions> read_reset_options(std::string_view json, bool draw_seed) {
  Result<ResetRequest> request = parse_reset(json);
  if (!request) return fail(request.error());
  if (draw_seed && !request->has_seed) request->options.seed = drawn_seed();
  return std::move(request->options);
}

std::string ScriptApi::load_pack(std::string_view archive) {
  const Result<ArchiveFiles> files = ArchiveFiles::open(archive);
  if (!files) return error_json(files.error());
  Result<Pack> pack = sqlenv::load_pack(*files);
  if (!pack) return error_json(pack.error());
  if (catalog_ != nullptr && catalog_->find_pack(pack->name) != nullptr)
    return error_json("BAD_PACK", "a pack named " + pack->name + " is loaded already.");
  put_pack(std::move(*pack));
  return loaded_json(catalog_->packs().back());
}

void ScriptApi::put_pack(Pack pack) {
  std::vector<Pack> packs;
  if (catalog_ != nullptr) packs = catalog_->packs();
  std::erase_if(packs, [&](const Pack& other) { return other.name == pack.name; });
  packs.push_back(std::move(pack));
  episode_.reset();
  catalog_ = std::make_shared<const Catalog>(std::move(packs));
  environment_ = std::make_unique<Environment>(catalog_);
}

std::string ScriptApi::catalog_json() const {
  if (catalog_ == nullptr) return error_json("NOT_FOUND", kNoPack);
  JsonWriter json;
  json.begin_object();
  json.key("packs").begin_array();
  for (const Pack& pack : catalog_->packs()) write_pack(json, pack);
  json.end_array();
  json.end_object();
  return json.take();
}

Result<Episode> ScriptApi::start(std::string_view options, bool draw_seed) const {
  if (environment_ == nullptr) return fail(ErrorCode::kNotFound, kNoPack);
  const Result<ResetOptions> wanted = read_reset_options(options, draw_seed);
  if (!wanted) return fail(wanted.error());
  return environment_->reset(*wanted);
}

std::string ScriptApi::reset(std::string_view options) {
  Result<Episode> episode = start(options, true);
  if (!episode) return error_json(episode.error());
  episode_ = std::move(*episode);
  return step_json(episode_->first());
}

std::string ScriptApi::step(std::string_view action) {
  if (!episode_) return error_json("NO_EPISODE", "there is no episode yet; reset first.");
  const Result<Action> parsed = parse_action(action);
  if (!parsed) return error_json(parsed.error());
  return step_json(episode_->step(*parsed));
}

std::string ScriptApi::trajectory() const {
  if (!episode_) return error_json("NO_EPISODE", "there is no episode yet; reset first.");
  return finished(*episode_);
}

std::string ScriptApi::play(std::string_view options, std::string_view actions) const {
  Result<Episode> episode = start(options, false);
  if (!episode) return error_json(episode.error());
  for (int number = 1; !actions.empty() && !episode->done(); ++number) {
    const std::string_view line = actions.substr(0, actions.find('\n'));
    actions.remove_prefix(std::min(line.size() + 1, actions.size()));
    if (trim(line).empty()) continue;
    if (const Result<Action> action = parse_action(line)) episode->step(*action);
    else
      std::fprintf(stderr, "sqlenv: line %d is not an action and was left out: %s\n", number,
                   action.error().to_string().c_str());
  }
  return finished(*episode);
}

ScriptApi& script_api() {
  static ScriptApi the_api;
  return the_api;
}

}  // namespace sqlenv::web
