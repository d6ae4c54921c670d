// Assist: what helps to write SQL in an editor: completion below the caret, the queries played
// before, and what is selected.
//
// An editor calls its three parts around ImGui's field in every frame: begin_frame() takes the keys
// that are meant for the list before the field sees them, edit() works on the field's buffer, and
// list() paints. The list opens by typing alone and closes as soon as the caret moves otherwise.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/playground/completion.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

class Assist {
 public:
  // Sets the names that may be completed and the episode's queries, oldest first.
  void know(std::vector<KnownTable> tables, std::vector<std::string> played);

  // Forgets the list and the place in the history, as for a new episode.
  void reset();

  void begin_frame(ImGuiID field);  // takes keys …
  void end_frame();                 // … and gives them back, after the field
  void edit(ImGuiInputTextCallbackData& data);

  // Draws the list of completions below the caret.
  void list(Ui& ui, ImVec2 caret, float line);

  // Whether an entry was pressed since, so that the editor must take the keyboard back.
  bool wants_keyboard();

  // The editor has lost the keyboard.
  void leave();

  bool open() const { return !completion_.candidates.empty(); }

  // The text that was selected in the last frame in which the editor had the keyboard.
  const std::string& selection() const { return selection_; }

 private:
  struct Insertion {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
  };

  void list_keys(ImGuiID field);
  void history_keys();
  void accept(int index);
  void move(int by);
  void apply_insertion(ImGuiInputTextCallbackData& data);
  void follow(const ImGuiInputTextCallbackData& data, bool ours);
  void row(Ui& ui, int index, float width);

  bool take(ImGuiKey key);

  std::vector<KnownTable> tables_;
  std::vector<std::string> played_;
  std::vector<ImGuiKey> taken_;

  Completion completion_;
  int chosen_ = 0;    // -1: none, so that Enter is a new line
  int first_ = 0;     // shown
  int hovered_ = -1;  // in the last frame
  bool wants_keyboard_ = false;
  bool typed_ = false;
  std::optional<Insertion> insertion_;

  std::string text_;  // of the field, as of its last frame
  std::size_t caret_ = 0;
  std::string selection_;

  std::optional<std::size_t> recalled_;  // from played_, shown in the editor
  std::string kept_;                     // what was being written before
  std::optional<std::string> replacement_;
};

}  // namespace sqlenv::ui
