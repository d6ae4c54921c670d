// The files in which the desktop program keeps a player's settings: sqlenv/playground.txt in the
// user's configuration folder ($XDG_CONFIG_HOME, or ~/.config). If the folder cannot be read or
// written, only the settings are lost.
#pragma once

#include <string>

#include "app/playground/settings.h"

namespace sqlenv::desktop {

ui::Settings load_settings();
void save_settings(const ui::Settings& settings);

// The window's size as it was left, beside it in window.txt; as it is given if none was kept.
struct WindowSize {
  int width = 1280;
  int height = 800;
};
WindowSize load_window_size(WindowSize otherwise = {});
void save_window_size(WindowSize size);

// The files that were opened last, a path a line, beside it in recent.txt.
std::string load_recent();
void save_recent(const std::string& lines);

}  // namespace sqlenv::desktop
