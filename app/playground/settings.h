// Settings: what a player keeps from one visit to the next, and its form as text. Pure.
//
// Where the text is kept is the face's affair: the page's is the browser's local storage, the
// desktop program's a file in the user's configuration folder. A face that cannot keep it loses
// nothing else.
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

// A line "name=value" each.
std::string settings_text(const Settings& settings);

// `otherwise` where the text is silent or makes no sense.
Settings read_settings(std::string_view text, Settings otherwise = {});

}  // namespace sqlenv::ui
