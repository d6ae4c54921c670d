// What a server shows to those who watch its sessions, as JSON text.
//
// Only what the agent itself was given stands in it: no terms, no progress, no verdict, no gold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/episode/episode.h"

namespace sqlenv {

struct WatchedStep {
  int step = 0;  // from 1
  Action action;
  std::string result;
  std::string error;
  std::optional<double> reward;
};

// A session as it is, or, in a list, without schema_info and steps.
struct WatchedSession {
  std::uint64_t session = 0;  // number of the session, from 1
  std::uint64_t episode = 0;  // number of the episode in it, from 1
  std::string question;
  std::string schema_info;
  int step_count = 0;
  int budget_remaining = 0;
  bool done = false;   // the episode
  bool ended = false;  // the session
  std::vector<WatchedStep> steps;
};

// {"server": "...", "sessions": [{"session", "episode", "question", "step_count",
// "budget_remaining", "done", "ended"}]}
std::string watch_list_json(const std::string& server, const std::vector<WatchedSession>& sessions);

// {"server": "...", "session": {…, "schema_info", "steps": [{"step", "action_type", "argument",
// "result", "error", "reward"}]}}
std::string watched_session_json(const std::string& server, const WatchedSession& session);

}  // namespace sqlenv
