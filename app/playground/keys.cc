// What keys do that no field takes.
#include <imgui_internal.h>

#include "app/playground/panels.h"

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

// F1, or a question mark that no field takes.
bool asks_for_keys() {
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsKeyPressed(ImGuiKey_F1, false)) return true;
  return !io.WantTextInput && io.InputQueueCharacters.contains('?');
}

// A replay is walked through by Left, Right, Home and End where no field takes them.
void replay_keys(Model& model) {
  const Replay* replay = model.replay();
  if (replay == nullptr || ImGui::GetIO().WantTextInput || modifier_down()) return;
  // Or they would move the focus as well.
  for (const ImGuiKey key : {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_Home, ImGuiKey_End})
    ImGui::SetKeyOwner(key, ImGui::GetID("replay"));
  const std::size_t step = replay->step;
  if (const std::optional<std::size_t> stop = model.tour()) {
    if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow, false) && *stop > 0) model.tour_to(*stop - 1);
    else if (ImGui::IsKeyPressed(ImGuiKey_RightArrow, false)) model.tour_to(*stop + 1);
    else if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) model.leave_replay();
    return;
  }
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow) && step > 0) model.go_to(step - 1);
  else if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) model.go_to(step + 1);
  else if (ImGui::IsKeyPressed(ImGuiKey_Home)) model.go_to(0);
  else if (ImGui::IsKeyPressed(ImGuiKey_End)) model.go_to(replay->length());
}

// Alt with Up and Down shows the step before and after.
void step_keys(Model& model) {
  const bool up = ImGui::IsKeyPressed(ImGuiKey_UpArrow);
  if (!model.shown() || !ImGui::GetIO().KeyAlt || !(up || ImGui::IsKeyPressed(ImGuiKey_DownArrow)))
    return;
  const std::size_t shown = *model.shown();
  if (up && shown > 0) model.show(shown - 1);
  if (!up) model.show(shown + 1);
}

}  // namespace

void take_keys(Model& model, Views& views) {
  const bool escape = ImGui::IsKeyPressed(ImGuiKey_Escape, false);
  if (escape && model.running() != nullptr) model.stop();
  else if (escape) views.large_diagram = false;
  if (asks_for_keys()) views.wanted_dialog = Dialog::kKeys;
  if (views.dialog != Dialog::kNone) return;
  step_keys(model);
  replay_keys(model);
  if (!model.drafting()) {
    if (model.episode() != nullptr && model.episode()->done() && modifier_down() && enter_pressed())
      model.later([](Model& m) { m.next_question(); });
    return;
  }
  if (enter_pressed() && modifier_down() && !views.large_diagram) {
    if (ImGui::GetIO().KeyShift) play_selection(model, views);
    else play_draft(model, views);
  }
  // With Alt it may be AltGr, by which some keyboards write signs.
  if (!modifier_down() || ImGui::GetIO().KeyAlt) return;
  for (int i = 0; i < 4; ++i) {
    if (!ImGui::IsKeyPressed(static_cast<ImGuiKey>(ImGuiKey_1 + i), false)) continue;
    model.draft().kind = static_cast<ActionKind>(i);
    views.focus_editor = true;
    views.large_diagram = false;
  }
}

}  // namespace sqlenv::ui
