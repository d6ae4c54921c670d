#include "core/wire/watch_json.h"

#include "core/wire/json.h"

namespace sqlenv {
namespace {

Json head_to_json(const WatchedSession& session) {
  return {{"session", session.session},
          {"episode", session.episode},
          {"question", session.question},
          {"step_count", session.step_count},
          {"budget_remaining", session.budget_remaining},
          {"done", session.done},
          {"ended", session.ended}};
}

Json step_to_json(const WatchedStep& step) {
  Json json = {{"step", step.step},
               {"action_type", step.action.action_type},
               {"argument", step.action.argument},
               {"result", step.result},
               {"error", step.error}};
  json["reward"] = step.reward ? Json(*step.reward) : Json();
  return json;
}

}  // namespace

std::string watch_list_json(const std::string& server,
                            const std::vector<WatchedSession>& sessions) {
  Json list = Json::array();
  for (const WatchedSession& session : sessions) list.push_back(head_to_json(session));
  return write_json({{"server", server}, {"sessions", std::move(list)}});
}

std::string watched_session_json(const std::string& server, const WatchedSession& session) {
  Json json = head_to_json(session);
  json["schema_info"] = session.schema_info;
  Json& steps = json["steps"] = Json::array();
  for (const WatchedStep& step : session.steps) steps.push_back(step_to_json(step));
  return write_json({{"server", server}, {"session", std::move(json)}});
}

}  // namespace sqlenv
