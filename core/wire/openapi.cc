#include "core/wire/openapi.h"

#include "core/base/check.h"
#include "core/wire/json.h"
#include "core/wire/schemas.h"

namespace sqlenv {
namespace {

constexpr std::string_view kInfo = R"({
"title":"SQLEnv",
"description":"Answer questions about a SQLite database that you cannot see. The routes are those of OpenEnv 1.x. Without an episode_id each request stands alone, as on official servers; with one, /reset keeps the episode and /step and /state go on with it. Sessions in number belong on the WebSocket at /ws.",
"license":{"name":"MIT","identifier":"MIT"},
"version":"1.0.0"})";

constexpr std::string_view kTags = R"([
{"name":"Environment Control","description":"Begin an episode and act in it"},
{"name":"State Management","description":"Where an episode stands"},
{"name":"Environment Info","description":"What this environment is"},
{"name":"Schema","description":"JSON Schemas of actions, observations and the state"},
{"name":"Health","description":"For probes and operators"},
{"name":"Task API","description":"Which questions there are"},
{"name":"MCP","description":"The environment as tools, over JSON-RPC 2.0"}])";

constexpr std::string_view kComponents = R"({
"StepResponse":{"type":"object","additionalProperties":false,"required":["observation","reward","done"],"properties":{"observation":{"$ref":"#/components/schemas/SQLObservation"},"reward":{"anyOf":[{"type":"number"},{"type":"null"}],"description":"null after a reset"},"done":{"type":"boolean"}}},
"ResetRequest":{"$ref":"#/components/schemas/ResetOptions"},
"StepRequest":{"type":"object","additionalProperties":true,"required":["action"],"properties":{"action":{"$ref":"#/components/schemas/SQLAction"},"episode_id":{"anyOf":[{"type":"string","maxLength":255},{"type":"null"}],"description":"The episode that /reset keeps under this name"},"timeout_s":{"anyOf":[{"type":"number","exclusiveMinimum":0},{"type":"null"}],"description":"Stops a query sooner than the server would"},"request_id":{"anyOf":[{"type":"string","maxLength":255},{"type":"null"}]}}},
"EnvironmentMetadata":{"type":"object","required":["name","description"],"properties":{"name":{"type":"string"},"description":{"type":"string"},"readme_content":{"anyOf":[{"type":"string"},{"type":"null"}]},"version":{"anyOf":[{"type":"string"},{"type":"null"}]},"author":{"anyOf":[{"type":"string"},{"type":"null"}]},"documentation_url":{"anyOf":[{"type":"string"},{"type":"null"}]}}},
"HealthResponse":{"type":"object","required":["status"],"properties":{"status":{"enum":["healthy","degraded","unhealthy"]},"reasons":{"type":"array","items":{"type":"string"},"description":"Why it is not healthy"}}},
"SchemaResponse":{"type":"object","required":["action","observation","state"],"properties":{"action":{"type":"object"},"observation":{"type":"object"},"state":{"type":"object"},"reset_observation":{"type":"object"}}},
"JsonRpcResponse":{"type":"object","required":["jsonrpc","id"],"properties":{"jsonrpc":{"const":"2.0"},"id":{"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}]},"result":{},"error":{"type":"object","required":["code","message"],"properties":{"code":{"type":"integer"},"message":{"type":"string"},"data":{}}}}},
"Task":{"type":"object","required":["question_id","question","database","difficulty","split"],"properties":{"question_id":{"type":"string"},"question":{"type":"string"},"database":{"type":"string"},"difficulty":{"type":"string"},"split":{"type":"string"}}},
"ValidationError":{"type":"object","required":["type","loc","msg","input"],"properties":{"type":{"type":"string"},"loc":{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"integer"}]}},"msg":{"type":"string"},"input":{},"ctx":{"type":"object"}}},
"HTTPValidationError":{"type":"object","required":["detail"],"properties":{"detail":{"type":"array","items":{"$ref":"#/components/schemas/ValidationError"}}}},
"Problem":{"type":"object","required":["detail"],"properties":{"detail":{"type":"string"}}}})";

struct Operation {
  const char* path;
  const char* method;
  const char* tag;
  const char* summary;
  std::string_view body;        // its schema; empty if there is none
  std::string_view reply;       // the schema of 200
  std::string_view errors;      // "404 422"
  std::string_view parameters;  // JSON
};

constexpr std::string_view kEnvParameter =
    R"([{"name":"env_name","in":"path","required":true,"description":"sql_env, in any case","schema":{"enum":["sql_env"]}}])";
constexpr std::string_view kEpisodeParameter =
    R"([{"name":"episode_id","in":"query","required":false,"description":"A kept episode","schema":{"type":"string"}}])";
constexpr std::string_view kSplitBody =
    R"({"type":"object","additionalProperties":false,"required":["split"],"properties":{"split":{"type":"string","examples":["train","eval"]}}})";
constexpr std::string_view kTaskBody =
    R"({"type":"object","additionalProperties":false,"required":["split","index"],"properties":{"split":{"type":"string","examples":["train","eval"]},"index":{"type":"integer"}}})";
constexpr std::string_view kRangeBody =
    R"({"type":"object","additionalProperties":false,"required":["split"],"properties":{"split":{"type":"string","examples":["train","eval"]},"start":{"anyOf":[{"type":"integer"},{"type":"null"}]},"stop":{"anyOf":[{"type":"integer"},{"type":"null"}]}}})";
constexpr std::string_view kTasksReply =
    R"({"type":"object","required":["tasks"],"properties":{"tasks":{"type":"array","items":{"$ref":"#/components/schemas/Task"}},"env_name":{"type":"string"}}})";

#define REF(name) R"({"$ref":"#/components/schemas/)" name R"("})"
const Operation kOperations[] = {
    {"/reset", "post", "Environment Control", "Begin an episode",
     R"({"anyOf":[{"$ref":"#/components/schemas/ResetRequest"},{"type":"null"}]})",
     REF("StepResponse"), "422", ""},
    {"/step", "post", "Environment Control", "Act in an episode", REF("StepRequest"),
     REF("StepResponse"), "404 422", ""},
    {"/state", "get", "State Management", "Where an episode stands", "", REF("SQLState"), "404",
     kEpisodeParameter},
    {"/metadata", "get", "Environment Info", "What this environment is", "",
     REF("EnvironmentMetadata"), "", ""},
    {"/health", "get", "Health", "Whether the server is well", "", REF("HealthResponse"), "", ""},
    {"/schema", "get", "Schema", "Schemas of actions, observations and the state", "",
     REF("SchemaResponse"), "", ""},
    {"/mcp", "post", "MCP", "One JSON-RPC request; errors of JSON-RPC are 200 too", "{}",
     REF("JsonRpcResponse"), "404", ""},
    {"/mcp", "delete", "MCP", "End the session that the header Mcp-Session-Id names", "", "",
     "400 404",
     R"([{"name":"Mcp-Session-Id","in":"header","required":true,"description":"As initialize gave it","schema":{"type":"string"}}])"},
    {"/list_environments", "get", "Task API", "The environment's name", "",
     R"({"type":"array","items":{"type":"string"}})", "", ""},
    {"/{env_name}/splits", "get", "Task API", "The splits of the questions", "",
     R"({"type":"array","items":{"type":"object","required":["name","type"],"properties":{"name":{"type":"string"},"type":{"enum":["train","validation","test"]}}}})",
     "404", kEnvParameter},
    {"/{env_name}/tasks", "post", "Task API", "The questions of a split", kSplitBody, kTasksReply,
     "404 422", kEnvParameter},
    {"/{env_name}/num_tasks", "post", "Task API", "How many there are", kSplitBody,
     R"({"type":"object","required":["num_tasks"],"properties":{"num_tasks":{"type":"integer"}}})",
     "404 422", kEnvParameter},
    {"/{env_name}/task", "post", "Task API", "One of them", kTaskBody,
     R"({"type":"object","required":["task"],"properties":{"task":{"$ref":"#/components/schemas/Task"}}})",
     "400 404 422", kEnvParameter},
    {"/{env_name}/task_range", "post", "Task API", "Some of them", kRangeBody, kTasksReply,
     "400 404 422", kEnvParameter},
};
#undef REF

Json parsed(std::string_view text) {
  std::optional<Json> json = parse_json(text);
  SQLENV_CHECK(json.has_value());
  return std::move(*json);
}

Json content(Json schema) { return {{"application/json", {{"schema", std::move(schema)}}}}; }

Json error_response(const std::string& status) {
  const bool validation = status == "422";
  const char* name = validation ? "HTTPValidationError" : "Problem";
  const char* text = validation        ? "What is wrong with the body"
                     : status == "404" ? "There is no such thing"
                                       : "It does not exist";
  return {{"description", text},
          {"content", content({{"$ref", std::string("#/components/schemas/") + name}})}};
}

Json operation_json(const Operation& operation) {
  Json json = {{"tags", {operation.tag}}, {"summary", operation.summary}};
  std::string id = operation.path + 1;
  id = id.substr(id.find('/') == std::string::npos ? 0 : id.find('/') + 1);
  json["operationId"] = std::string(operation.method) == "delete" ? "end_" + id : id;
  if (!operation.parameters.empty()) json["parameters"] = parsed(operation.parameters);
  if (!operation.body.empty()) {
    const bool optional = std::string_view(operation.path) == "/reset" || operation.body == "{}";
    json["requestBody"] = {{"required", !optional}, {"content", content(parsed(operation.body))}};
  }
  if (operation.reply.empty()) json["responses"]["204"] = {{"description", "Done"}};
  else
    json["responses"]["200"] = {{"description", "Success"},
                                {"content", content(parsed(operation.reply))}};
  for (std::size_t i = 0; i < operation.errors.size(); i += 4) {
    const std::string status(operation.errors.substr(i, 3));
    json["responses"][status] = error_response(status);
  }
  return json;
}

}  // namespace

std::string openapi_json(bool simulation) {
  Json paths = Json::object();
  for (const Operation& operation : kOperations) {
    const std::string path = operation.path;
    const bool control = path == "/reset" || path == "/step" || path == "/state";
    if (simulation || !control) paths[path][operation.method] = operation_json(operation);
  }
  Json schemas = parsed(kComponents);
  schemas["SQLAction"] = parsed(action_schema());
  schemas["SQLObservation"] = parsed(observation_schema());
  schemas["SQLState"] = parsed(state_schema());
  schemas["ResetOptions"] = parsed(reset_options_schema());
  return write_json({{"openapi", "3.1.0"},
                     {"info", parsed(kInfo)},
                     {"paths", std::move(paths)},
                     {"components", {{"schemas", std::move(schemas)}}},
                     {"tags", parsed(kTags)}});
}

}  // namespace sqlenv
