#include "core/wire/task_api.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/wire/episode_values.h"
#include "core/wire/validation.h"

namespace sqlenv {
namespace {

using Tasks = std::vector<const Question*>;

Json task_to_json(const Question& question) {
  return {{"question_id", question.id},
          {"question", question.text},
          {"database", question.database},
          {"difficulty", question.difficulty},
          {"split", question.split}};
}

Json tasks_to_json(const Tasks& tasks, std::size_t start, std::size_t stop) {
  Json list = Json::array();
  for (std::size_t i = start; i < stop; ++i) list.push_back(task_to_json(*tasks[i]));
  return list;
}

std::vector<std::string> split_names(const Pack& pack) {
  std::vector<std::string> names;
  for (const Question& question : pack.questions)
    if (std::find(names.begin(), names.end(), question.split) == names.end())
      names.push_back(question.split);
  return names;
}

TaskReply refused(int status, const std::string& detail) { return {status, detail_json(detail)}; }

TaskReply refused(const FieldErrors& errors) { return {422, validation_error_json(errors)}; }

std::string_view index_problem(const Json& value) {
  if (!value.is_number()) return "int_type";
  return is_whole(value) ? "" : "int_from_float";
}

// The numbers a route takes besides the split.
std::vector<const char*> numbers_of(TaskRoute route) {
  if (route == TaskRoute::kTask) return {"index"};
  if (route == TaskRoute::kTaskRange) return {"start", "stop"};
  return {};
}

FieldErrors body_errors(const Json& body, TaskRoute route) {
  FieldErrors errors;
  const Json* split = member(body, "split");
  if (split == nullptr) errors.push_back(field_error("missing", {"body", "split"}, body));
  else if (!split->is_string())
    errors.push_back(field_error("string_type", {"body", "split"}, *split));
  const std::vector<const char*> numbers = numbers_of(route);
  for (const char* name : numbers) {
    const Json* value = member(body, name);
    const bool absent = value == nullptr || (value->is_null() && route == TaskRoute::kTaskRange);
    if (absent && route == TaskRoute::kTaskRange) continue;
    if (value == nullptr) {
      errors.push_back(field_error("missing", {"body", name}, body));
    } else if (const std::string_view type = index_problem(*value); !type.empty()) {
      errors.push_back(field_error(std::string(type), {"body", name}, *value));
    }
  }
  for (const auto& [key, value] : body.items()) {
    const std::string& name = key;
    if (name == "split" || std::find(numbers.begin(), numbers.end(), name) != numbers.end())
      continue;
    if (errors.size() < 16) errors.push_back(field_error("extra_forbidden", {"body", name}, value));
  }
  return errors;
}

// A number of a checked body: `otherwise` if it is absent, none if it is not from 0 to `end`.
std::optional<std::size_t> position(const Json& body, const char* name, std::size_t otherwise,
                                    std::size_t end) {
  const Json* value = member(body, name);
  if (value == nullptr || value->is_null()) return otherwise;
  const std::optional<std::uint64_t> number = whole_number(*value);
  if (!number || *number > end) return std::nullopt;
  return static_cast<std::size_t>(*number);
}

TaskReply reply(const Tasks& tasks, TaskRoute route, const Json& body) {
  if (route == TaskRoute::kNumTasks) return {200, write_json({{"num_tasks", tasks.size()}})};
  if (route == TaskRoute::kTasks)
    return {200,
            write_json({{"tasks", tasks_to_json(tasks, 0, tasks.size())}, {"env_name", kEnvName}})};
  if (route == TaskRoute::kTask) {
    const std::optional<std::size_t> index = position(body, "index", 0, tasks.size() - 1);
    if (!index) return refused(400, "Invalid task index");
    return {200, write_json({{"task", task_to_json(*tasks[*index])}})};
  }
  const std::optional<std::size_t> start = position(body, "start", 0, tasks.size());
  const std::optional<std::size_t> stop = position(body, "stop", tasks.size(), tasks.size());
  if (!start || !stop) return refused(400, "Invalid task index");
  return {200, write_json({{"tasks", tasks_to_json(tasks, *start, *stop)}})};
}

}  // namespace

std::string environments_json() { return write_json(Json::array({kEnvName})); }

std::string splits_json(const Pack& pack) {
  Json list = Json::array();
  for (const std::string& name : split_names(pack))
    list.push_back(
        {{"name", name}, {"type", name == "train" || name == "test" ? name : "validation"}});
  return write_json(list);
}

TaskReply task_reply(const Pack& pack, TaskRoute route, std::string_view text) {
  if (text.empty()) return refused({field_error("missing", {"body"}, nullptr)});
  const std::optional<Json> body = parse_client_json(text);
  if (!body) return refused({field_error("json_invalid", {"body"}, Json::object())});
  if (!body->is_object()) return refused({field_error("model_attributes_type", {"body"}, *body)});
  if (const FieldErrors errors = body_errors(*body, route); !errors.empty()) return refused(errors);
  const std::string split = string_member(*body, "split");
  Tasks tasks;
  for (const Question& question : pack.questions)
    if (question.split == split) tasks.push_back(&question);
  if (tasks.empty())
    return refused(404, "unknown split '" + shorten(split, 60) +
                            "'. There are: " + join(split_names(pack), ", ") + ".");
  return reply(tasks, route, *body);
}

}  // namespace sqlenv
