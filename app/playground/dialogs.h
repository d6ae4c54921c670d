// The dialogs over everything else: the keys and the settings.
#pragma once

#include "app/playground/settings.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

enum class Dialog { kNone, kKeys, kSettings };

struct Dialogs {
  Dialog open = Dialog::kNone;
  Dialog opens = Dialog::kNone;  // in the next frame
};

// Draws the dialog that is open, if one is.
void draw_dialog(Ui& ui, Settings& settings, Dialogs& dialogs);

}  // namespace sqlenv::ui
