// Dropdown: a button that opens a list of options, one of which is chosen.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/playground/ui.h"

namespace sqlenv::ui {

struct Option {
  std::string id;  // what follows the dropdown's id and a dot
  std::string label;
};
struct Dropdown {
  std::string_view id;
  std::string_view name;
  const std::vector<Option>& options;
  int chosen = 0;
  float width = 0;
};
// Returns the index of the option picked, or -1.
int dropdown(Ui& ui, const Dropdown& spec);

// Paints the name of a field that is one control high, before its value or, in a narrow window,
// above it. Returns where the value begins.
ImVec2 field_label(Ui& ui, ImVec2 min, ImVec2 max, std::string_view name);

}  // namespace sqlenv::ui
