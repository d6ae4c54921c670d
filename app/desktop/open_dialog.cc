#include "app/desktop/open_dialog.h"

#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <string>

#include "app/playground/ui.h"
#include "app/playground/widgets.h"
#include "core/base/text.h"

namespace sqlenv::desktop {
namespace {

using namespace ui;

constexpr const char* kPopup = "##open.dialog";
constexpr float kWidth = 460;
constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings |
                                    ImGuiWindowFlags_AlwaysAutoResize;

// A path as people paste it: perhaps in quotes, perhaps as an address.
std::string cleaned(std::string_view path) {
  path = trim(path);
  if (path.size() > 1 && path.front() == path.back() &&
      (path.front() == '"' || path.front() == '\''))
    path = path.substr(1, path.size() - 2);
  if (path.rfind("file://", 0) == 0) path.remove_prefix(7);
  return std::string(path);
}

float dialog_width(const Ui& ui) {
  return std::min(ui.px(kWidth), ImGui::GetMainViewport()->Size.x - ui.px(72));
}

void refusal_box(Ui& ui, const std::string& why, float width) {
  const float height = warning_box(ui, "open.refusal", why, ImGui::GetCursorScreenPos(), width);
  ImGui::Dummy(ImVec2(width, height));
}

}  // namespace

void OpenDialog::open() {
  const std::string path = cleaned(path_);
  if (!path.empty()) opener_.open(path);
}

void OpenDialog::path_field(Ui& ui) {
  ImGui::PushFont(font(FontRole::kMono));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, vec4(ui.color.field));
  ImGui::PushStyleColor(ImGuiCol_Border, vec4(ui.color.outline));
  const float padding = (ui.control_height() - line_height(FontRole::kMono)) / 2;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.px(12), padding));
  ImGui::SetNextItemWidth(dialog_width(ui));
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  const bool enter = ImGui::InputTextWithHint("##open.path", "/home/me/shop.sqlite", &path_,
                                              ImGuiInputTextFlags_EnterReturnsTrue);
  mark_item(ui, "open.path", "Path of a SQLite file");
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(2);
  ImGui::PopFont();
  if (enter) open();
}

void OpenDialog::progress(Ui& ui, const DatabaseOpener::State& state) {
  const float width = dialog_width(ui);
  const std::string said = state.questions == 0
                               ? "Reading and checking " + state.file + " …"
                               : "Making questions: " + std::to_string(state.questions) + " of " +
                                     std::to_string(state.of);
  text(ui, FontRole::kBody, ui.color.text, fitted(FontRole::kBody, said, width));
  gap(ui, space::kSmall);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const float height = ui.px(4);
  const float part =
      state.of == 0 ? 0 : static_cast<float>(state.questions) / static_cast<float>(state.of);
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
  float x = right - (busy ? 0 : button_width(ui, go));
  if (!busy) {
    ImGui::SetCursorScreenPos(ImVec2(x, y));
    if (button(ui, go)) open();
    x -= ui.px(space::kSmall);
  }
  ImGui::SetCursorScreenPos(ImVec2(x - button_width(ui, other), y));
  if (!button(ui, other)) return;
  if (busy) return opener_.stop();
  opener_.dismiss_refusal();
  ImGui::CloseCurrentPopup();
}

void OpenDialog::contents(Ui& ui, const DatabaseOpener::State& state) {
  const float width = dialog_width(ui);
  text(ui, FontRole::kHeading, ui.color.text, "Open a database of your own");
  gap(ui, space::kSmall);
  wrapped_text(ui, FontRole::kBody, ui.color.muted,
               "Drop a SQLite file on the window or write its path. Questions about it are made "
               "here; nothing leaves this machine.",
               width);
  gap(ui, space::kLarge);
  if (!state.file.empty()) {
    progress(ui, state);
  } else {
    path_field(ui);
    if (!state.refusal.empty()) {
      gap(ui, space::kMedium);
      refusal_box(ui, state.refusal, width);
    }
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
  const bool done = was_busy_ && !busy && state.refusal.empty();
  asked_ = false;
  was_busy_ = busy;
  ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Always,
                          ImVec2(0.5f, 0.5f));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding,
                      ImVec2(ui.px(space::kHuge), ui.px(space::kHuge)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(kCardRounding));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  if (ImGui::BeginPopupModal(kPopup, nullptr, kFlags)) {
    const bool escape = ImGui::IsKeyPressed(ImGuiKey_Escape, false);
    contents(ui, state);
    if (done || (escape && !busy)) {
      if (escape) opener_.dismiss_refusal();
      else path_.clear();
      ImGui::CloseCurrentPopup();
    }
    if (escape && busy) opener_.stop();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar(3);
}

}  // namespace sqlenv::desktop
