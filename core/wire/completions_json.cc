#include "core/wire/completions_json.h"

#include "core/base/version.h"
#include "core/wire/json.h"
#include "core/wire/json_writer.h"

namespace sqlenv {
namespace {

constexpr std::string_view kFormat = "sqlenv-completions/1";

void write_optional(JsonWriter& json, std::string_view name,
                    const std::optional<std::string>& text) {
  if (text) json.member(name, *text);
  else json.key(name).null();
}

std::optional<std::string> optional_member(const Json& json, const char* name) {
  const Json* value = member(json, name);
  return value != nullptr && value->is_string() ? std::optional(value->get<std::string>())
                                                : std::nullopt;
}

tl::unexpected<Error> bad(const std::string& problem) { return fail(ErrorCode::kBadJson, problem); }

void write_turn(JsonWriter& json, const ModelReply& turn) {
  json.begin_object();
  json.key("completion").raw(completion_json(turn.completion));
  json.member("prompt_tokens", turn.prompt_tokens);
  json.member("completion_tokens", turn.completion_tokens);
  json.end_object();
}

std::optional<ModelReply> read_turn(const Json& json) {
  const Json* written = member(json, "completion");
  if (written == nullptr) return std::nullopt;
  std::optional<ModelCompletion> completion = parse_completion(write_json(*written));
  if (!completion) return std::nullopt;
  return ModelReply{std::move(*completion), "", number_member<std::int64_t>(json, "prompt_tokens"),
                    number_member<std::int64_t>(json, "completion_tokens")};
}

ModelOptions read_model_options(const Json& json) {
  ModelOptions model;
  model.model = string_member(json, "model");
  model.max_tokens = number_member<std::int64_t>(json, "max_tokens");
  model.examples = flag_member(json, "examples");
  const Json* temperature = member(json, "temperature");
  model.temperature = temperature != nullptr && temperature->is_number()
                          ? std::optional(temperature->get<double>())
                          : std::nullopt;
  return model;
}

}  // namespace

std::string completions_header_json(const CompletionsHeader& header) {
  const ResetOptions& reset = header.evaluate.reset;
  JsonWriter json;
  json.begin_object();
  json.member("format", kFormat);
  json.member("core", header.core);
  json.member("pack", header.pack);
  json.member("pack_digest", header.pack_digest);
  json.member("dialect", dialect_version(header.dialect));
  json.member("grammar", header.grammar);
  json.member("examples", header.model.examples);
  json.member("model", header.model.model);
  json.key("temperature");
  if (header.model.temperature) json.fixed(*header.model.temperature, 3);
  else json.null();
  json.member("max_tokens", header.model.max_tokens);
  json.member("samples", header.samples);
  json.member("seed", reset.seed);
  json.member("episodes", header.evaluate.episodes);
  write_optional(json, "database", reset.filter.database);
  write_optional(json, "difficulty", reset.filter.difficulty);
  write_optional(json, "split", reset.filter.split);
  write_optional(json, "question", reset.filter.question_id);
  json.member("step_budget", reset.step_budget);
  json.member("reward", reset.reward);
  json.member("verifier", reset.verifier);
  json.end_object();
  return json.take() + "\n";
}

std::string kept_episode_json(const KeptEpisode& episode) {
  JsonWriter json;
  json.begin_object();
  json.member("episode", episode.number);
  json.member("question_id", episode.question_id);
  json.member("seed", episode.seed);
  json.key("turns").begin_array();
  for (const ModelReply& turn : episode.turns) write_turn(json, turn);
  json.end_array();
  json.member("done", episode.done);
  if (episode.failure) {
    json.key("failure").begin_object();
    json.member("kind", episode.failure->kind);
    json.member("message", episode.failure->message);
    json.end_object();
  }
  json.end_object();
  return json.take() + "\n";
}

std::vector<std::string> differing_options(const CompletionsHeader& a, const CompletionsHeader& b) {
  const std::optional<Json> left = parse_json(completions_header_json(a));
  const std::optional<Json> right = parse_json(completions_header_json(b));
  std::vector<std::string> names;
  for (const auto& [name, value] : left->items())
    if (name != "core" && value != *member(*right, name.c_str())) names.push_back(name);
  return names;
}

Result<CompletionsHeader> parse_completions_header(std::string_view line) {
  const std::optional<Json> json = parse_json(line);
  if (!json || string_member(*json, "format") != kFormat)
    return bad("it does not begin with {\"format\": \"" + std::string(kFormat) + "\" ….");
  const std::string dialect = string_member(*json, "dialect");
  const std::optional<Dialect> found = find_dialect(dialect);
  if (!found || dialect_version(*found) != dialect)
    return bad("its dialect \"" + dialect + "\" is not one of this version.");
  CompletionsHeader out;
  out.core = string_member(*json, "core");
  out.pack = string_member(*json, "pack");
  out.pack_digest = string_member(*json, "pack_digest");
  out.dialect = *found;
  out.grammar = flag_member(*json, "grammar");
  out.model = read_model_options(*json);
  out.samples = number_member<std::int64_t>(*json, "samples");
  out.evaluate.episodes = number_member<std::int64_t>(*json, "episodes");
  ResetOptions& reset = out.evaluate.reset;
  reset.seed = whole_member(*json, "seed");
  reset.filter.database = optional_member(*json, "database");
  reset.filter.difficulty = optional_member(*json, "difficulty");
  reset.filter.split = optional_member(*json, "split");
  reset.filter.question_id = optional_member(*json, "question");
  reset.step_budget = number_member<int>(*json, "step_budget");
  reset.reward = string_member(*json, "reward");
  reset.verifier = string_member(*json, "verifier");
  if (out.samples < 1 || out.evaluate.episodes < 0) return bad("its counts are out of range.");
  return out;
}

Result<KeptEpisode> parse_kept_episode(std::string_view line) {
  const std::optional<Json> json = parse_json(line);
  const Json* turns = json ? member(*json, "turns") : nullptr;
  if (turns == nullptr || !turns->is_array()) return bad("it is no episode with its turns.");
  KeptEpisode out;
  out.number = number_member<std::int64_t>(*json, "episode");
  out.question_id = string_member(*json, "question_id");
  out.seed = whole_member(*json, "seed");
  out.done = flag_member(*json, "done");
  for (const Json& turn : *turns) {
    std::optional<ModelReply> read = read_turn(turn);
    if (!read) return bad("a turn of it holds no completion.");
    out.turns.push_back(std::move(*read));
  }
  if (const Json* failure = member(*json, "failure"))
    out.failure = KeptFailure{string_member(*failure, "kind"), string_member(*failure, "message")};
  if (out.number < 1) return bad("it has no number.");
  return out;
}

}  // namespace sqlenv
