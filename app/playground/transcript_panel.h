// The panels that show a transcript in the place of everything below the header, and the bar
// over them that shows its state.
#pragma once

#include <cstddef>

#include "app/playground/action_panel.h"
#include "app/playground/commands.h"
#include "app/playground/layout.h"
#include "app/playground/session.h"
#include "app/playground/transcript.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

inline constexpr std::size_t kLastStep = static_cast<std::size_t>(-1);

struct TranscriptPanel {
  std::size_t step = kLastStep;  // its result is shown
  bool follows = false;          // the list scrolls to it in the next frame
};

struct TranscriptParts {
  Session& session;
  Commands& commands;
  ActionPanel& action;
  TranscriptPanel& panel;
};

void transcript_bar(Ui& ui, const Transcript& seen, Commands& commands, float margin);

// `at` is the upper left corner.
void transcript_panels(Ui& ui, const Transcript& seen, const TranscriptParts& parts,
                       const Layout& layout, ImVec2 at, float height);

}  // namespace sqlenv::ui
