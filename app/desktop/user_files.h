// UserFiles: the playground, and what the player brings into it: files that are named, dropped or
// taken from the list of recent ones, links, episodes of a server, and language models.
//
// Joins the opener, the clients, the dialogs and the playground. One thread; the opener and the
// clients work on threads of their own, and hand_over() passes their results to the playground
// before a frame is drawn.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "app/desktop/database_opener.h"
#include "app/desktop/model_client.h"
#include "app/desktop/model_dialog.h"
#include "app/desktop/open_dialog.h"
#include "app/desktop/recent_files.h"
#include "app/desktop/server_client.h"
#include "app/playground/playground.h"
#include "core/task/catalog.h"

namespace sqlenv::desktop {

class UserFiles {
 public:
  struct Options {
    bool keeps_recent = true;    // files that are opened are listed in the next session
    std::function<void()> wake;  // called, from any thread, when there is something to hand over
  };

  // `host` lacks what belongs to files and servers, which this adds.
  UserFiles(std::shared_ptr<const Catalog> catalog, ui::Host host, const ui::Settings& settings,
            const Options& options);

  ui::Playground& playground() { return playground_; }
  ServerClient& client() { return client_; }

  // Opens a file or a link.
  void open(const std::string& name);

  void hand_over();
  bool has_news() const { return opener_.has_news() || client_.has_news() || models_.has_news(); }

  // Has a language model play the question that is shown. Returns why it cannot; empty if it can.
  std::string play_model(const ModelChoice& choice);

  // Waits until files are read, the server has answered and a model has played to its end; for
  // servers at most `limit`.
  void wait(std::chrono::seconds limit);

 private:
  ui::Host with_files(ui::Host host);

  std::shared_ptr<const Catalog> catalog_;
  std::string evaluation_;  // the path of the one that is shown
  DatabaseOpener opener_;
  ServerClient client_;
  ModelClient models_;
  RecentFiles recent_;
  OpenDialog dialog_;
  ModelDialog model_dialog_;
  ui::Playground playground_;
};

}  // namespace sqlenv::desktop
