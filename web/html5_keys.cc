#include "web/html5_keys.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace sqlenv::web {
namespace {

using Entry = std::pair<std::string_view, ImGuiKey>;

// Keys by their `code` in UI Events. Letters, digits, F1 to F12 and the number pad's digits are
// found by rule.
constexpr std::array<Entry, 46> kKeys = {{
    {"Tab", ImGuiKey_Tab},
    {"ArrowLeft", ImGuiKey_LeftArrow},
    {"ArrowRight", ImGuiKey_RightArrow},
    {"ArrowUp", ImGuiKey_UpArrow},
    {"ArrowDown", ImGuiKey_DownArrow},
    {"PageUp", ImGuiKey_PageUp},
    {"PageDown", ImGuiKey_PageDown},
    {"Home", ImGuiKey_Home},
    {"End", ImGuiKey_End},
    {"Insert", ImGuiKey_Insert},
    {"Delete", ImGuiKey_Delete},
    {"Backspace", ImGuiKey_Backspace},
    {"Space", ImGuiKey_Space},
    {"Enter", ImGuiKey_Enter},
    {"Escape", ImGuiKey_Escape},
    {"ControlLeft", ImGuiKey_LeftCtrl},
    {"ControlRight", ImGuiKey_RightCtrl},
    {"ShiftLeft", ImGuiKey_LeftShift},
    {"ShiftRight", ImGuiKey_RightShift},
    {"AltLeft", ImGuiKey_LeftAlt},
    {"AltRight", ImGuiKey_RightAlt},
    {"MetaLeft", ImGuiKey_LeftSuper},
    {"MetaRight", ImGuiKey_RightSuper},
    {"ContextMenu", ImGuiKey_Menu},
    {"Quote", ImGuiKey_Apostrophe},
    {"Comma", ImGuiKey_Comma},
    {"Minus", ImGuiKey_Minus},
    {"Period", ImGuiKey_Period},
    {"Slash", ImGuiKey_Slash},
    {"Semicolon", ImGuiKey_Semicolon},
    {"Equal", ImGuiKey_Equal},
    {"BracketLeft", ImGuiKey_LeftBracket},
    {"Backslash", ImGuiKey_Backslash},
    {"BracketRight", ImGuiKey_RightBracket},
    {"Backquote", ImGuiKey_GraveAccent},
    {"CapsLock", ImGuiKey_CapsLock},
    {"ScrollLock", ImGuiKey_ScrollLock},
    {"NumLock", ImGuiKey_NumLock},
    {"PrintScreen", ImGuiKey_PrintScreen},
    {"Pause", ImGuiKey_Pause},
    {"NumpadDecimal", ImGuiKey_KeypadDecimal},
    {"NumpadDivide", ImGuiKey_KeypadDivide},
    {"NumpadMultiply", ImGuiKey_KeypadMultiply},
    {"NumpadSubtract", ImGuiKey_KeypadSubtract},
    {"NumpadAdd", ImGuiKey_KeypadAdd},
    {"NumpadEnter", ImGuiKey_KeypadEnter},
}};

ImGuiKey offset(ImGuiKey first, int steps) { return static_cast<ImGuiKey>(first + steps); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The letter of a one-letter `key`, in upper case; else 0.
char letter_of(std::string_view key) {
  if (key.size() != 1) return 0;
  const char c = key[0];
  if (c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 'A');
  return c >= 'A' && c <= 'Z' ? c : '\0';
}

// F1 to F12 as 1 to 12; else 0.
int function_number(std::string_view code) {
  if (code.size() < 2 || code.size() > 3 || code[0] != 'F') return 0;
  int number = 0;
  for (const char c : code.substr(1)) {
    if (!is_digit(c)) return 0;
    number = number * 10 + (c - '0');
  }
  return number <= 12 ? number : 0;
}

bool is_one_code_point(std::string_view text) {
  const auto follows = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; };
  return std::count_if(text.begin(), text.end(), follows) + 1 == std::ssize(text);
}

bool command(const EmscriptenKeyboardEvent& event, bool mac) {
  return mac ? event.metaKey != 0 : event.ctrlKey != 0;
}

// The right Alt key of many layouts arrives as Ctrl and Alt at once.
bool is_alt_graph(const EmscriptenKeyboardEvent& event) {
  return event.ctrlKey != 0 && event.altKey != 0;
}

bool edits_or_moves(ImGuiKey key) {
  return (key >= ImGuiKey_LeftArrow && key <= ImGuiKey_End) || key == ImGuiKey_Backspace ||
         key == ImGuiKey_Delete || key == ImGuiKey_Enter || key == ImGuiKey_KeypadEnter;
}

// The playground's shortcuts for the four actions.
bool chooses_action(ImGuiKey key) { return key >= ImGuiKey_1 && key <= ImGuiKey_4; }

// Select all, undo, redo and the playground's own.
bool is_command(ImGuiKey key, bool mac) {
  return key == ImGuiKey_A || key == ImGuiKey_Z || (key == ImGuiKey_Y && !mac) ||
         chooses_action(key);
}

}  // namespace

ImGuiKey imgui_key(const EmscriptenKeyboardEvent& event) {
  const std::string_view code(event.code);
  if (const char letter = letter_of(event.key)) return offset(ImGuiKey_A, letter - 'A');
  if (code.size() == 4 && code.substr(0, 3) == "Key") return offset(ImGuiKey_A, code[3] - 'A');
  if (code.size() == 6 && code.substr(0, 5) == "Digit") return offset(ImGuiKey_0, code[5] - '0');
  if (code.size() == 7 && code.substr(0, 6) == "Numpad" && is_digit(code[6]))
    return offset(ImGuiKey_Keypad0, code[6] - '0');
  if (const int number = function_number(code)) return offset(ImGuiKey_F1, number - 1);
  const auto found = std::find_if(kKeys.begin(), kKeys.end(),
                                  [&](const Entry& entry) { return entry.first == code; });
  return found == kKeys.end() ? ImGuiKey_None : found->second;
}

const char* typed_text(const EmscriptenKeyboardEvent& event, bool mac) {
  if (!is_one_code_point(event.key)) return "";
  const bool shortcut = event.metaKey || (event.ctrlKey && !is_alt_graph(event)) ||
                        (event.altKey && !event.ctrlKey && !mac);
  return shortcut ? "" : event.key;
}

bool composes(const EmscriptenKeyboardEvent& event) {
  const std::string_view key(event.key);
  return event.keyCode == 229 || key == "Process" || key == "Dead" || key == "Unidentified";
}

bool page_uses_key(const EmscriptenKeyboardEvent& event, bool mac) {
  const ImGuiKey key = imgui_key(event);
  if (key >= ImGuiKey_F1 && key <= ImGuiKey_F12) return key == ImGuiKey_F1;
  if (key >= ImGuiKey_CapsLock && key <= ImGuiKey_Pause) return false;
  if (key == ImGuiKey_Menu) return false;
  if (*typed_text(event, mac) != '\0') return true;
  if (event.ctrlKey || event.metaKey) {
    if (key == ImGuiKey_Delete && event.shiftKey) return false;
    return edits_or_moves(key) || (command(event, mac) && !event.altKey && is_command(key, mac));
  }
  if (event.altKey) return chooses_action(key) || (mac && edits_or_moves(key));
  if (event.shiftKey && (key == ImGuiKey_Insert || key == ImGuiKey_Delete)) return false;
  return key != ImGuiKey_None;
}

bool is_copy_or_cut(const EmscriptenKeyboardEvent& event, bool mac) {
  const ImGuiKey key = imgui_key(event);
  if (key == ImGuiKey_C || key == ImGuiKey_X) return command(event, mac) && !event.altKey;
  return (key == ImGuiKey_Insert && event.ctrlKey) || (key == ImGuiKey_Delete && event.shiftKey);
}

}  // namespace sqlenv::web
