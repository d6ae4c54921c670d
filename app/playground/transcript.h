// Transcript: the steps of an episode that is not executed here, because its pack is not loaded or
// because a server plays it. Plain data, from a file or from Live; the panels show it in the place
// of the player's episode.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/episode/trajectory.h"

namespace sqlenv::ui {

struct Transcript {
  struct Step {
    Action action;
    std::string result;
    std::string error;
    std::optional<Micros> reward;

    friend bool operator==(const Step&, const Step&) = default;
  };

  // Something to press; its id goes to Host::choose_on_server().
  struct Choice {
    std::string id;
    std::string label;

    friend bool operator==(const Choice&, const Choice&) = default;
  };

  std::string title;
  std::string state;  // a sentence about the connection or the file
  bool bad = false;   // something is wrong, and `state` says what
  std::string question;
  std::string schema;  // as observations have it
  int left = 0;        // of the budget
  int first = 1;       // number of the first of `steps`
  std::vector<Step> steps;
  bool plays = false;           // the player plays it on a server
  bool acts = false;            // the server waits for the player's action
  std::vector<Choice> choices;  // beside "Close", which is always there
  std::vector<Choice> rows;     // a list to choose from, in the place of the steps

  friend bool operator==(const Transcript&, const Transcript&) = default;
};

// A recorded episode, with the reason why it is only read.
Transcript transcript_of(const Trajectory& trajectory, std::string title, std::string why);

// The names in "Tables: a, b", the first line of an observation's schema_info.
std::vector<std::string> table_names(std::string_view schema);

}  // namespace sqlenv::ui
