// Where the desktop program keeps a player's settings: sqlenv/playground.txt in the user's
// configuration folder ($XDG_CONFIG_HOME, or ~/.config). A folder that cannot be read or written
// costs nothing but the settings.
#pragma once

#include "app/playground/settings.h"

namespace sqlenv::desktop {

ui::Settings load_settings();
void save_settings(const ui::Settings& settings);

}  // namespace sqlenv::desktop
