#include "app/desktop/open_dialog.h"

#include <imgui.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/desktop/dialog_parts.h"
#include "app/playground/ui.h"
#include "app/playground/widgets.h"
#include "core/base/text.h"

namespace sqlenv::desktop {
namespace {

using namespace ui;

constexpr const char* kPopup = "##open.dialog";

// The path in a pasted text, which may be in quotes or a file:// address.
std::string cleaned(std::string_view path) {
  path = trim(path);
  if (path.size() > 1 && path.front() == path.back() &&
      (path.front() == '"' || path.front() == '\''))
    path = path.substr(1, path.size() - 2);
  if (path.starts_with("file://")) path.remove_prefix(7);
  return std::string(path);
}

std::string megabytes(std::uint64_t bytes) {
  return std::to_string(bytes / 1'000'000) + "." + std::to_string(bytes / 100'000 % 10);
}

}  // namespace

void OpenDialog::open(const std::string& path) {
  why_not_.clear();
  if (path.empty()) return;
  open_(path);
  opening_ = true;  // even if it is there before the next frame
}

void OpenDialog::open_recent(const std::string& path) {
  if (recent_.is_there(path)) return open(path);
  recent_.remove(path);
  why_not_ = path + " is not there any more, so it was taken off the list.";
}

// Lists the names of recent files, with their folders if there is room.
void OpenDialog::recent(Ui& ui) {
  if (recent_.paths().empty()) return;
  gap(ui, space::kLarge);
  overline(ui, "Opened before");
  gap(ui, space::kTiny);
  const float width = dialog_width(ui);
  int number = 0;
  for (const std::string& path : std::vector<std::string>(recent_.paths())) {
    const std::filesystem::path file = path;
    const std::string name = fitted(FontRole::kBody, file.filename().string(), width - ui.px(16));
    const Press area = press(ui, "open.recent." + std::to_string(++number), path,
                             ImVec2(width, ui.px(ui.narrow ? 38 : 30)));
    tooltip(ui, path);
    if (area.hovered) fill(area.min, area.max, ui.color.raised, ui.px(kChipRounding));
    const float middle = (area.min.y + area.max.y) / 2;
    const float left = area.min.x + ui.px(space::kSmall);
    paint_line(ui, left, middle, FontRole::kBody, ui.color.text, name);
    const float folder = left + measure(FontRole::kBody, name).x + ui.px(space::kMedium);
    if (area.max.x - folder > ui.px(60))
      paint_line(ui, folder, middle, FontRole::kCaption, ui.color.muted,
                 fitted(FontRole::kCaption, file.parent_path().string(), area.max.x - folder));
    if (area.pressed) open_recent(path);
  }
}

bool OpenDialog::names_server() const {
  return connect_ && (path_.starts_with("http://") || path_.starts_with("https://"));
}

void OpenDialog::connect(bool watch) {
  why_not_ = connect_(cleaned(path_), std::string(trim(token_)), watch);
  if (why_not_.empty()) ImGui::CloseCurrentPopup();
}

void OpenDialog::path_field(Ui& ui) {
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  const char* label = "Path of a SQLite file or of trajectories, or address of a server";
  const bool enter = field(ui, {"open.path", label, "/home/me/shop.sqlite"}, path_);
  if (ImGui::IsItemEdited()) why_not_.clear();
  if (names_server()) {
    gap(ui, space::kSmall);
    field(ui, {"open.token", "Token", "Token, if it asks for one", ImGuiInputTextFlags_Password},
          token_);
    if (enter) connect(false);
    return;
  }
  if (enter) open(cleaned(path_));
}

void OpenDialog::server_buttons(Ui& ui) {
  const Button play{.id = "open.play", .label = "Play on it", .kind = ButtonKind::kPrimary};
  const Button watch{.id = "open.watch", .label = "Watch it"};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float right = at.x + dialog_width(ui) - button_width(ui, play);
  ImGui::SetCursorScreenPos(ImVec2(right - ui.px(space::kSmall) - button_width(ui, watch), at.y));
  if (button(ui, watch)) connect(true);
  ImGui::SetCursorScreenPos(ImVec2(right, at.y));
  if (button(ui, play)) connect(false);
  ImGui::SetCursorScreenPos(at);
}

void OpenDialog::progress(Ui& ui, const DatabaseOpener::State& state) {
  const float width = dialog_width(ui);
  const std::string said =
      state.bytes > 0 ? "Reading " + state.file + ": " + megabytes(state.read) + " of " +
                            megabytes(state.bytes) + " MB"
      : state.questions == 0 ? "Reading and checking " + state.file + " …"
                             : "Making questions: " + std::to_string(state.questions) + " of " +
                                   std::to_string(state.of);
  text(ui, FontRole::kBody, ui.color.text, fitted(FontRole::kBody, said, width));
  gap(ui, space::kSmall);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const float height = ui.px(4);
  const float part =
      state.bytes > 0 ? static_cast<float>(state.read) / static_cast<float>(state.bytes)
      : state.of == 0 ? 0
                      : static_cast<float>(state.questions) / static_cast<float>(state.of);
  fill(min, ImVec2(min.x + width, min.y + height), ui.color.line, height / 2);
  fill(min, ImVec2(min.x + width * std::max(0.04f, part), min.y + height), ui.color.accent,
       height / 2);
  mark_area(ui, "open.progress", said, min, ImVec2(min.x + width, min.y + height));
  ImGui::Dummy(ImVec2(width, height));
}

void OpenDialog::buttons(Ui& ui, const DatabaseOpener::State& state) {
  const bool busy = !state.file.empty();
  const Button other{
      .id = "open.cancel", .label = busy ? "Stop" : "Close", .kind = ButtonKind::kGhost};
  const Button go{.id = "open.go",
                  .label = "Open",
                  .kind = ButtonKind::kPrimary,
                  .enabled = !cleaned(path_).empty()};
  const float right = ImGui::GetCursorScreenPos().x + dialog_width(ui);
  const float y = ImGui::GetCursorScreenPos().y;
  const bool server = names_server() && !busy;
  if (server) server_buttons(ui);
  float x = server ? ImGui::GetCursorScreenPos().x + button_width(ui, other)
                   : right - (busy ? 0 : button_width(ui, go));
  if (!busy && !server) {
    ImGui::SetCursorScreenPos(ImVec2(x, y));
    if (button(ui, go)) open(cleaned(path_));
    x -= ui.px(space::kSmall);
  }
  ImGui::SetCursorScreenPos(ImVec2(x - button_width(ui, other), y));
  if (!button(ui, other)) return;
  if (busy) return opener_.stop();
  opener_.dismiss_refusal();
  why_not_.clear();
  ImGui::CloseCurrentPopup();
}

void OpenDialog::contents(Ui& ui, const DatabaseOpener::State& state) {
  const float width = dialog_width(ui);
  text(ui, FontRole::kHeading, ui.color.text, "Open a file or a server");
  gap(ui, space::kSmall);
  wrapped_text(
      ui, FontRole::kBody, ui.color.muted,
      "Drop a SQLite file or trajectories (.jsonl) on the window or write its path. "
      "Questions about a database are made here; nothing leaves this machine. Or write the "
      "address of an API server, such as http://localhost:8000, to play on it or to watch "
      "what others play there.",
      width);
  gap(ui, space::kLarge);
  if (!state.file.empty()) {
    progress(ui, state);
  } else {
    path_field(ui);
    const std::string& why = why_not_.empty() ? state.refusal : why_not_;
    if (!why.empty()) {
      gap(ui, space::kMedium);
      refusal_box(ui, "open.refusal", why);
    }
    recent(ui);
  }
  gap(ui, space::kLarge);
  buttons(ui, state);
}

void OpenDialog::draw(Ui& ui) {
  const DatabaseOpener::State state = opener_.state();
  const bool busy = !state.file.empty();
  if (asked_ || busy || !state.refusal.empty()) {
    if (!ImGui::IsPopupOpen(kPopup)) ImGui::OpenPopup(kPopup);
  }
  const bool done = opening_ && !busy && state.refusal.empty();
  asked_ = false;
  opening_ = busy;
  if (!begin_dialog(ui, kPopup)) return;
  const bool escape = ImGui::IsKeyPressed(ImGuiKey_Escape, false);
  contents(ui, state);
  if (done || (escape && !busy)) {
    why_not_.clear();
    if (escape) opener_.dismiss_refusal();
    else path_.clear();
    ImGui::CloseCurrentPopup();
  }
  if (escape && busy) opener_.stop();
  end_dialog();
}

}  // namespace sqlenv::desktop
