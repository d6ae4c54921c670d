// OpenDialog: where the player names a file of their own or takes one that was opened before, sees
// how far it is, and reads why one was refused. Drawn over the playground; opens by itself when a
// file is being opened or was refused. One thread.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "app/desktop/database_opener.h"
#include "app/desktop/recent_files.h"
#include "app/playground/playground.h"

namespace sqlenv::desktop {

class OpenDialog {
 public:
  // `open` is called for what was named; true: it is there already, and the opener not at work.
  // REQUIRES: `opener` and `recent` outlive the dialog.
  using Open = std::function<bool(const std::string& path)>;
  OpenDialog(DatabaseOpener& opener, RecentFiles& recent, Open open)
      : opener_(opener), recent_(recent), open_(std::move(open)) {}

  void show() { asked_ = true; }
  void draw(ui::Ui& ui);

 private:
  void contents(ui::Ui& ui, const DatabaseOpener::State& state);
  void progress(ui::Ui& ui, const DatabaseOpener::State& state);
  void path_field(ui::Ui& ui);
  void recent(ui::Ui& ui);
  void open_recent(const std::string& path);
  void buttons(ui::Ui& ui, const DatabaseOpener::State& state);
  void open();

  DatabaseOpener& opener_;
  RecentFiles& recent_;
  Open open_;
  std::string missing_;  // that a recent file is not there any more
  std::string path_;
  bool asked_ = false;
  bool was_busy_ = false;
  bool done_ = false;  // what was named is there
};

}  // namespace sqlenv::desktop
