// Settings: what a player keeps from one visit to the next, and its form as text. Pure.
//
// The face keeps the text: the page in the browser's local storage, the desktop program in a file
// of the user's configuration folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sqlenv::ui {

enum class ThemeKind { kLight, kDark };

inline constexpr int kLeastScale = 80;
inline constexpr int kMostScale = 250;

struct Settings {
  ThemeKind theme = ThemeKind::kLight;
  int scale = 100;  // of everything, in percent
  bool reduced_motion = false;
  std::int64_t score = 0;
  std::int64_t streak = 0;  // questions answered right since one was lost
  std::int64_t best_streak = 0;

  friend bool operator==(const Settings&, const Settings&) = default;
};

// One line "name=value" for each setting.
std::string settings_text(const Settings& settings);

// Settings that the text does not have, or has with a wrong value, come from `otherwise`.
Settings read_settings(std::string_view text, Settings otherwise = {});

}  // namespace sqlenv::ui
