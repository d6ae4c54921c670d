#include "app/desktop/settings_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace sqlenv::desktop {
namespace {

std::optional<std::filesystem::path> settings_file() {
  const char* folder = std::getenv("XDG_CONFIG_HOME");
  if (folder != nullptr && *folder != '\0')
    return std::filesystem::path(folder) / "sqlenv" / "playground.txt";
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home == '\0') return std::nullopt;
  return std::filesystem::path(home) / ".config" / "sqlenv" / "playground.txt";
}

}  // namespace

ui::Settings load_settings() {
  const std::optional<std::filesystem::path> file = settings_file();
  if (!file) return {};
  std::ostringstream text;
  text << std::ifstream(*file, std::ios::binary).rdbuf();
  return ui::read_settings(text.str());
}

void save_settings(const ui::Settings& settings) {
  const std::optional<std::filesystem::path> file = settings_file();
  if (!file) return;
  std::error_code ignored;
  std::filesystem::create_directories(file->parent_path(), ignored);
  // Into another file first, so that none is ever half written.
  const std::filesystem::path fresh = file->string() + ".new";
  std::ofstream out(fresh, std::ios::binary);
  out << ui::settings_text(settings);
  out.close();
  if (out) std::filesystem::rename(fresh, *file, ignored);
}

}  // namespace sqlenv::desktop
