// The card with the tables and what is known of them, as a list or as a diagram.
#pragma once

#include <set>
#include <string>

#include "app/playground/commands.h"
#include "app/playground/diagram.h"
#include "app/playground/episode_view.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

struct SchemaPanel {
  Diagram diagram;
  bool shows_diagram = false;    // in the place of the list of tables
  bool large_diagram = false;    // in the place of the middle column
  std::set<std::string> folded;  // tables that were described but closed by the player
};

// `seen` is null before the first episode. Height 0: as high as it needs.
void schema_panel(Ui& ui, const EpisodeView* seen, Commands& commands, SchemaPanel& panel,
                  ImVec2 size);

// The diagram alone, in the place of the middle column.
void diagram_panel(Ui& ui, const EpisodeView& seen, Commands& commands, SchemaPanel& panel,
                   ImVec2 size);

}  // namespace sqlenv::ui
