// The bar over the columns while episodes are looked at: their runs as rows of cells that are
// dragged through, and what can be done from here.
#pragma once

#include "app/playground/commands.h"
#include "app/playground/host.h"
#include "app/playground/picture_menu.h"
#include "app/playground/replay.h"
#include "app/playground/saved_files.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

struct ReplayParts {
  const Host& host;
  Commands& commands;
  SavedFiles& files;
  PictureMenu& pictures;
};

// `replay` is null while its recordings are still being executed. `margin` is around the bar.
void replay_bar(Ui& ui, const Replay* replay, const ReplayParts& parts, float margin);

}  // namespace sqlenv::ui
