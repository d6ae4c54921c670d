#include "app/playground/picture_menu.h"

#include <string>
#include <utility>

#include "app/playground/format.h"
#include "app/playground/widgets.h"

namespace sqlenv::ui {
namespace {

void choice(Ui& ui, const Host& host, SavedFiles& files, const std::string& name) {
  const std::string id = "picture." + name;
  const std::string label = capitalised(name);
  if (!button(ui, {.id = id,
                   .label = label,
                   .kind = ButtonKind::kGhost,
                   .icon = Icon::kDownload,
                   .compact = true}))
    return;
  files.set_note(host.save_picture(name));
  ImGui::CloseCurrentPopup();
}

}  // namespace

void picture_menu(Ui& ui, const Host& host, SavedFiles& files, PictureMenu& menu) {
  constexpr const char* kPopup = "##pictures";
  if (!host.save_picture) return;
  ui.panels.push_back({"everything", ImVec2(0, 0), ImGui::GetMainViewport()->Size});
  for (const PanelArea& panel : ui.panels)
    mark_area(ui, std::string("panel.") + panel.name, panel.name, panel.min, panel.max);
  if (std::exchange(menu.opens, false) || ui.menu) ImGui::OpenPopup(kPopup);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding,
                      ImVec2(ui.px(space::kMedium), ui.px(space::kMedium)));
  if (ImGui::BeginPopup(kPopup, ImGuiWindowFlags_NoMove)) {
    overline(ui, "Save a picture of");
    gap(ui, space::kTiny);
    for (const PanelArea& panel : ui.panels) choice(ui, host, files, panel.name);
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

}  // namespace sqlenv::ui
