// OpenDialog: where the player names a database file of their own, sees how far it is, and reads
// why one was refused; or names an API server, to play on it or to watch it. Drawn over the
// playground; opens by itself when a file is being opened or was refused. One thread.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "app/desktop/database_opener.h"
#include "app/playground/playground.h"

namespace sqlenv::desktop {

class OpenDialog {
 public:
  // Connects to a server; what it says is why that is no address.
  using Connect =
      std::function<std::string(const std::string& address, const std::string& token, bool watch)>;

  // REQUIRES: `opener` outlives the dialog.
  explicit OpenDialog(DatabaseOpener& opener, Connect connect = {})
      : opener_(opener), connect_(std::move(connect)) {}

  void show() { asked_ = true; }
  void draw(ui::Ui& ui);

 private:
  void contents(ui::Ui& ui, const DatabaseOpener::State& state);
  void progress(ui::Ui& ui, const DatabaseOpener::State& state);
  void path_field(ui::Ui& ui);
  void buttons(ui::Ui& ui, const DatabaseOpener::State& state);
  void server_buttons(ui::Ui& ui);
  void open();
  void connect(bool watch);
  bool names_server() const;

  DatabaseOpener& opener_;
  Connect connect_;
  std::string path_;  // or a server's address
  std::string token_;
  std::string why_not_;  // the address is none
  bool asked_ = false;
  bool was_busy_ = false;
};

}  // namespace sqlenv::desktop
