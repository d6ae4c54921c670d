// Differences: what was wrong with an answer row by row, and the rules that decided.
#pragma once

#include "app/playground/ui.h"
#include "core/episode/episode.h"
#include "core/verify/difference.h"

namespace sqlenv::ui {

// `difference` is null if the rows cannot be compared. `room` is the height; 0: as high as it
// needs. REQUIRES: the episode is done.
void differences(Ui& ui, const Episode& episode, const Difference* difference, float room);

}  // namespace sqlenv::ui
