// The card in which an action is chosen, written and played.
#pragma once

#include <cstdint>

#include "app/playground/assist.h"
#include "app/playground/commands.h"
#include "app/playground/episode_view.h"
#include "app/playground/session.h"
#include "app/playground/transcript.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

struct ActionPanel {
  Assist assist;
  std::uint64_t informed_changes = 0;  // the session's, when the assist was informed
  bool focuses = false;                // the editor takes the keyboard in the next frame …
  bool focuses_now = false;            // … and in this one
};

// For an episode that is executed here, or for a server's. `seen` is null before the first episode.
// Height 0: as high as it needs.
void action_panel(Ui& ui, const EpisodeView* seen, Session& session, Commands& commands,
                  ActionPanel& panel, ImVec2 size);
void action_panel(Ui& ui, const Transcript& server, Session& session, Commands& commands,
                  ActionPanel& panel, ImVec2 size);

// Plays the draft, if there is one to play; and what is selected in it, if it is a query.
void play_draft(const Draft& draft, bool enabled, Commands& commands, ActionPanel& panel);
void play_selection(const Draft& draft, bool enabled, Commands& commands, ActionPanel& panel);

}  // namespace sqlenv::ui
