#include "app/playground/dialogs.h"

#include <imgui_internal.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/playground/format.h"
#include "app/playground/widgets.h"

namespace sqlenv::ui {
namespace {

constexpr float kWidth = 560;
constexpr int kScaleStep = 10;

struct KeyHelp {
  const char* keys;
  const char* does;
};

constexpr KeyHelp kKeys[] = {
    {"?  F1", "This list"},
    {"Tab  Shift+Tab", "To the next and the last control; Space presses it"},
    {"Ctrl+1 … Ctrl+4", "DESCRIBE, SAMPLE, QUERY, ANSWER"},
    {"Ctrl+Enter", "Plays what is entered; after the end, the next question"},
    {"Ctrl+Shift+Enter", "Plays the selected part of the query"},
    {"Ctrl+Up  Ctrl+Down", "Queries played before, and back"},
    {"Alt+Up  Alt+Down", "The step before and after"},
    {"Left  Right  Home  End", "Walks through a replay"},
    {"Up  Down  Tab", "In the list of completions: choose and take"},
    {"Ctrl+Z  Ctrl+Y", "Undo and redo in the editor"},
    {"Escape", "Stops a query; closes a list, the large diagram, this"},
};

void close(Dialogs& dialogs) {
  dialogs.open = Dialog::kNone;
  ImGui::CloseCurrentPopup();
}

void head(Ui& ui, Dialogs& dialogs, const char* title) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float side = ui.control_height();
  paint_line(ui, at.x, at.y + side / 2, FontRole::kHeading, ui.color.text, title);
  ImGui::SetCursorScreenPos(ImVec2(at.x + content_width() - side, at.y));
  if (icon_button(ui, "dialog.close", Icon::kCross, "Close (Escape)")) close(dialogs);
  ImGui::SetCursorScreenPos(ImVec2(at.x, at.y + side));
  gap(ui, space::kMedium);
}

void key_row(Ui& ui, const KeyHelp& help) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool beside = content_width() > ui.px(420);
  const float left = beside ? ui.px(176) : 0;
  const float wrap = content_width() - left;
  const float keys = line_height(FontRole::kLabel);
  const float top = beside ? at.y : at.y + keys + ui.px(space::kTiny);
  paint_text(ui, ImVec2(at.x, at.y + ui.px(1)), FontRole::kLabel, ui.color.accent_text, help.keys);
  paint_text(ui, ImVec2(at.x + left, top), FontRole::kBody, ui.color.text, help.does, wrap);
  ImGui::Dummy(ImVec2(content_width(), top - at.y + measure(FontRole::kBody, help.does, wrap).y));
  gap(ui, space::kSmall);
}

// Draws the name of a setting at the left and moves the cursor to its control at the right.
void setting(Ui& ui, const char* name, float control) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  paint_line(ui, at.x, at.y + ui.control_height() / 2, FontRole::kBody, ui.color.text, name);
  ImGui::SetCursorScreenPos(ImVec2(at.x + content_width() - control, at.y));
}

void theme_setting(Ui& ui, Settings& settings) {
  static const std::vector<Segment> segments = {{"settings.light", "Light", ""},
                                                {"settings.dark", "Dark", ""}};
  const float width = ui.px(170);
  setting(ui, "Theme", width);
  const int picked =
      segmented(ui, segments, settings.theme == ThemeKind::kDark ? 1 : 0, true, width);
  if (picked >= 0) settings.theme = picked == 1 ? ThemeKind::kDark : ThemeKind::kLight;
  gap(ui, space::kMedium);
}

void scale_setting(Ui& ui, Settings& settings) {
  const float width = ui.px(170);
  const float side = ui.control_height();
  setting(ui, "Size of everything", width);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (icon_button(ui, "settings.smaller", Icon::kMinus, "Smaller", settings.scale > kLeastScale))
    settings.scale = std::max(kLeastScale, settings.scale - kScaleStep);
  const std::string value = std::to_string(settings.scale) + " %";
  paint_line(ui, at.x + width / 2, at.y + side / 2, FontRole::kStrong, ui.color.text, value,
             Align::kMiddle);
  ImGui::SetCursorScreenPos(ImVec2(at.x + width - side, at.y));
  if (icon_button(ui, "settings.larger", Icon::kPlus, "Larger", settings.scale < kMostScale))
    settings.scale = std::min(kMostScale, settings.scale + kScaleStep);
  gap(ui, space::kMedium);
}

void motion_setting(Ui& ui, Settings& settings) {
  static const std::vector<Segment> segments = {{"settings.motion", "Full", ""},
                                                {"settings.still", "Reduced", ""}};
  const float width = ui.px(170);
  setting(ui, "Motion", width);
  const int picked = segmented(ui, segments, settings.reduced_motion ? 1 : 0, true, width);
  if (picked >= 0) settings.reduced_motion = picked == 1;
  gap(ui, space::kMedium);
}

void score_setting(Ui& ui, Settings& settings) {
  const Button reset = {.id = "settings.reset_score",
                        .label = "Start anew",
                        .enabled = settings.score > 0 || settings.best_streak > 0};
  setting(ui, "Score", button_width(ui, reset));
  if (button(ui, reset)) settings.score = settings.streak = settings.best_streak = 0;
  gap(ui, space::kSmall);
  wrapped_text(ui, FontRole::kCaption, ui.color.muted,
               grouped(static_cast<std::size_t>(settings.score)) + " points, " +
                   std::to_string(settings.streak) + " won in a row, at best " +
                   std::to_string(settings.best_streak) +
                   ". A right answer is worth its reward in hundredths when the question is played "
                   "for the first time, less a quarter for each hint. It stays on this device.");
}

void contents(Ui& ui, Settings& settings, Dialogs& dialogs) {
  if (dialogs.open == Dialog::kKeys) {
    head(ui, dialogs, "Keys");
    for (const KeyHelp& help : kKeys) key_row(ui, help);
    return;
  }
  head(ui, dialogs, "Settings");
  theme_setting(ui, settings);
  scale_setting(ui, settings);
  motion_setting(ui, settings);
  hairline(ui);
  gap(ui, space::kMedium);
  score_setting(ui, settings);
}

bool pressed_outside() {
  if (!ImGui::IsMouseClicked(ImGuiMouseButton_Left)) return false;
  const ImGuiWindow& window = *ImGui::GetCurrentWindow();
  return !ImGui::IsWindowAppearing() && !window.Rect().Contains(ImGui::GetIO().MousePos);
}

}  // namespace

void draw_dialog(Ui& ui, Settings& settings, Dialogs& dialogs) {
  if (dialogs.opens != Dialog::kNone) {
    dialogs.open = std::exchange(dialogs.opens, Dialog::kNone);
    ImGui::OpenPopup("##dialog");
  }
  if (dialogs.open == Dialog::kNone) return;
  const ImVec2 window = ImGui::GetMainViewport()->Size;
  const float width = std::min(ui.px(kWidth), window.x - ui.px(space::kHuge));
  ImGui::SetNextWindowPos(ImVec2(window.x / 2, window.y / 2), ImGuiCond_Always, ImVec2(0.5f, 0.5f));
  ImGui::SetNextWindowSizeConstraints(ImVec2(width, 0),
                                      ImVec2(width, window.y - ui.px(space::kHuge)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(20), ui.px(20)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(kCardRounding));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  const bool open = ImGui::BeginPopupModal(
      "##dialog", nullptr,
      ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
          ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar(3);
  if (!open) {
    dialogs.open = Dialog::kNone;
    return;
  }
  contents(ui, settings, dialogs);
  if (dialogs.open != Dialog::kNone &&
      (ImGui::IsKeyPressed(ImGuiKey_Escape, false) || pressed_outside()))
    close(dialogs);
  ImGui::EndPopup();
}

}  // namespace sqlenv::ui
