#include "app/playground/result_panel.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/playground/editor.h"
#include "app/playground/format.h"
#include "app/playground/widgets.h"

namespace sqlenv::ui {
namespace {

constexpr float kHighestGrid = 276;  // in a card that is as high as it needs

constexpr float kRoomForWords = 640;  // width from which buttons have long labels

// Whether the card is as high as its contents, so that only a long grid scrolls.
bool is_natural(ImVec2 card) { return card.y == 0; }

float text_region_height(ImVec2 card) { return is_natural(card) ? 0 : content_height(); }

float grid_height(const Ui& ui, ImVec2 card, const ResultTable& table,
                  GridHead head = GridHead::kNamesAndTypes) {
  if (!is_natural(card)) return content_height();
  return std::min(Grid::full_height(ui, table, head), ui.px(kHighestGrid));
}

// A note of the guide, which stands in the card before the first result: three notes beside each
// other, or below each other in a narrow window.
struct GuideNote {
  const char* title;
  std::string detail;
};

float guide_note(Ui& ui, int number, const GuideNote& note, ImVec2 at, float width) {
  const float side = ui.px(28);
  fill(at, ImVec2(at.x + side, at.y + side), ui.color.accent_soft, side / 2);
  const float middle = at.y + side / 2;
  paint_line(ui, at.x + side / 2, middle, FontRole::kStrong, ui.color.accent_text,
             std::to_string(number), Align::kMiddle);
  paint_line(ui, at.x + side + ui.px(10), middle, FontRole::kStrong, ui.color.text, note.title);
  const float below = at.y + side + ui.px(space::kSmall);
  paint_text(ui, ImVec2(at.x, below), FontRole::kBody, ui.color.muted, note.detail, width);
  return below + measure(FontRole::kBody, note.detail, width).y;
}

struct Price {
  const char* what;
  Micros amount;
  const char* prefix = "";
};

std::vector<Price> prices(const RewardPreset& preset) {
  std::vector<Price> all = {
      {"right answer", kOne},          {"progress", 150'000, "up to "},
      {"executed", preset.executed},   {"new information", preset.new_information},
      {"step cost", preset.step_cost}, {"repeat", preset.repeat}};
  std::erase_if(all, [](const Price& price) { return price.amount == 0; });
  return all;
}

// Draws what the episode's reward pays, as a row of amounts that wraps.
void price_list(Ui& ui, const Episode& episode) {
  const RewardPreset* preset = find_reward_preset(episode.options().reward);
  if (preset == nullptr) return;
  hairline(ui);
  gap(ui, space::kLarge);
  overline(ui, "What pays");
  gap(ui, space::kMedium);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float width = content_width();
  const float least = ui.narrow ? std::floor(width / 3) : 0;  // in columns
  const float between = ui.px(ui.narrow ? space::kMedium : space::kHuge);
  const float row = line_height(FontRole::kMono) + line_height(FontRole::kCaption) + ui.px(18);
  ImVec2 at = origin;
  for (const Price& price : prices(preset_for_budget(*preset, episode.options().step_budget))) {
    const std::string amount = price.prefix + signed_amount(price.amount);
    const float each =
        std::max(least, between + std::max(measure(FontRole::kMono, amount).x,
                                           measure(FontRole::kCaption, price.what).x));
    if (at.x + each > origin.x + width + between) at = ImVec2(origin.x, at.y + row);
    const Color color = price.amount > 0 ? ui.color.good : ui.color.bad;
    paint_text(ui, at, FontRole::kMono, color, amount);
    paint_text(ui, ImVec2(at.x, at.y + line_height(FontRole::kMono) + ui.px(3)), FontRole::kCaption,
               ui.color.muted, price.what);
    at.x += each;
  }
  ImGui::Dummy(ImVec2(1, at.y + row - origin.y));
}

void guide(Ui& ui, const Episode& episode, Commands& commands, ImVec2 card) {
  const std::string budget = std::to_string(episode.options().step_budget);
  const GuideNote notes[] = {
      {"Explore",
       "DESCRIBE shows a table's columns, SAMPLE five of its rows. Press a table to begin."},
      {"Query",
       "Run one SELECT at a time. New results and progress pay; every step costs a little."},
      {"Answer", "A right answer pays +1.00 and ends the episode. After " + budget +
                     " steps it ends without."}};
  card_title(ui, "How an episode goes");
  gap(ui, space::kLarge);
  begin_scroll(ui, "guide", ImVec2(content_width(), text_region_height(card)),
               Scrollbar::kInGutter);
  const bool beside = content_width() > ui.px(480);
  const float between = ui.px(space::kHuge);
  const float width = beside ? std::floor((content_width() - 2 * between) / 3) : content_width();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  ImVec2 at = origin;
  float bottom = at.y;
  for (int i = 0; i < 3; ++i) {
    bottom = std::max(bottom, guide_note(ui, i + 1, notes[i], at, width));
    at =
        beside ? ImVec2(at.x + width + between, at.y) : ImVec2(at.x, bottom + ui.px(space::kLarge));
  }
  ImGui::SetCursorScreenPos(ImVec2(origin.x, bottom));
  ImGui::Dummy(ImVec2(1, 1));
  gap(ui, space::kLarge);
  if (button(ui, {.id = "guide.tour", .label = "Take the tour", .icon = Icon::kPlay}))
    commands.later([](Stage& stage) { stage.tour_to(0); });
  gap(ui, space::kLarge);
  price_list(ui, episode);
  end_scroll();
}

void error_card(Ui& ui, const StepRecord& step, ImVec2 card) {
  const std::string code(code_name(step.result.error->code));
  const std::string message = capitalised(step.result.error->message);
  begin_scroll(ui, "error", ImVec2(content_width(), text_region_height(card)),
               Scrollbar::kInGutter);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = content_width();
  const float padding = ui.px(space::kLarge);
  const float left = padding + ui.px(30);
  const float wrap = width - left - padding;
  const float head = ui.px(22);
  const float text_height = measure(FontRole::kBody, message, wrap).y;
  const ImVec2 max(at.x + width, at.y + 2 * padding + head + ui.px(space::kSmall) + text_height);
  fill(at, max, ui.color.bad_soft, ui.px(kControlRounding));
  paint_icon(ui, Icon::kAlert, ImVec2(at.x + padding + ui.px(9), at.y + padding + head / 2),
             ui.px(18), ui.color.bad);
  paint_line(ui, at.x + left, at.y + padding + head / 2, FontRole::kStrong, ui.color.bad, code);
  paint_text(ui, ImVec2(at.x + left, at.y + padding + head + ui.px(space::kSmall)), FontRole::kBody,
             ui.color.text, message, wrap);
  mark_area(ui, "result.error", code, at, max);
  ImGui::Dummy(ImVec2(width, max.y - at.y));
  gap(ui, space::kLarge);
  overline(ui, "You sent");
  gap(ui, space::kSmall);
  const bool query = action_kind(step.action.action_type) == ActionKind::kQuery;
  code_block(ui, "sent", step.action.argument, query ? CodeKind::kSql : CodeKind::kPlain,
             ui.px(220));
  end_scroll();
}

// The contents of the card, on which its buttons act.
struct Shown {
  const EpisodeView& seen;
  Session& session;
  SavedFiles& files;
  ResultPanel& panel;
  ImVec2 card;  // its size
};

void save_rows(const Shown& shown, const ResultTable& rows, bool csv) {
  const std::string name = shown.seen.episode.task().question->database + "-step-" +
                           std::to_string(shown.seen.step.value_or(0) + 1);
  if (csv) shown.files.save(name + ".csv", csv_text(rows), "Copied as CSV");
  else shown.files.save(name + ".json", json_text(rows), "Copied as JSON");
}

bool can_filter(const ResultTable& table) { return table.rows.size() > 1; }

std::vector<Button> row_buttons(const Ui& ui, const Shown& shown, const ResultTable& table) {
  std::vector<Button> all;
  if (shown.seen.playing())
    all.push_back({.id = "result.answer",
                   .label = content_width() < ui.px(kRoomForWords) ? "Answer" : "Answer with this",
                   .compact = true});
  if (can_filter(table))
    all.push_back({.id = "result.find", .label = "", .icon = Icon::kSearch, .compact = true});
  all.push_back({.id = "result.copy",
                 .label = ui.narrow ? "" : "Copy",
                 .icon = Icon::kCopy,
                 .compact = true});
  all.push_back({.id = "result.csv", .label = "CSV", .compact = true});
  all.push_back({.id = "result.json", .label = "JSON", .compact = true});
  return all;
}

float buttons_width(const Ui& ui, const std::vector<Button>& buttons) {
  float width = 0;
  for (const Button& spec : buttons) width += button_width(ui, spec) + ui.px(6);
  return width;
}

void act_on_rows(const Shown& shown, const ResultTable& table, std::string_view id) {
  ResultPanel& panel = shown.panel;
  if (id == "result.find") {
    panel.filters = !panel.filters;
    panel.focuses_filter = panel.filters;
    if (!panel.filters) panel.filter.clear();
    return;
  }
  if (id == "result.answer") {
    if (const std::optional<std::string> text = answer_text(table))
      shown.session.draft.set({"ANSWER", *text});
    return;
  }
  const ResultTable rows = viewed_table(table, panel.grid.view());
  if (id == "result.copy") ImGui::SetClipboardText(tab_separated(rows).c_str());
  else save_rows(shown, rows, id == "result.csv");
}

std::string action_tip(std::string_view id) {
  if (id == "result.find") return "Shows only rows that hold a text";
  if (id == "result.copy") return "Copies the rows shown with their head";
  if (id == "result.csv") return "Saves the rows shown as CSV";
  if (id == "result.json") return "Saves the rows shown as JSON";
  return "Puts all rows into the answer";
}

void result_actions(Ui& ui, const Shown& shown, const ResultTable& table,
                    const std::vector<Button>& buttons, ImVec2 corner) {
  float x = corner.x - buttons_width(ui, buttons) + ui.px(6);
  for (const Button& spec : buttons) {
    ImGui::SetCursorScreenPos(ImVec2(x, corner.y));
    if (button(ui, spec)) act_on_rows(shown, table, spec.id);
    tooltip(ui, action_tip(spec.id));
    x += button_width(ui, spec) + ui.px(6);
  }
}

std::string table_summary(const ResultTable& table, bool query) {
  std::string out =
      counted(table.rows.size(), "row") + " × " + counted(table.columns.size(), "column");
  if (table.columns.size() > kMostColumns)
    out += ", the first " + std::to_string(kMostColumns) + " shown";
  if (query && table.rows.size() > kShownRows)
    out += ", an agent sees " + std::to_string(kShownRows);
  return out;
}

// Draws the title of the card, with a note beside it or, in a narrow window, below it, and leaves
// room for buttons at the right.
void result_head(Ui& ui, const std::string& title, const std::string& note, float buttons) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui.compact_height();
  const float width = content_width() - buttons;
  const float strong = line_height(FontRole::kStrong);
  const float caption = line_height(FontRole::kCaption);
  const ImVec2 title_at(at.x, at.y + (height - strong - (ui.narrow ? caption : 0)) / 2);
  const std::string shown = fitted(FontRole::kStrong, title, width);
  paint_text(ui, title_at, FontRole::kStrong, ui.color.text, shown);
  const ImVec2 note_at = ui.narrow ? ImVec2(at.x, title_at.y + strong)
                                   : ImVec2(at.x + measure(FontRole::kStrong, shown).x + ui.px(10),
                                            at.y + (height - caption) / 2 + 1);
  const float room = at.x + width - ui.px(space::kSmall) - note_at.x;
  if (room > ui.px(40))
    paint_text(ui, note_at, FontRole::kCaption, ui.color.muted,
               fitted(FontRole::kCaption, note, room));
  ImGui::Dummy(ImVec2(1, height));
  gap(ui, space::kSmall);
}

std::string step_title(const Episode& episode, const StepRecord& step, const char* what) {
  const auto index = static_cast<std::size_t>(&step - episode.steps().data());
  return std::string(what) + " of step " + std::to_string(index + 1);
}

std::string rows_note(const Ui& ui, const SavedFiles& files, const ResultTable& table, bool query) {
  if (!files.note().empty()) return files.note();
  if (ui.narrow) return grouped(table.rows.size()) + "×" + grouped(table.columns.size());
  return table_summary(table, query);
}

void rows(Ui& ui, const Shown& shown, const StepRecord& step) {
  ResultPanel& panel = shown.panel;
  const std::uint64_t version = shown.session.changes;
  const ResultTable& table = *step.result.table;
  const bool query = action_kind(step.action.action_type) == ActionKind::kQuery;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 corner(at.x + content_width(), at.y);
  const std::vector<Button> buttons = row_buttons(ui, shown, table);
  panel.grid.open(ui, table, version);
  const char* what = query ? "Result" : "Sample";
  result_head(ui, ui.narrow ? what : step_title(shown.seen.episode, step, what),
              rows_note(ui, shown.files, table, query), buttons_width(ui, buttons));
  const ImVec2 below = ImGui::GetCursorScreenPos();
  result_actions(ui, shown, table, buttons, corner);
  ImGui::SetCursorScreenPos(below);
  if (table.rows.empty())
    return wrapped_text(ui, FontRole::kBody, ui.color.muted, "It ran and returned no rows.");
  if (panel.filters && can_filter(table))
    filter_row(ui, "result.filter", panel.filter, std::exchange(panel.focuses_filter, false),
               panel.grid.view(), table);
  else panel.grid.view().filter(table, "");
  if (panel.grid.view().rows().empty())
    return wrapped_text(ui, FontRole::kBody, ui.color.muted, "No row holds that text.");
  panel.grid.draw(ui, "result.grid", table, version,
                  ImVec2(content_width(), grid_height(ui, shown.card, table)));
}

void description(Ui& ui, const Shown& shown, const StepRecord& step) {
  const Table* table = shown.seen.schema().find(step.action.argument);
  if (table == nullptr) return;
  std::string note = counted(table->columns.size(), "column");
  if (table->row_count) note += ", " + counted(static_cast<std::size_t>(*table->row_count), "row");
  result_head(ui, "Table " + table->name, note, 0);
  const ResultTable columns = description_table(*table);
  const ImVec2 size(content_width(), grid_height(ui, shown.card, columns, GridHead::kNames));
  shown.panel.grid.draw(ui, "result.grid", columns, shown.session.changes, size, GridHead::kNames);
}

// The last step that returned rows; null if none did.
const StepRecord* last_rows(const std::vector<StepRecord>& steps) {
  for (auto step = steps.rbegin(); step != steps.rend(); ++step)
    if (step->result.table) return &*step;
  return nullptr;
}

void step_result(Ui& ui, const Shown& shown, const StepRecord& step) {
  const Episode& episode = shown.seen.episode;
  if (!step.result.observation.error.empty()) {
    result_head(ui, step_title(episode, step, "Error"), "The step is spent all the same.", 0);
    return error_card(ui, step, shown.card);
  }
  if (step.result.table) return rows(ui, shown, step);
  if (action_kind(step.action.action_type) == ActionKind::kDescribe)
    return description(ui, shown, step);
  if (const StepRecord* before = last_rows(episode.steps())) return rows(ui, shown, *before);
  card_title(ui, "Result");
  gap(ui, space::kSmall);
  wrapped_text(ui, FontRole::kBody, ui.color.muted,
               "Nothing was sampled or queried before the answer.");
}

}  // namespace

void result_panel(Ui& ui, const EpisodeView* seen, Session& session, Commands& commands,
                  SavedFiles& files, ResultPanel& panel, ImVec2 size) {
  begin_card(ui, "result", size);
  const StepRecord* step = seen != nullptr ? seen->shown_step() : nullptr;
  if (step != nullptr) step_result(ui, {*seen, session, files, panel, size}, *step);
  else if (seen != nullptr) guide(ui, seen->episode, commands, size);
  end_card();
}

}  // namespace sqlenv::ui
