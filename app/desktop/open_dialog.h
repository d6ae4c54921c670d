// OpenDialog: where the player names a database file of their own, sees how far it is, and reads
// why one was refused. Drawn over the playground; opens by itself when a file is being opened or
// was refused. One thread.
#pragma once

#include <string>

#include "app/desktop/database_opener.h"
#include "app/playground/playground.h"

namespace sqlenv::desktop {

class OpenDialog {
 public:
  // REQUIRES: `opener` outlives the dialog.
  explicit OpenDialog(DatabaseOpener& opener) : opener_(opener) {}

  void show() { asked_ = true; }
  void draw(ui::Ui& ui);

 private:
  void contents(ui::Ui& ui, const DatabaseOpener::State& state);
  void progress(ui::Ui& ui, const DatabaseOpener::State& state);
  void path_field(ui::Ui& ui);
  void buttons(ui::Ui& ui, const DatabaseOpener::State& state);
  void open();

  DatabaseOpener& opener_;
  std::string path_;
  bool asked_ = false;
  bool was_busy_ = false;
};

}  // namespace sqlenv::desktop
