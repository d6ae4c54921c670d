#include "core/wire/schemas.h"

#include <algorithm>
#include <array>

#include "core/base/check.h"

namespace sqlenv {
namespace {

constexpr std::string_view kAction = R"({
"additionalProperties":false,
"description":"One action of an agent: explore the database, or answer the question.",
"properties":{
"metadata":{"additionalProperties":true,"description":"Additional metadata for the action","title":"Metadata","type":"object"},
"action_type":{"description":"DESCRIBE, SAMPLE, QUERY or ANSWER, in any case","examples":["DESCRIBE","SAMPLE","QUERY","ANSWER"],"title":"Action Type","type":"string"},
"argument":{"description":"A table for DESCRIBE and SAMPLE, one SELECT for QUERY, the answer for ANSWER","title":"Argument","type":"string"}},
"required":["action_type","argument"],"title":"SQLAction","type":"object"})";

constexpr std::string_view kObservation = R"({
"additionalProperties":false,
"description":"Everything an agent may read after a reset or a step.",
"properties":{
"done":{"default":false,"description":"Whether the episode has terminated","title":"Done","type":"boolean"},
"reward":{"anyOf":[{"type":"boolean"},{"type":"integer"},{"type":"number"},{"type":"null"}],"default":null,"description":"Reward signal from the last action","title":"Reward"},
"metadata":{"additionalProperties":true,"description":"Additional metadata for the observation","title":"Metadata","type":"object"},
"question":{"description":"The question in plain language","title":"Question","type":"string"},
"schema_info":{"description":"The tables, and the columns of those described so far","title":"Schema Info","type":"string"},
"result":{"description":"What the action found; empty if it failed","title":"Result","type":"string"},
"error":{"description":"CODE: message if the action failed, else empty","title":"Error","type":"string"},
"step_count":{"description":"Steps taken in this episode","minimum":0,"title":"Step Count","type":"integer"},
"budget_remaining":{"description":"Steps left","minimum":0,"title":"Budget Remaining","type":"integer"},
"action_history":{"description":"One line for each step so far","items":{"type":"string"},"title":"Action History","type":"array"}},
"required":["question","schema_info","result","error","step_count","budget_remaining","action_history"],
"title":"SQLObservation","type":"object"})";

constexpr std::string_view kState = R"({
"additionalProperties":true,
"description":"The name of the episode and how many steps it has taken.",
"properties":{
"episode_id":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"description":"Unique identifier for the current episode","title":"Episode Id"},
"step_count":{"default":0,"description":"Number of steps taken in the current episode","minimum":0,"title":"Step Count","type":"integer"}},
"title":"SQLState","type":"object"})";

constexpr std::string_view kResetOptions = R"({
"additionalProperties":false,
"description":"What to play. All of it is optional, and null counts as absent.",
"properties":{
"seed":{"anyOf":[{"type":"integer","minimum":0,"maximum":18446744073709551615},{"type":"null"}],"default":null,"description":"Picks one of the matching questions; drawn if absent"},
"episode_id":{"anyOf":[{"type":"string","maxLength":255},{"type":"null"}],"default":null,"description":"A name for the episode"},
"question_id":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"description":"This question and no other"},
"database":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"description":"Questions about this database"},
"difficulty":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"description":"easy, medium or hard"},
"split":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"description":"train or eval"},
"pack":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"description":"Questions of this pack; the first one if absent"},
"step_budget":{"anyOf":[{"type":"integer","minimum":1,"maximum":1000},{"type":"null"}],"default":null,"description":"Steps before the episode ends by itself; 15 if absent"},
"reward":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"description":"The reward preset; v3 if absent"},
"verifier":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"description":"How answers are compared; strict if absent"}},
"title":"ResetOptions","type":"object"})";

struct ToolText {
  std::string_view name, description, input;
};

constexpr std::array<ToolText, 5> kToolTexts = {{
    {"reset", "Begin an episode: a question about a database that you cannot see.", kResetOptions},
    {"describe", "The columns, types, keys and row count of a table. Costs a step.",
     R"({"additionalProperties":false,"properties":{"table":{"type":"string"}},"required":["table"],"type":"object"})"},
    {"sample", "A few rows of a table. Costs a step.",
     R"({"additionalProperties":false,"properties":{"table":{"type":"string"}},"required":["table"],"type":"object"})"},
    {"query", "Run one SELECT statement in SQLite's dialect. Costs a step.",
     R"({"additionalProperties":false,"properties":{"sql":{"type":"string"}},"required":["sql"],"type":"object"})"},
    {"answer", "Answer the question and end the episode.",
     R"({"additionalProperties":false,"properties":{"value":{"type":"string"}},"required":["value"],"type":"object"})"},
}};

const ToolText& tool_text(std::string_view name) {
  const auto* found = std::find_if(kToolTexts.begin(), kToolTexts.end(),
                                   [&](const ToolText& tool) { return tool.name == name; });
  SQLENV_CHECK(found != kToolTexts.end());
  return *found;
}

std::string one_line(std::string_view json) {
  std::string out(json);
  out.erase(std::remove(out.begin(), out.end(), '\n'), out.end());
  return out;
}

}  // namespace

std::string_view action_schema() { return kAction; }
std::string_view observation_schema() { return kObservation; }
std::string_view state_schema() { return kState; }
std::string_view reset_options_schema() { return kResetOptions; }

const std::string& schema_json() {
  static const std::string text = R"({"action":)" + one_line(kAction) + R"(,"observation":)" +
                                  one_line(kObservation) + R"(,"state":)" + one_line(kState) +
                                  R"(,"reset_observation":)" + one_line(kObservation) + "}";
  return text;
}

std::string_view tool_description(std::string_view name) { return tool_text(name).description; }
std::string_view tool_input_schema(std::string_view name) { return tool_text(name).input; }

}  // namespace sqlenv
