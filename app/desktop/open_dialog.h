// OpenDialog: where the player names a file of their own or takes one that was opened before, sees
// how far it is, and reads why one was refused; or names an API server, to play on it or to watch
// it. Drawn over the playground; opens by itself when a file is being opened or was refused. One
// thread.
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
  // Opens the file that was named, at once or on the opener's thread.
  using Open = std::function<void(const std::string& path)>;
  // Connects to a server. Returns why the address is wrong; empty if it is not.
  using Connect =
      std::function<std::string(const std::string& address, const std::string& token, bool watch)>;

  // REQUIRES: `opener` and `recent` outlive the dialog.
  OpenDialog(DatabaseOpener& opener, RecentFiles& recent, Open open, Connect connect = {})
      : opener_(opener), recent_(recent), open_(std::move(open)), connect_(std::move(connect)) {}

  void show() { asked_ = true; }
  void draw(ui::Ui& ui);

 private:
  void contents(ui::Ui& ui, const DatabaseOpener::State& state);
  void progress(ui::Ui& ui, const DatabaseOpener::State& state);
  void path_field(ui::Ui& ui);
  void recent(ui::Ui& ui);
  void open_recent(const std::string& path);
  void buttons(ui::Ui& ui, const DatabaseOpener::State& state);
  void server_buttons(ui::Ui& ui);
  void open(const std::string& path);
  void connect(bool watch);
  bool names_server() const;

  DatabaseOpener& opener_;
  RecentFiles& recent_;
  Open open_;
  Connect connect_;
  std::string path_;  // or a server's address
  std::string token_;
  std::string why_not_;  // the address is none, or a recent file is not there any more
  bool asked_ = false;
  bool opening_ = false;  // something, up to the last frame
};

}  // namespace sqlenv::desktop
