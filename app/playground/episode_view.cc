#include "app/playground/episode_view.h"

#include <algorithm>

namespace sqlenv::ui {

bool EpisodeView::described(const Table& table) const {
  const std::vector<std::string>& names = episode.described();
  return std::find(names.begin(), names.end(), table.name) != names.end();
}

std::vector<std::string> EpisodeView::tables() const {
  std::vector<std::string> names;
  for (const Table& table : schema().tables) names.push_back(table.name);
  return names;
}

std::optional<RevealedGold> EpisodeView::gold() const {
  if (!episode.done()) return std::nullopt;
  return RevealedGold{episode.task().question->gold_sql, episode.gold(), plan};
}

}  // namespace sqlenv::ui
