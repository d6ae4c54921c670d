#include "app/desktop/settings_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace sqlenv::desktop {
namespace {

std::optional<std::filesystem::path> file_named(const char* name) {
  const char* folder = std::getenv("XDG_CONFIG_HOME");
  if (folder != nullptr && *folder != '\0') return std::filesystem::path(folder) / "sqlenv" / name;
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home == '\0') return std::nullopt;
  return std::filesystem::path(home) / ".config" / "sqlenv" / name;
}

// Writes another file first, so that the file is never half written.
void write(const std::filesystem::path& file, const std::string& text) {
  std::error_code ignored;
  std::filesystem::create_directories(file.parent_path(), ignored);
  const std::filesystem::path fresh = file.string() + ".new";
  std::ofstream out(fresh, std::ios::binary);
  out << text;
  out.close();
  if (out) std::filesystem::rename(fresh, file, ignored);
}

std::string read(const char* name) {
  std::ostringstream text;
  if (const auto file = file_named(name)) text << std::ifstream(*file, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

ui::Settings load_settings() { return ui::read_settings(read("playground.txt")); }

std::string load_recent() { return read("recent.txt"); }

void save_recent(const std::string& lines) {
  if (const auto file = file_named("recent.txt")) write(*file, lines);
}

void save_settings(const ui::Settings& settings) {
  if (const auto file = file_named("playground.txt")) write(*file, ui::settings_text(settings));
}

WindowSize load_window_size(WindowSize otherwise) {
  const std::optional<std::filesystem::path> file = file_named("window.txt");
  WindowSize size;
  if (!file || !(std::ifstream(*file) >> size.width >> size.height)) return otherwise;
  const bool sensible =
      size.width >= 320 && size.height >= 240 && size.width <= 8192 && size.height <= 8192;
  return sensible ? size : otherwise;
}

void save_window_size(WindowSize size) {
  if (const auto file = file_named("window.txt"))
    write(*file, std::to_string(size.width) + " " + std::to_string(size.height) + "\n");
}

}  // namespace sqlenv::desktop
