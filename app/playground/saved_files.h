// SavedFiles: what the player saves or shares, on its way to the face, and the note about the last.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "app/playground/episode_view.h"
#include "app/playground/session.h"

namespace sqlenv::ui {

class SavedFiles {
 public:
  // REQUIRES: `session` outlives this.
  explicit SavedFiles(const Session& session) : session_(session) {}

  // Saves a file where the face puts it or, if it has no place for files, copies its contents to
  // the clipboard; `copied` is the note then.
  void save(const std::string& name, std::string contents, const std::string& copied = "Copied");

  // Copies a link to the episode at the shown step, or saves its trajectory if that is too long.
  void share(const EpisodeView& seen);

  void set_note(std::string note);

  // The note about the last file; empty as soon as something else has changed.
  const std::string& note() const;

 private:
  const Session& session_;
  std::string note_;
  std::uint64_t changes_ = 0;  // the session's, when the note was set
};

}  // namespace sqlenv::ui
