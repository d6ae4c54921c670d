#include "app/playground/settings.h"

#include <algorithm>
#include <charconv>

namespace sqlenv::ui {
namespace {

constexpr std::int64_t kMostCounted = 1'000'000'000;

void read_number(std::string_view text, std::int64_t most, std::int64_t& number) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && value >= 0 && value <= most)
    number = value;
}

void read_line(std::string_view name, std::string_view value, Settings& settings) {
  if (name == "theme" && (value == "light" || value == "dark"))
    settings.theme = value == "dark" ? ThemeKind::kDark : ThemeKind::kLight;
  if (name == "scale") {
    std::int64_t scale = settings.scale;
    read_number(value, kMostCounted, scale);
    settings.scale = static_cast<int>(std::clamp<std::int64_t>(scale, kLeastScale, kMostScale));
  }
  if (name == "reduced_motion") settings.reduced_motion = value == "1";
  if (name == "score") read_number(value, kMostCounted, settings.score);
  if (name == "streak") read_number(value, kMostCounted, settings.streak);
  if (name == "best_streak") read_number(value, kMostCounted, settings.best_streak);
}

}  // namespace

std::string settings_text(const Settings& settings) {
  return std::string("theme=") + (settings.theme == ThemeKind::kDark ? "dark" : "light") +
         "\nscale=" + std::to_string(settings.scale) +
         "\nreduced_motion=" + (settings.reduced_motion ? "1" : "0") +
         "\nscore=" + std::to_string(settings.score) +
         "\nstreak=" + std::to_string(settings.streak) +
         "\nbest_streak=" + std::to_string(settings.best_streak) + "\n";
}

Settings read_settings(std::string_view text, Settings otherwise) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t equals = line.find('=');
    if (equals != std::string_view::npos)
      read_line(line.substr(0, equals), line.substr(equals + 1), otherwise);
  }
  return otherwise;
}

}  // namespace sqlenv::ui
