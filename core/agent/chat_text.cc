#include "core/agent/chat_text.h"

namespace sqlenv {
namespace {

constexpr const char* kSystem =
    "You are a data analyst. You get a question about a SQLite database that you cannot see. "
    "Explore it, then answer.\n"
    "\n"
    "Each turn, call exactly one tool:\n"
    "- describe(table): the columns, types and keys of a table\n"
    "- sample(table): a few rows of a table\n"
    "- query(sql): one SELECT statement in SQLite's dialect; at most 20 rows are shown\n"
    "- answer(value): your final answer; it ends the episode\n"
    "\n"
    "Every call costs a step, and steps are limited. Answer before they run out. Give the bare "
    "value, or a JSON list, or a JSON list of rows, without any explanation.\n"
    "If you cannot call tools, write one JSON object instead: "
    "{\"action_type\": \"DESCRIBE\", \"argument\": \"table\"}, with SAMPLE, QUERY or ANSWER in the "
    "same way.";

std::string steps_left(int steps) {
  std::string out = "Steps left: " + std::to_string(steps) + ".";
  if (steps == 1) out += " Only an answer can still be right.";
  return out;
}

}  // namespace

std::vector<ChatMessage> chat_opening(const Observation& first) {
  return {{"system", kSystem, {}, ""},
          {"user",
           "Question: " + first.question + "\n\n" + first.schema_info + "\n\n" +
               steps_left(first.budget_remaining),
           {},
           ""}};
}

std::string chat_observation(const Observation& observation, std::string_view problem) {
  std::string out;
  if (!problem.empty()) out.append("Error: ").append(problem);
  else if (!observation.error.empty()) out = "Error: " + observation.error;
  else out = observation.result;
  return out + "\n\n" + steps_left(observation.budget_remaining);
}

}  // namespace sqlenv
