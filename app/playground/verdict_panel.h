// The card that takes the place of the action panel once the episode is over.
#pragma once

#include <cstdint>
#include <optional>

#include "app/playground/commands.h"
#include "app/playground/episode_view.h"
#include "app/playground/grid.h"
#include "app/playground/saved_files.h"
#include "app/playground/session.h"
#include "app/playground/ui.h"
#include "core/verify/difference.h"

namespace sqlenv::ui {

struct VerdictPanel {
  Grid gold;
  std::optional<Difference> difference;  // of the answer from the gold; none without an answer
  std::uint64_t difference_changes = 0;  // the session's, when it was found
  int tab = 0;                           // differences, expected rows, plan
  float height = 0;                      // that its contents needed in the last frame; 0: unknown
};

// Draws nothing before the end. Height 0: as high as it needs, for a narrow window.
void verdict_panel(Ui& ui, const EpisodeView& seen, const Session& session, Commands& commands,
                   SavedFiles& files, VerdictPanel& panel, ImVec2 size);

}  // namespace sqlenv::ui
