#include "app/playground/header_panel.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/playground/dropdown.h"
#include "app/playground/format.h"
#include "app/playground/widgets.h"

namespace sqlenv::ui {
namespace {

constexpr float kLogo = 28;

std::vector<Option> pack_options(const QuestionPicker& questions) {
  std::vector<Option> options;
  for (const Pack& pack : questions.catalog().packs()) options.push_back({pack.name, pack.name});
  return options;
}

std::vector<Option> database_options(const QuestionPicker& questions) {
  std::vector<Option> options = {{"any", "Any"}};
  for (const PackDatabase& database : questions.pack().databases)
    options.push_back({database.name, database.name});
  return options;
}

std::vector<Option> difficulty_options(const QuestionPicker& questions) {
  std::vector<Option> options = {{"any", "Any"}};
  for (const Question& question : questions.pack().questions) {
    const auto same = [&](const Option& option) { return option.id == question.difficulty; };
    if (!question.difficulty.empty() && std::none_of(options.begin(), options.end(), same))
      options.push_back({question.difficulty, question.difficulty});
  }
  return options;
}

int index_of(const std::vector<Option>& options, const std::optional<std::string>& id) {
  for (std::size_t i = 0; id && i < options.size(); ++i)
    if (options[i].id == *id) return static_cast<int>(i);
  return 0;
}

std::optional<std::string> picked_name(const std::vector<Option>& options, int index) {
  if (index == 0) return std::nullopt;
  return options[static_cast<std::size_t>(index)].id;
}

void choose(Commands& commands, const Choice& choice) {
  commands.later([choice](Stage& stage) { stage.choose(choice); });
}

void pack_picker(Ui& ui, const QuestionPicker& questions, Commands& commands, float width) {
  const std::vector<Option> options = pack_options(questions);
  const int picked = dropdown(
      ui, {"header.pack", "Pack", options, static_cast<int>(questions.choice().pack), width});
  if (picked < 0) return;
  Choice choice;
  choice.pack = static_cast<std::size_t>(picked);
  choice.seed = questions.choice().seed;
  choose(commands, choice);
}

void database_picker(Ui& ui, const QuestionPicker& questions, Commands& commands, float width) {
  const std::vector<Option> options = database_options(questions);
  const int picked = dropdown(ui, {"header.database", "Database", options,
                                   index_of(options, questions.choice().database), width});
  if (picked < 0) return;
  Choice choice = questions.choice();
  choice.database = picked_name(options, picked);
  choose(commands, choice);
}

void difficulty_picker(Ui& ui, const QuestionPicker& questions, Commands& commands, float width) {
  const std::vector<Option> options = difficulty_options(questions);
  const int picked = dropdown(ui, {"header.difficulty", "Difficulty", options,
                                   index_of(options, questions.choice().difficulty), width});
  if (picked < 0) return;
  Choice choice = questions.choice();
  choice.difficulty = picked_name(options, picked);
  choose(commands, choice);
}

// The width for the digits of the seed, up to twenty.
float seed_width(const Ui& ui, const QuestionPicker& questions) {
  const float name = ui.narrow ? 0 : measure(FontRole::kCaption, "Seed").x + ui.px(10);
  const float digits = measure(FontRole::kStrong, std::to_string(questions.choice().seed)).x;
  return std::max(ui.px(ui.narrow ? 90 : 120), name + digits + ui.px(24));
}

// The seed changes when the field is left or Enter is pressed.
void seed_field(Ui& ui, const QuestionPicker& questions, Commands& commands, float width) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 max(min.x + width, min.y + ui.control_height());
  const float rounding = ui.px(kControlRounding);
  fill(min, max, ui.color.surface, rounding);
  const ImVec2 value = field_label(ui, min, max, "Seed");
  Choice choice = questions.choice();
  ImGui::PushFont(font(FontRole::kStrong));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
  ImGui::PushStyleColor(ImGuiCol_Border, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(0, ui.px(4)));
  // A press on the name focuses the field.
  if (ImGui::IsMouseHoveringRect(min, max) && ImGui::IsMouseClicked(ImGuiMouseButton_Left) &&
      ImGui::GetMousePos().y < value.y)
    ImGui::SetKeyboardFocusHere();
  ImGui::SetCursorScreenPos(ImVec2(value.x, value.y - ui.px(4)));
  ImGui::SetNextItemWidth(max.x - value.x - ui.px(6));
  ImGui::InputScalar("##header.seed", ImGuiDataType_U64, &choice.seed);
  const bool done = ImGui::IsItemDeactivatedAfterEdit();
  const bool active = ImGui::IsItemActive();
  tooltip(ui, "Equal seeds give equal questions.");
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(2);
  ImGui::PopFont();
  mark_area(ui, "header.seed", "Seed", min, max, true, active);
  frame(min, max, active ? ui.color.accent : ui.color.outline, rounding, active ? 2 : 1);
  if (done && choice.seed != questions.choice().seed) choose(commands, choice);
}

void theme_switch(Ui& ui, Settings& settings) {
  ThemeKind& theme = settings.theme;
  const bool dark = theme == ThemeKind::kDark;
  if (icon_button(ui, "header.theme", dark ? Icon::kSun : Icon::kMoon,
                  dark ? "Light theme" : "Dark theme"))
    theme = dark ? ThemeKind::kLight : ThemeKind::kDark;
}

// The seed is drawn from the time of the press.
void surprise_button(Ui& ui, Commands& commands) {
  if (!icon_button(ui, "header.surprise", Icon::kDice, "Surprise me: any database and difficulty"))
    return;
  const auto draw = static_cast<std::uint64_t>(ImGui::GetTime() * 1e6) % 1'000'000;
  commands.later([draw](Stage& stage) { stage.surprise(draw); });
}

void dialog_button(Ui& ui, Dialogs& dialogs, Dialog dialog) {
  const bool keys = dialog == Dialog::kKeys;
  if (icon_button(ui, keys ? "header.keys" : "header.settings", keys ? Icon::kHelp : Icon::kGear,
                  keys ? "Keys (?)" : "Settings"))
    dialogs.opens = dialog;
}

// The points and, from two on, how many questions were won in a row. Empty before the first win.
std::string score_text(const Settings& settings) {
  if (settings.score == 0) return "";
  std::string text = grouped(static_cast<std::size_t>(settings.score));
  if (settings.streak > 1) text += "  ×" + std::to_string(settings.streak);
  return text;
}

float score_width(const Ui& ui, const Settings& settings) {
  const std::string text = score_text(settings);
  return text.empty() ? 0 : measure(FontRole::kStrong, text).x + ui.px(22 + space::kLarge);
}

void paint_score(Ui& ui, const Settings& settings, ImVec2 at) {
  const std::string text = score_text(settings);
  if (text.empty()) return;
  const float height = ui.control_height();
  paint_icon(ui, Icon::kStar, ImVec2(at.x + ui.px(8), at.y + height / 2), ui.px(16),
             ui.color.accent_text);
  paint_line(ui, at.x + ui.px(22), at.y + height / 2, FontRole::kStrong, ui.color.text, text);
  const ImVec2 size(score_width(ui, settings) - ui.px(space::kLarge), height);
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy(size);
  mark_item(ui, "header.score", "Score " + text);
  tooltip(ui, "Points, and questions won in a row");
}

// Draws the square buttons from `x` to the left and returns where they end. A narrow window, in
// which a keyboard is unlikely, has none for the keys.
float squares(Ui& ui, const HeaderParts& parts, float x, float y) {
  const float between = ui.px(ui.narrow ? space::kTiny : space::kSmall);
  const auto place = [&](auto draw) {
    ImGui::SetCursorScreenPos(ImVec2(x - ui.control_height(), y));
    draw();
    x -= ui.control_height() + between;
  };
  if (!ui.narrow) place([&] { dialog_button(ui, parts.dialogs, Dialog::kKeys); });
  place([&] { dialog_button(ui, parts.dialogs, Dialog::kSettings); });
  place([&] { theme_switch(ui, parts.session.settings); });
  place([&] { surprise_button(ui, parts.commands); });
  if (parts.session.host.choose_file)
    place([&] {
      if (icon_button(ui, "header.open", Icon::kFolder,
                      "Open a database, a trajectory or a server"))
        parts.session.host.choose_file();
    });
  if (parts.evaluation.table != nullptr)
    place([&] {
      if (icon_button(ui, "header.episodes", Icon::kTable, "Episodes of the evaluation"))
        parts.evaluation.shown = !parts.evaluation.shown;
    });
  return x + between;
}

// Whether the pickers leave no room for the words around them.
bool is_tight(const Ui& ui) { return ImGui::GetWindowWidth() < ui.px(1000); }

Button next_button(const Ui& ui) {
  return {.id = "header.next",
          .label = is_tight(ui) ? "Next" : "Next question",
          .icon = Icon::kArrowRight,
          .icon_last = true};
}

void brand(Ui& ui, ImVec2 at, float height, bool named = true) {
  paint_logo(ui, ImVec2(at.x, at.y + (height - ui.px(kLogo)) / 2), ui.px(kLogo));
  if (!named) return;
  paint_line(ui, at.x + ui.px(kLogo + 10), at.y + height / 2, FontRole::kHeading, ui.color.text,
             "SQLEnv");
}

float brand_width(const Ui& ui) {
  return is_tight(ui) ? ui.px(kLogo) : ui.px(kLogo + 10) + measure(FontRole::kHeading, "SQLEnv").x;
}

// Draws the pickers beside each other from `x` on.
void pickers(Ui& ui, const QuestionPicker& questions, Commands& commands, float x, float y,
             float room) {
  const bool packs = questions.catalog().packs().size() > 1;
  const float between = ui.px(space::kSmall);
  const float count = packs ? 3 : 2;
  const float seed = std::min(seed_width(ui, questions), room - count * (ui.px(72) + between));
  const float each = std::min((room - seed - between * count) / count, ui.px(230));
  const auto place = [&](auto picker, float width) {
    ImGui::SetCursorScreenPos(ImVec2(std::floor(x), y));
    picker(ui, questions, commands, std::floor(width));
    x += width + between;
  };
  if (packs) place(pack_picker, each);
  place(database_picker, each);
  place(difficulty_picker, ui.narrow ? each : std::min(each, ui.px(170)));
  place(seed_field, seed);
}

void wide_header(Ui& ui, const HeaderParts& parts, ImVec2 min, ImVec2 size) {
  const float margin = ui.px(space::kHuge);
  const float y = std::floor(min.y + (size.y - ui.control_height()) / 2);
  brand(ui, ImVec2(min.x + margin, min.y), size.y, !is_tight(ui));
  const float next = button_width(ui, next_button(ui));
  const float next_x = squares(ui, parts, min.x + size.x - margin, y) - ui.px(space::kSmall);
  const float right = next_x - next;
  const float left = min.x + margin + brand_width(ui) + ui.px(space::kHuge);
  const float score = score_width(ui, parts.session.settings);
  pickers(ui, parts.session.questions, parts.commands, left, y,
          right - left - score - ui.px(space::kLarge));
  paint_score(ui, parts.session.settings, ImVec2(right - score, y));
  ImGui::SetCursorScreenPos(ImVec2(right, y));
  if (button(ui, next_button(ui)))
    parts.commands.later([](Stage& stage) { stage.next_question(); });
}

void narrow_header(Ui& ui, const HeaderParts& parts, ImVec2 min, ImVec2 size) {
  const float margin = ui.px(space::kMedium);
  const float y = min.y + margin;
  const bool named =
      !parts.session.host.choose_file;  // with one square more only the mark has room
  brand(ui, ImVec2(min.x + margin, y), ui.control_height(), named);
  const float next = button_width(ui, next_button(ui));
  const float x = squares(ui, parts, min.x + size.x - margin, y);
  ImGui::SetCursorScreenPos(ImVec2(x - ui.px(space::kTiny) - next, y));
  if (button(ui, next_button(ui)))
    parts.commands.later([](Stage& stage) { stage.next_question(); });
  pickers(ui, parts.session.questions, parts.commands, min.x + margin,
          y + ui.control_height() + ui.px(space::kSmall), size.x - 2 * margin);
}

}  // namespace

float header_height(const Ui& ui) {
  if (!ui.narrow) return ui.px(kHeaderHeight);
  return 2 * ui.control_height() + ui.px(space::kSmall) + 2 * ui.px(space::kMedium);
}

void header_panel(Ui& ui, const HeaderParts& parts) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 size(content_width(), header_height(ui));
  fill(min, ImVec2(min.x + size.x, min.y + size.y), ui.color.surface);
  fill(ImVec2(min.x, min.y + size.y - 1), ImVec2(min.x + size.x, min.y + size.y), ui.color.line);
  if (ui.narrow) narrow_header(ui, parts, min, size);
  else wide_header(ui, parts, min, size);
  ImGui::SetCursorScreenPos(ImVec2(min.x, min.y + size.y));
}

}  // namespace sqlenv::ui
