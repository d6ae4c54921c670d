// The menu that saves a picture of a panel, each of which is in the snapshot as "panel.NAME".
#pragma once

#include "app/playground/host.h"
#include "app/playground/saved_files.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

struct PictureMenu {
  bool opens = false;  // in this frame; Ui::menu opens it as well
};

void picture_menu(Ui& ui, const Host& host, SavedFiles& files, PictureMenu& menu);

}  // namespace sqlenv::ui
