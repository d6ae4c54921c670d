// The card with the terms of the shown step's reward and the return so far.
#pragma once

#include "app/playground/commands.h"
#include "app/playground/episode_view.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

// `seen` is null before the first episode.
void reward_panel(Ui& ui, const EpisodeView* seen, Commands& commands);

}  // namespace sqlenv::ui
