// The Task API of newer OpenEnv clients: lists the questions before any is played.
//
// A task is a question of the first pack, in the pack's order: its id (for reset's question_id),
// its text, database, difficulty and split, and nothing of its gold. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/task/pack.h"

namespace sqlenv {

inline constexpr char kEnvName[] = "sql_env";

enum class TaskRoute { kTasks, kNumTasks, kTask, kTaskRange };

struct TaskReply {
  int status = 200;
  std::string body;
};

std::string environments_json();

// [{"name", "type"}]; the type is train, validation or test.
std::string splits_json(const Pack& pack);

// The answer to a POST of {"split"}, {"split", "index"} or {"split", "start", "stop"}. 422 for
// another body, 404 for an unknown split, 400 for an index outside of it.
TaskReply task_reply(const Pack& pack, TaskRoute route, std::string_view body);

}  // namespace sqlenv
