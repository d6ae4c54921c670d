// The card with what the shown step returned: rows, a description or an error; before the first
// step, how an episode goes.
#pragma once

#include <string>

#include "app/playground/commands.h"
#include "app/playground/episode_view.h"
#include "app/playground/grid.h"
#include "app/playground/saved_files.h"
#include "app/playground/session.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

struct ResultPanel {
  Grid grid;
  bool filters = false;  // there is a field to filter the rows by
  bool focuses_filter = false;
  std::string filter;
};

// `seen` is null before the first episode. Height 0: as high as it needs, for a narrow window.
void result_panel(Ui& ui, const EpisodeView* seen, Session& session, Commands& commands,
                  SavedFiles& files, ResultPanel& panel, ImVec2 size);

}  // namespace sqlenv::ui
