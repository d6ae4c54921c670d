// Screen: all panels of the playground, where they stand and what they remember from frame to
// frame.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "app/playground/action_panel.h"
#include "app/playground/commands.h"
#include "app/playground/dialogs.h"
#include "app/playground/evaluation_panel.h"
#include "app/playground/history_panel.h"
#include "app/playground/layout.h"
#include "app/playground/picture_menu.h"
#include "app/playground/result_panel.h"
#include "app/playground/saved_files.h"
#include "app/playground/schema_panel.h"
#include "app/playground/session.h"
#include "app/playground/stage.h"
#include "app/playground/transcript_panel.h"
#include "app/playground/ui.h"
#include "app/playground/verdict_panel.h"

namespace sqlenv::ui {

class Screen {
 public:
  // REQUIRES: both outlive this.
  Screen(Session& session, Stage& stage) : session_(session), stage_(stage), files_(session) {}

  // Fills the main viewport, in this order: begin_frame() before the Ui of the frame is made.
  // Then what the player did is carried out.
  void begin_frame();
  float moved() const;  // the way of what moves after a change, 0 to 1
  void draw(Ui& ui);
  void carry_out(float frame_seconds);

  // Whether the next frame differs from the last without input.
  bool animating() const;

  void show_evaluation(std::unique_ptr<EvaluationTable> table);

  // The catalog is another one: what was drawn of the old one is not used any more.
  void forget_catalog();

 private:
  void note_changes();
  void root(Ui& ui);
  void notice_bar(Ui& ui, const Layout& layout);
  void question(Ui& ui);
  void work(Ui& ui, float height);
  void three_columns(Ui& ui, const Layout& layout, ImVec2 at, float height);
  void two_columns(Ui& ui, const Layout& layout, ImVec2 at, float height);
  void one_column(Ui& ui, const Layout& layout, ImVec2 at, float height);

  // Panels with what they need of this.
  void schema(Ui& ui, ImVec2 size);
  void diagram(Ui& ui, ImVec2 size);
  void action(Ui& ui, ImVec2 size);
  void verdict(Ui& ui, ImVec2 size);
  void result(Ui& ui, ImVec2 size);
  void reward(Ui& ui);
  void history(Ui& ui, ImVec2 size);

  const EpisodeView* seen() const { return seen_ ? &*seen_ : nullptr; }
  bool over() const { return seen_ && seen_->episode.done(); }
  // Whether the history holds what a model writes, which then comes before the rest.
  bool quotes_model() const {
    return seen_ && seen_->replay != nullptr && !seen_->replay->run().said.empty();
  }
  bool diagram_is_large() const { return seen_ && schema_.large_diagram; }

  Session& session_;
  Stage& stage_;
  Commands commands_;
  std::optional<EpisodeView> seen_;  // in the frame that is being drawn

  SavedFiles files_;
  SchemaPanel schema_;
  ActionPanel action_;
  ResultPanel result_;
  VerdictPanel verdict_;
  HistoryPanel history_;
  TranscriptPanel transcript_;
  EvaluationPanel evaluation_;
  Dialogs dialogs_;
  PictureMenu pictures_;

  std::uint64_t seen_changes_ = 0;
  double changed_at_ = -1;  // when the session last changed, in ImGui's time
};

}  // namespace sqlenv::ui
