#include "app/desktop/model_dialog.h"

#include <vector>

#include "app/desktop/dialog_parts.h"
#include "app/playground/widgets.h"

namespace sqlenv::desktop {
namespace {

using namespace ui;

constexpr const char* kPopup = "##model.dialog";

// Draws a field below its name. Returns whether Enter was pressed in it.
bool named_field(Ui& ui, const Field& spec, std::string& text) {
  overline(ui, spec.label);
  gap(ui, space::kTiny);
  const bool enter = field(ui, spec, text);
  gap(ui, space::kMedium);
  return enter;
}

}  // namespace

void ModelDialog::show(std::string why_not) {
  why_not_ = std::move(why_not);
  asked_ = true;
}

void ModelDialog::start() {
  why_not_ = start_(choice_);
  if (why_not_.empty()) ImGui::CloseCurrentPopup();
}

void ModelDialog::fields(Ui& ui) {
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  bool enter =
      named_field(ui, {"model.address", "Address", "http://localhost:8080/v1"}, choice_.address);
  enter |= named_field(ui, {"model.name", "Model", "Its name there; llama.cpp needs none"},
                       choice_.model);
  enter |= named_field(
      ui, {"model.key", "Key", "If the server asks for one", ImGuiInputTextFlags_Password},
      choice_.key);
  wrapped_text(ui, FontRole::kCaption, ui.color.muted,
               "The key is kept in memory only, until this program ends, and goes to this address "
               "alone.",
               dialog_width(ui));
  gap(ui, space::kMedium);
  if (enter) start();
}

void ModelDialog::dialect(Ui& ui) {
  static const std::vector<Segment> segments = {{"model.chat", "Chat", ""},
                                                {"model.compact", "Compact", ""}};
  const bool compact = choice_.dialect == Dialect::kCompact;
  overline(ui, "Dialect");
  gap(ui, space::kTiny);
  const int picked = segmented(ui, segments, compact ? 1 : 0, true, ui.px(220));
  if (picked >= 0) choice_.dialect = picked == 1 ? Dialect::kCompact : Dialect::kChat;
  gap(ui, space::kSmall);
  wrapped_text(ui, FontRole::kCaption, ui.color.muted,
               compact ? "Suits small models that continue a text, and those that were trained on "
                         "it: one line an action."
                       : "Suits models that were tuned to follow instructions: messages and tools.",
               dialog_width(ui));
}

void ModelDialog::buttons(Ui& ui) {
  const Button close{.id = "model.close", .label = "Close", .kind = ButtonKind::kGhost};
  const Button play{.id = "model.play",
                    .label = "Let it play",
                    .kind = ButtonKind::kPrimary,
                    .icon = Icon::kPlay,
                    .enabled = !choice_.address.empty()};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float right = at.x + dialog_width(ui) - button_width(ui, play);
  ImGui::SetCursorScreenPos(ImVec2(right - ui.px(space::kSmall) - button_width(ui, close), at.y));
  if (button(ui, close)) ImGui::CloseCurrentPopup();
  ImGui::SetCursorScreenPos(ImVec2(right, at.y));
  if (button(ui, play)) start();
}

void ModelDialog::contents(Ui& ui) {
  text(ui, FontRole::kHeading, ui.color.text, "Let a language model play");
  gap(ui, space::kSmall);
  if (why_not_.empty())
    wrapped_text(
        ui, FontRole::kBody, ui.color.muted,
        "It plays this question from its beginning and sees what an agent sees. Any server with "
        "OpenAI's interface will do: llama.cpp, vLLM, Ollama, a hosted one.",
        dialog_width(ui));
  else refusal_box(ui, "model.refusal", why_not_);
  gap(ui, space::kMedium);
  fields(ui);
  dialect(ui);
  gap(ui, space::kLarge);
  buttons(ui);
}

void ModelDialog::draw(Ui& ui) {
  if (asked_ && !ImGui::IsPopupOpen(kPopup)) ImGui::OpenPopup(kPopup);
  asked_ = false;
  if (!begin_dialog(ui, kPopup)) return;
  contents(ui);
  if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) ImGui::CloseCurrentPopup();
  end_dialog();
}

}  // namespace sqlenv::desktop
