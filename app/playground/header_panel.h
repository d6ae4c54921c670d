// The bar at the top: which question is played, the score and the buttons for everything else.
#pragma once

#include "app/playground/commands.h"
#include "app/playground/dialogs.h"
#include "app/playground/evaluation_panel.h"
#include "app/playground/session.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

struct HeaderParts {
  Session& session;
  Commands& commands;
  Dialogs& dialogs;
  EvaluationPanel& evaluation;
};

// The header is as high as header_height().
float header_height(const Ui& ui);
void header_panel(Ui& ui, const HeaderParts& parts);

}  // namespace sqlenv::ui
