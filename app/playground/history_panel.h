// The card with all steps; pressing one shows its result again.
#pragma once

#include <cstddef>
#include <set>
#include <string>

#include "app/playground/commands.h"
#include "app/playground/episode_view.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

struct HistoryPanel {
  bool follows = false;            // scrolls to the shown step in the next frame
  std::set<std::size_t> unfolded;  // steps of which a model's thoughts are shown
};

// `seen` is null before the first episode. Height 0: as high as it needs.
void history_panel(Ui& ui, const EpisodeView* seen, Commands& commands, HistoryPanel& panel,
                   ImVec2 size);

// A step in a list. paint_step() paints it over `row`.
struct StepLine {
  std::string kind;
  std::string outcome;
  std::string argument;
  bool failed = false;
  Micros amount = 0;
};
inline constexpr float kStepRow = 52;
void paint_step(Ui& ui, const Press& row, std::size_t step, const StepLine& line, bool shown);

}  // namespace sqlenv::ui
