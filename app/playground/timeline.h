// The chart of the reward: the terms of each step stacked, the return as a line, and the steps
// below it as a row of cells. A replay's other runs are lines, and what an action would have paid
// is an outline.
#pragma once

#include <string_view>

#include "app/playground/commands.h"
#include "app/playground/episode_view.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

void timeline(Ui& ui, const EpisodeView& seen, Commands& commands);
Color term_color(const Ui& ui, std::string_view term);

}  // namespace sqlenv::ui
