// The card with the question, the hints that were taken and what is left of the budget.
#pragma once

#include "app/playground/commands.h"
#include "app/playground/episode_view.h"
#include "app/playground/host.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

// `seen` is null before the first episode.
void question_panel(Ui& ui, const EpisodeView* seen, const Host& host, Commands& commands);

}  // namespace sqlenv::ui
