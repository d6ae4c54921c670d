// Session: what all stages of the playground share. Plain data but for the score.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/playground/draft.h"
#include "app/playground/host.h"
#include "app/playground/question_picker.h"
#include "app/playground/settings.h"

namespace sqlenv::ui {

struct Session {
  Session(std::shared_ptr<const Catalog> catalog, Host face, const Settings& kept)
      : host(std::move(face)), questions(std::move(catalog)), settings(kept) {}

  const Host host;
  QuestionPicker questions;
  Settings settings;
  Draft draft;
  std::string notice;         // why the last command did not work; empty if it did
  std::uint64_t changes = 0;  // counts everything that changed what is shown

  std::set<const Question*> ended;  // questions whose gold was shown

  // Adds the points of an episode that is done, if its question was not ended before, and returns
  // them.
  std::int64_t score(const Episode& episode, int hints);

  // SQLite's plan of the task's gold query, a line a step.
  std::vector<std::string> gold_plan(const Task& task);
};

}  // namespace sqlenv::ui
