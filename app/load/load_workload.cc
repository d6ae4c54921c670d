#include "app/load/load_workload.h"

#include <algorithm>
#include <sstream>

#include "app/load/load_client.h"
#include "core/base/text.h"
#include "core/task/folder_files.h"

namespace sqlenv {
namespace {

constexpr const char* kReset =
    R"({"type":"reset","data":{"question_id":"concert_singer_train_021"}})";

// What an agent does: look at the table, look at the values, narrow down, answer.
constexpr const char* kActions[][2] = {
    {"DESCRIBE", "band"},
    {"SAMPLE", "band"},
    {"QUERY", "SELECT DISTINCT home_city FROM band ORDER BY home_city"},
    {"QUERY", "SELECT home_city, count(*) FROM band GROUP BY home_city ORDER BY 2 DESC"},
    {"QUERY",
     "SELECT band_name, home_city, split_year FROM band WHERE home_city IN ('Rotterdam', 'Lyon', "
     "'Berlin')"},
    {"QUERY",
     "SELECT band_name FROM band WHERE home_city IN ('Rotterdam', 'Lyon', 'Berlin') AND split_year "
     "IS NULL"},
    {"ANSWER",
     "Kaleido Foundry, Lantern District, Les Volets Clos, Mosaïque Nord, Zugvogel Kapelle"}};

LoadMessage reset(const char* text) { return {text, false, R"("done":false)"}; }

// No argument above needs escapes.
LoadWorkload sql() {
  LoadWorkload workload;
  workload.cycle.push_back(reset(kReset));
  for (const auto& action : kActions) {
    const std::size_t number = workload.cycle.size();
    workload.cycle.push_back({std::string(R"({"type":"step","data":{"action_type":")") + action[0] +
                                  R"(","argument":")" + action[1] + R"("}})",
                              true, R"("error":"","step_count":)" + std::to_string(number) + ","});
  }
  workload.cycle.back().expect = R"("reward":1.0,"done":true)";
  return workload;
}

LoadWorkload echo() {
  const std::string message = "Are you there? This is a no-op step.";
  return {{{R"({"type":"reset","data":{}})", false, ""}},
          {{R"({"type":"step","data":{"message":")" + message + R"("}})", true, message}}};
}

Result<LoadWorkload> from_file(const std::string& name) {
  const Result<std::string> text = read_file(name);
  if (!text) return fail(text.error());
  LoadWorkload workload;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);)
    if (!trim(line).empty())
      workload.cycle.push_back({line, line.find(R"("step")") != std::string::npos, ""});
  const auto is_step = [](const LoadMessage& message) { return message.step; };
  if (std::any_of(workload.cycle.begin(), workload.cycle.end(), is_step)) return workload;
  return fail(ErrorCode::kBadOption,
              name +
                  " holds no message of type step: write one JSON object a line, such as "
                  R"({"type":"step","data":{…}}.)");
}

}  // namespace

Result<LoadWorkload> load_workload(const std::string& name) {
  Result<LoadWorkload> workload = name == "sql" ? sql() : name == "echo" ? echo() : from_file(name);
  if (!workload) return workload;
  for (auto* messages : {&workload->first, &workload->cycle})
    for (LoadMessage& message : *messages) message.frame = masked_frame(message.text);
  return workload;
}

}  // namespace sqlenv
