// The panels of the playground, one a file. Each draws a part of the model into the current window
// and puts what the player did into it as commands.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "app/playground/assist.h"
#include "app/playground/diagram.h"
#include "app/playground/evaluation.h"
#include "app/playground/grid.h"
#include "app/playground/layout.h"
#include "app/playground/model.h"
#include "app/playground/ui.h"
#include "core/verify/difference.h"

namespace sqlenv::ui {

// What stands over everything else.
enum class Dialog { kNone, kKeys, kSettings };

inline constexpr std::size_t kLastStep = static_cast<std::size_t>(-1);

// What the panels remember from frame to frame that no episode knows of.
struct Views {
  bool still = false;  // the player wants no motion
  Dialog dialog = Dialog::kNone;
  Dialog wanted_dialog = Dialog::kNone;  // opens in the next frame
  Grid result;
  Grid gold;
  bool filters = false;  // the result has a line to filter its rows by
  bool focus_filter = false;
  std::string filter;
  Host host;
  std::string saved_note;      // what came of the last file
  bool wants_picture = false;  // the menu of pictures opens
  std::uint64_t saved_changes = 0;
  Diagram diagram;
  bool shows_diagram = false;           // in the place of the list of tables
  bool large_diagram = false;           // in the place of the middle column
  std::set<std::string> folded_tables;  // described, but closed by the player
  Assist assist;
  std::uint64_t informed_changes = 0;     // of the model, that the assist knows of
  bool focus_editor = false;              // the editor takes the keyboard in the next frame
  bool focus_now = false;                 // and in this one
  bool scroll_history = false;            // the history shows its last step in the next frame
  std::size_t recorded_step = kLastStep;  // of a transcript, shown
  std::optional<Difference> difference;   // of the answer from the gold, once the episode is over
  std::uint64_t difference_changes = 0;   // of the model, when it was found
  int verdict_tab = 0;                    // differences, expected rows, plan
  float verdict_height = 0;  // that its contents need, as of the last frame; 0: unknown
  std::unique_ptr<EvaluationTable> evaluation;  // of the file that was opened last
  bool shows_evaluation = false;                // in the place of the columns
  Grid episodes;
  std::uint64_t evaluations = 0;  // opened so far
  std::string episode_filter;
  std::string wanted[kEvaluationColumns];  // what rows must hold in a column; empty: anything
  std::uint64_t seen_changes = 0;
  double changed_at = -1;  // when the model last changed, in ImGui's time

  // From 0 to 1 in the moments after a change.
  float moved() const;
};

// The bar at the top, as high as header_height().
float header_height(const Ui& ui);
void header_panel(Ui& ui, Model& model, Views& views);

// The question and what is left of the budget.
void question_panel(Ui& ui, Model& model);

// The bar of a replay over the columns, and a link to the episode at the step that is shown, on the
// clipboard.
void replay_bar(Ui& ui, Model& model, Views& views, float margin);
void share_link(const Model& model, Views& views);

// A transcript in the place of everything below the header: how things stand, then its question and
// steps.
void transcript_bar(Ui& ui, Model& model, float margin);
void transcript_panels(Ui& ui, Model& model, Views& views, const Layout& layout, ImVec2 at,
                       float height);

// The episodes of an evaluation, in the place of all columns. REQUIRES: there is one.
void evaluation_panel(Ui& ui, Model& model, Views& views, ImVec2 size);

// What a picture can be taken of, each in the snapshot as "panel.…": opens for Views::wants_picture
// and Ui::menu.
void picture_menu(Ui& ui, Model& model, Views& views);

// Tables and what of them is known. Height 0: as high as it needs.
void schema_panel(Ui& ui, Model& model, Views& views, ImVec2 size);

// The entity diagram alone, in the place of the work.
void diagram_panel(Ui& ui, Model& model, Views& views, ImVec2 size);

// Where an action is chosen, written and played; `height` includes the card.
void action_panel(Ui& ui, Model& model, Views& views, ImVec2 size);

// Takes the place of the action panel once the episode is over. Height 0: as high as it needs, for
// a narrow window.
void verdict_panel(Ui& ui, Model& model, Views& views, ImVec2 size);

// What the shown step returned: rows, a description or an error; before the first, how to play.
// Height 0: as high as it needs, for a narrow window.
void result_panel(Ui& ui, Model& model, Views& views, ImVec2 size);

// The terms of the shown step's reward and the return so far.
void reward_panel(Ui& ui, Model& model, Views& views);

// The reward of each step: terms stacked, the return as a line, a cell to press for each.
void timeline(Ui& ui, Model& model);
Color term_color(const Ui& ui, std::string_view term);

// What was wrong with the answer row by row, and the rules that decided. `room` is the height.
void differences(Ui& ui, const Episode& episode, const Difference* difference, float room);

// The dialog that is open, if one is.
void dialogs(Ui& ui, Model& model, Views& views);

// A step in a list of them.
struct StepLine {
  std::string kind;
  std::string outcome;
  std::string argument;
  bool failed = false;
  Micros amount = 0;
};
inline constexpr float kStepRow = 52;
void paint_step(Ui& ui, const Press& row, std::size_t step, const StepLine& line, bool shown);

// All steps; pressing one shows its result again.
void history_panel(Ui& ui, Model& model, Views& views, ImVec2 size);

// Plays the draft, if there is one to play; and what is selected in it, if it is a query.
void play_draft(Model& model, Views& views);
void play_selection(Model& model, Views& views);

// Does what the keys of this frame mean. After the panels, so that what was typed in the same frame
// is already in the draft.
void take_keys(Model& model, Views& views);

}  // namespace sqlenv::ui
