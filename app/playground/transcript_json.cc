#include "app/playground/transcript_json.h"

#include "core/wire/json.h"
#include "core/wire/json_writer.h"

namespace sqlenv::ui {
namespace {

void write_choices(JsonWriter& json, const char* key,
                   const std::vector<Transcript::Choice>& choices) {
  json.key(key).begin_array();
  for (const Transcript::Choice& choice : choices) {
    json.begin_object();
    json.member("id", choice.id);
    json.member("label", choice.label);
    json.end_object();
  }
  json.end_array();
}

void write_step(JsonWriter& json, const Transcript::Step& step) {
  json.begin_object();
  json.member("action_type", step.action.action_type);
  json.member("argument", step.action.argument);
  json.member("result", step.result);
  json.member("error", step.error);
  if (step.reward) json.member("reward", *step.reward);
  json.end_object();
}

template <class Read>
auto read_list(const Json& object, const char* key, Read read) {
  std::vector<decltype(read(object))> list;
  if (const Json* values = member(object, key); values != nullptr && values->is_array())
    for (const Json& value : *values) list.push_back(read(value));
  return list;
}

Transcript::Choice read_choice(const Json& json) {
  return {string_member(json, "id"), string_member(json, "label")};
}

Transcript::Step read_step(const Json& json) {
  Transcript::Step step{{string_member(json, "action_type"), string_member(json, "argument")},
                        string_member(json, "result"),
                        string_member(json, "error"),
                        std::nullopt};
  if (member(json, "reward") != nullptr) step.reward = number_member<Micros>(json, "reward");
  return step;
}

}  // namespace

std::string transcript_json(const Transcript& transcript) {
  JsonWriter json;
  json.begin_object();
  json.member("title", transcript.title);
  json.member("state", transcript.state);
  json.member("bad", transcript.bad);
  json.member("question", transcript.question);
  json.member("schema", transcript.schema);
  json.member("left", transcript.left);
  json.member("first", transcript.first);
  json.member("plays", transcript.plays);
  json.member("acts", transcript.acts);
  json.key("steps").begin_array();
  for (const Transcript::Step& step : transcript.steps) write_step(json, step);
  json.end_array();
  write_choices(json, "choices", transcript.choices);
  write_choices(json, "rows", transcript.rows);
  json.end_object();
  return json.take();
}

std::optional<Transcript> read_transcript(std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  if (!json) return std::nullopt;
  Transcript transcript;
  transcript.title = string_member(*json, "title");
  transcript.state = string_member(*json, "state");
  transcript.bad = flag_member(*json, "bad");
  transcript.question = string_member(*json, "question");
  transcript.schema = string_member(*json, "schema");
  transcript.left = number_member<int>(*json, "left");
  transcript.first = number_member<int>(*json, "first");
  transcript.plays = flag_member(*json, "plays");
  transcript.acts = flag_member(*json, "acts");
  transcript.steps = read_list(*json, "steps", read_step);
  transcript.choices = read_list(*json, "choices", read_choice);
  transcript.rows = read_list(*json, "rows", read_choice);
  return transcript;
}

}  // namespace sqlenv::ui
