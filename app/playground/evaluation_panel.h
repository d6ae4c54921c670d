// The episodes of an evaluation: what they came to, by database, difficulty and failure, each line
// of which is pressed to see its episodes alone, and the list, of which one is pressed to look back
// at it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/playground/commands.h"
#include "app/playground/evaluation.h"
#include "app/playground/grid.h"
#include "app/playground/host.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

struct EvaluationPanel {
  std::unique_ptr<EvaluationTable> table;  // of the file that was opened last; null: none was
  bool shown = false;                      // in the place of the columns
  Grid grid;
  std::uint64_t version = 0;  // counts the tables opened, for the grid
  std::string filter;
  std::string wanted[kEvaluationColumns];  // what rows must hold in a column; empty: anything

  // Shows another table.
  void show(std::unique_ptr<EvaluationTable> evaluation);
};

// Draws the table in the place of all columns. REQUIRES: there is one.
void evaluation_panel(Ui& ui, const OpenEpisode& open, Commands& commands, EvaluationPanel& panel,
                      ImVec2 size);

}  // namespace sqlenv::ui
