// What the dialogs of the desktop program are made of: a window over the playground with fields and
// warnings. For use within a frame.
#pragma once

#include <imgui.h>

#include <string>

#include "app/playground/ui.h"

namespace sqlenv::desktop {

float dialog_width(const ui::Ui& ui);

// Begins the modal window `name` if it is open; then end_dialog() must follow.
bool begin_dialog(ui::Ui& ui, const char* name);
void end_dialog();

struct Field {
  const char* id;
  const char* label;
  const char* hint;
  ImGuiInputTextFlags flags = ImGuiInputTextFlags_None;
};

// Draws a field as wide as the dialog. Returns whether Enter was pressed in it.
bool field(ui::Ui& ui, const Field& spec, std::string& text);

void refusal_box(ui::Ui& ui, const char* id, const std::string& why);

}  // namespace sqlenv::desktop
