// UserFiles: what the player brings, on its way into the playground: files named, dropped or opened
// before, links, and what a server says. Joins the opener, the client, the dialog and the
// playground. One thread; what works on others is taken over by hand_over(), before a frame is
// drawn.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "app/desktop/database_opener.h"
#include "app/desktop/open_dialog.h"
#include "app/desktop/recent_files.h"
#include "app/desktop/server_client.h"
#include "app/playground/playground.h"
#include "core/task/catalog.h"

namespace sqlenv::desktop {

class UserFiles {
 public:
  // `keeps`: files that are opened are remembered for the next time. `wake` is called, from any
  // thread, when there is something to hand over. REQUIRES: `playground` outlives this.
  UserFiles(ui::Playground& playground, std::shared_ptr<const Catalog> catalog, bool keeps,
            const std::function<void()>& wake);

  // A file, or a link.
  void open(const std::string& name);

  ServerClient& client() { return client_; }

  void hand_over();
  bool has_news() const { return opener_.has_news() || client_.has_news(); }

  // Until files are read and the server has answered, or that took `limit`.
  void wait(std::chrono::seconds limit);

 private:
  ui::Playground& playground_;
  std::shared_ptr<const Catalog> catalog_;
  std::string evaluation_;  // the path of the one that is shown
  DatabaseOpener opener_;
  ServerClient client_;
  RecentFiles recent_;
  OpenDialog dialog_;
};

}  // namespace sqlenv::desktop
