// Editors and code: SQL in colour, for reading and for writing, and plain text for answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/playground/assist.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

// SQL laid out over several lines, or other text as it is, on a field, in the flow. No higher than
// `most_height`, then it scrolls. code_height() is what it takes where nothing limits it.
enum class CodeKind { kSql, kPlain };
float code_height(const Ui& ui, std::string_view code, CodeKind kind, float width);
void code_block(Ui& ui, const char* id, std::string_view code, CodeKind kind, float most_height);

struct Editor {
  std::string_view id;
  std::string_view label;
  std::string_view placeholder;
  ImVec2 size;
  bool sql = false;  // in colour
  bool enabled = true;
  bool focus = false;  // take the keyboard in this frame
  Assist* assist = nullptr;
  std::optional<SqlToken> error = std::nullopt;  // a place to mark, and why
  std::string_view error_note = "";
};

// Draws a field of several monospaced lines that edits `text`. Tab goes on to the next control;
// Escape leaves the field and keeps what was written. While a list of completions is open, both
// keys act on the list. Returns whether the editor must take the keyboard in the next frame.
bool text_editor(Ui& ui, const Editor& spec, std::string& text);

}  // namespace sqlenv::ui
