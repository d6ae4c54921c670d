#include "app/playground/keys.h"

#include <imgui_internal.h>

#include <optional>

namespace sqlenv::ui {
namespace {

bool modifier_down() {
  const ImGuiIO& io = ImGui::GetIO();
  return io.KeyCtrl || io.KeySuper;
}

bool enter_pressed() {
  return ImGui::IsKeyPressed(ImGuiKey_Enter, false) ||
         ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false);
}

// Whether F1 was pressed, or a question mark that no field takes.
bool asks_for_keys() {
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsKeyPressed(ImGuiKey_F1, false)) return true;
  return !io.WantTextInput && io.InputQueueCharacters.contains('?');
}

// Left, Right, Home and End walk through a replay if no field takes them.
void replay_keys(Stage& stage) {
  Replay* replay = stage.replay();
  if (replay == nullptr || ImGui::GetIO().WantTextInput || modifier_down()) return;
  // ImGui would move the focus by the same keys.
  for (const ImGuiKey key : {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_Home, ImGuiKey_End})
    ImGui::SetKeyOwner(key, ImGui::GetID("replay"));
  const std::size_t step = replay->step();
  if (const std::optional<std::size_t> place = replay->tour()) {
    if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow, false) && *place > 0) stage.tour_to(*place - 1);
    else if (ImGui::IsKeyPressed(ImGuiKey_RightArrow, false)) stage.tour_to(*place + 1);
    else if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) stage.play_again();
    return;
  }
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow) && step > 0) replay->go_to(step - 1);
  else if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) replay->go_to(step + 1);
  else if (ImGui::IsKeyPressed(ImGuiKey_Home)) replay->go_to(0);
  else if (ImGui::IsKeyPressed(ImGuiKey_End)) replay->go_to(replay->length());
}

// Alt with Up and Down shows the step before and after.
void step_keys(Stage& stage) {
  const std::optional<EpisodeView> seen = stage.view();
  const bool up = ImGui::IsKeyPressed(ImGuiKey_UpArrow);
  if (!seen || !seen->step || !ImGui::GetIO().KeyAlt ||
      !(up || ImGui::IsKeyPressed(ImGuiKey_DownArrow)))
    return;
  if (up && *seen->step > 0) stage.show(*seen->step - 1);
  if (!up) stage.show(*seen->step + 1);
}

// Ctrl with 1 to 4 chooses what to do. With Alt it may be AltGr, by which some keyboards write
// signs.
void kind_keys(const KeyParts& parts) {
  if (!modifier_down() || ImGui::GetIO().KeyAlt) return;
  for (int i = 0; i < 4; ++i) {
    if (!ImGui::IsKeyPressed(static_cast<ImGuiKey>(ImGuiKey_1 + i), false)) continue;
    parts.session.draft.kind = static_cast<ActionKind>(i);
    parts.action.focuses = true;
    parts.schema.large_diagram = false;
  }
}

void escape_key(const KeyParts& parts) {
  if (!ImGui::IsKeyPressed(ImGuiKey_Escape, false)) return;
  const std::optional<EpisodeView> seen = parts.stage.view();
  if (seen && seen->running != nullptr) parts.stage.stop();
  else parts.schema.large_diagram = false;
}

void enter_key(const KeyParts& parts) {
  if (!enter_pressed() || !modifier_down()) return;
  const std::optional<EpisodeView> seen = parts.stage.view();
  if (!parts.stage.drafting()) {
    if (seen && seen->episode.done())
      parts.commands.later([](Stage& stage) { stage.next_question(); });
    return;
  }
  if (parts.schema.large_diagram) return;
  const bool idle = !seen || seen->running == nullptr;
  const auto play = ImGui::GetIO().KeyShift ? play_selection : play_draft;
  play(parts.session.draft, idle, parts.commands, parts.action);
}

}  // namespace

void take_keys(const KeyParts& parts) {
  escape_key(parts);
  if (asks_for_keys()) parts.dialogs.opens = Dialog::kKeys;
  if (parts.dialogs.open != Dialog::kNone) return;
  step_keys(parts.stage);
  replay_keys(parts.stage);
  enter_key(parts);
  if (parts.stage.drafting()) kind_keys(parts);
}

}  // namespace sqlenv::ui
