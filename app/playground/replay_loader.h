// ReplayLoader: the stage on which recordings are executed again, some steps a frame, until they
// are runs that can be looked at.
#pragma once

#include <optional>
#include <vector>

#include "app/playground/replay.h"

namespace sqlenv::ui {

class ReplayLoader {
 public:
  // `recordings` are of one task, at least one, the first of which `episode` begins. Their runs
  // join those of `before`. REQUIRES: `session` outlives this.
  ReplayLoader(Session& session, Episode episode, std::vector<Recording> recordings, Runs before);
  ReplayLoader(const ReplayLoader&) = delete;
  ReplayLoader& operator=(const ReplayLoader&) = delete;

  EpisodeView view() const;
  void go_on();

  // Gives up the query that runs, and with it the rest of its recording.
  void stop();

  bool done() const { return recordings_.empty(); }

  // The runs so far.
  const std::vector<Run>& runs() const { return runs_.all; }
  Runs take() { return std::move(runs_); }

 private:
  void end_recording();

  Session& session_;
  Episode episode_;
  std::vector<Recording> recordings_;  // the first is being executed
  Runs runs_;
  const std::vector<std::string> plan_;  // stays empty: no gold is shown meanwhile
  std::optional<RunningQuery> running_;
};

}  // namespace sqlenv::ui
