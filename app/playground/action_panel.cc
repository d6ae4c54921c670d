#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/playground/editor.h"
#include "app/playground/format.h"
#include "app/playground/panels.h"
#include "app/playground/widgets.h"
#include "core/base/text.h"

namespace sqlenv::ui {
namespace {

constexpr ActionKind kKinds[] = {ActionKind::kDescribe, ActionKind::kSample, ActionKind::kQuery,
                                 ActionKind::kAnswer};

void kind_choice(Ui& ui, Model& model, Views& views) {
  static const std::vector<Segment> segments = {
      {"action.kind.describe", "Describe", "A table's columns and keys (Ctrl+1)"},
      {"action.kind.sample", "Sample", "Five rows of a table (Ctrl+2)"},
      {"action.kind.query", "Query", "One SELECT statement (Ctrl+3)"},
      {"action.kind.answer", "Answer", "Ends the episode (Ctrl+4)"}};
  const float width = ui.narrow ? content_width() : std::min(content_width(), ui.px(420));
  const int chosen = static_cast<int>(model.draft().kind);
  const int picked = segmented(ui, segments, chosen, model.drafting(), width);
  if (picked < 0) return;
  model.draft().kind = kKinds[picked];
  views.focus_editor = true;
}

void table_choice(Ui& ui, Model& model) {
  const float space = ui.px(space::kSmall);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float right = origin.x + content_width();
  ImVec2 at = origin;
  float bottom = origin.y;
  for (const std::string& name : model.tables()) {
    const float width = chip_width(ui, name);
    if (at.x > origin.x && at.x + width > right) at = ImVec2(origin.x, bottom + space);
    ImGui::SetCursorScreenPos(at);
    if (chip(ui, "action.table." + name, name, name == model.draft().table, model.drafting()))
      model.draft().table = name;
    bottom = ImGui::GetItemRectMax().y;
    at.x += width + space;
  }
  ImGui::SetCursorScreenPos(ImVec2(origin.x, bottom));
  ImGui::Dummy(ImVec2(1, 1));
}

void table_part(Ui& ui, Model& model, float height) {
  begin_scroll(ui, "tables", ImVec2(content_width(), height), Scrollbar::kInGutter);
  wrapped_text(ui, FontRole::kCaption, ui.color.muted,
               model.draft().kind == ActionKind::kDescribe
                   ? "Which table? You will see its columns, types, keys and number of rows."
                   : "Which table? You will see five of its rows.");
  gap(ui, space::kMedium);
  table_choice(ui, model);
  end_scroll();
}

// The last step's error, if what is written still holds the query that had it.
std::optional<Token> last_error(const Model& model) {
  const std::vector<StepRecord>& steps = model.episode()->steps();
  if (model.transcript() != nullptr || steps.empty() || !steps.back().result.error ||
      action_kind(steps.back().action.action_type) != ActionKind::kQuery)
    return std::nullopt;
  const std::string& sql = model.draft().sql;
  const std::string& played = steps.back().action.argument;
  const std::size_t at = sql.find(played);
  if (at == std::string::npos || sql.find(played, at + 1) != std::string::npos) return std::nullopt;
  std::optional<Token> place = error_place(played, steps.back().result.observation.error);
  if (place) *place = {place->kind, place->begin + at, place->end + at};
  return place;
}

// What the episode has shown and what was queried in it.
void inform(Assist& assist, const Model& model) {
  std::vector<KnownTable> tables;
  std::vector<std::string> played;
  if (const Transcript* seen = model.transcript()) {
    for (const std::string& name : model.tables()) tables.emplace_back().name = name;
    for (const Transcript::Step& step : seen->steps)
      if (action_kind(step.action.action_type) == ActionKind::kQuery)
        played.push_back(step.action.argument);
    return assist.know(std::move(tables), std::move(played));
  }
  for (const Table& table : model.episode()->task().database->image.schema().tables) {
    KnownTable& known = tables.emplace_back();
    known.name = table.name;
    if (!model.described(table)) continue;
    for (const Column& column : table.columns) known.columns.push_back(column.name);
  }
  for (const StepRecord& step : model.episode()->steps())
    if (action_kind(step.action.action_type) == ActionKind::kQuery &&
        (played.empty() || played.back() != step.action.argument))
      played.push_back(step.action.argument);
  assist.know(std::move(tables), std::move(played));
}

void query_part(Ui& ui, Model& model, Views& views, float height) {
  if (views.informed_changes != model.changes()) inform(views.assist, model);
  views.informed_changes = model.changes();
  const std::optional<Token> error = last_error(model);
  const std::string note =
      error ? capitalised(model.episode()->steps().back().result.error->message) : "";
  if (text_editor(ui,
                  {.id = "action.editor",
                   .label = "SQL statement",
                   .placeholder = "SELECT … FROM …",
                   .size = ImVec2(content_width(), height),
                   .sql = true,
                   .enabled = model.drafting(),
                   .focus = views.focus_now,
                   .assist = &views.assist,
                   .error = error,
                   .error_note = note},
                  model.draft().sql))
    views.focus_editor = true;
}

void answer_part(Ui& ui, Model& model, Views& views, float height) {
  text_editor(
      ui,
      {.id = "action.editor",
       .label = "Answer",
       .placeholder =
           "42\nor a list: [\"Berlin\", \"Paris\"]\nor rows: [[\"Berlin\", 3], [\"Paris\", 5]]",
       .size = ImVec2(content_width(), height),
       .enabled = model.drafting(),
       .focus = views.focus_now},
      model.draft().answer);
}

const char* run_label(ActionKind kind) {
  switch (kind) {
    case ActionKind::kDescribe: return "Describe table";
    case ActionKind::kSample: return "Sample rows";
    case ActionKind::kQuery: return "Run query";
    case ActionKind::kAnswer: return "Submit answer";
  }
  return "";
}

// The result that could be taken as the answer: the shown step's rows.
const ResultTable* usable_result(const Model& model) {
  const StepRecord* step = model.shown_step();
  return step == nullptr || model.transcript() != nullptr ? nullptr : step->result.table.get();
}

void use_result_button(Ui& ui, Model& model) {
  const ResultTable* table = usable_result(model);
  if (!button(ui, {.id = "answer.use_result",
                   .label = "Use the result below",
                   .enabled = table != nullptr && model.drafting()}))
    return;
  if (const std::optional<std::string> answer = answer_text(*table)) model.draft().answer = *answer;
}

// What an action would have paid in the place of the one that was played.
std::string what_if_note(const Replay& replay) {
  if (!replay.what_if) return "On a copy, in the place of the step that was played";
  const RewardTerms& played = replay.run().whole.steps()[replay.step].result.terms;
  const StepRecord& other = *replay.what_if;
  return "It would pay " + signed_amount(other.result.terms.total()) + " (" + outcome_text(other) +
         "), not " + signed_amount(played.total());
}

std::string footer_note(const Ui& ui, const Model& model, const Views& views) {
  if (model.replay() != nullptr) return model.asks_what_if() ? what_if_note(*model.replay()) : "";
  if (model.draft().kind == ActionKind::kAnswer) return "Ends the episode";
  if (model.draft().kind == ActionKind::kQuery && !views.assist.selection().empty())
    return "Ctrl+Shift+Enter runs the selection";
  return ui.narrow ? "Costs one step" : "Ctrl+Enter runs it. Every action costs one step.";
}

// How much of its budget a query has used, in the place of the remark, and what stops it.
void running_footer(Ui& ui, Model& model) {
  const RunningQuery& query = *model.running();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui.control_height();
  const Button stop = {.id = "action.stop", .label = "Stop", .icon = Icon::kStop};
  const float stop_width = button_width(ui, stop);
  const float width = content_width() - stop_width - ui.px(space::kLarge);
  const float part = std::min(1.0f, static_cast<float>(query.step.operations()) /
                                        static_cast<float>(model.most_operations()));
  const auto millions = [](std::int64_t count) {
    const std::int64_t tenths = count / 100'000;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
  };
  const std::string note = "Running: " + millions(query.step.operations()) + " of " +
                           millions(model.most_operations()) + " million operations";
  paint_text(ui, ImVec2(at.x, at.y), FontRole::kCaption, ui.color.muted,
             fitted(FontRole::kCaption, note, width));
  const float y = at.y + height - ui.px(12);
  fill(ImVec2(at.x, y), ImVec2(at.x + width, y + ui.px(6)), ui.color.raised, ui.px(3));
  fill(ImVec2(at.x, y), ImVec2(at.x + std::max(ui.px(6), width * part), y + ui.px(6)),
       ui.color.accent, ui.px(3));
  mark_area(ui, "action.progress", note, at, ImVec2(at.x + width, at.y + height));
  ImGui::SetCursorScreenPos(ImVec2(at.x + width + ui.px(space::kLarge), at.y));
  if (button(ui, stop)) model.later([](Model& m) { m.stop(); });
  tooltip(ui, "Gives the query up (Escape). No step is spent.");
}

void footer(Ui& ui, Model& model, Views& views) {
  if (model.running() != nullptr) return running_footer(ui, model);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = content_width();
  const float height = ui.control_height();
  const bool answering = model.draft().kind == ActionKind::kAnswer;
  const bool looking = model.replay() != nullptr;
  const Button run = {.id = "action.run",
                      .label = looking ? "What if?" : run_label(model.draft().kind),
                      .kind = ButtonKind::kPrimary,
                      .icon = answering ? Icon::kFlag : Icon::kPlay,
                      .enabled = model.drafting() && model.draft().playable()};
  const float run_width = button_width(ui, run);
  float left = at.x;
  if (answering && !(looking && ui.narrow)) {
    use_result_button(ui, model);
    left = ImGui::GetItemRectMax().x + ui.px(space::kMedium);
  }
  const float room = at.x + width - run_width - ui.px(space::kMedium) - left;
  if (room > ui.px(80)) {
    const std::string note = footer_note(ui, model, views);
    paint_text(ui, ImVec2(left, at.y + (height - measure(FontRole::kCaption, note, room).y) / 2),
               FontRole::kCaption, ui.color.muted, note, room);
  }
  if (model.asks_what_if())
    mark_area(ui, "action.what_if", what_if_note(*model.replay()), at,
              ImVec2(left + room, at.y + height));
  ImGui::SetCursorScreenPos(ImVec2(at.x + width - run_width, at.y));
  if (button(ui, run)) play_draft(model, views);
}

}  // namespace

void play_draft(Model& model, Views& views) {
  if (!model.drafting() || !model.draft().playable() || model.running() != nullptr) return;
  model.later([action = model.draft().action()](Model& m) { m.play(action); });
  views.focus_editor = model.draft().kind == ActionKind::kQuery;
}

void play_selection(Model& model, Views& views) {
  const std::string& sql = views.assist.selection();
  if (model.draft().kind != ActionKind::kQuery || trim(sql).empty())
    return play_draft(model, views);
  if (!model.drafting() || model.running() != nullptr) return;
  model.later([action = Action{std::string(action_name(ActionKind::kQuery)), sql}](Model& m) {
    m.play(action);
  });
  views.focus_editor = true;
}

void action_panel(Ui& ui, Model& model, Views& views, ImVec2 size) {
  begin_card(ui, "action", size);
  if (model.episode() != nullptr) {
    kind_choice(ui, model, views);
    gap(ui, space::kMedium);
    const float below = ui.control_height() + ui.px(space::kMedium);
    const float height = size.y == 0 ? 0 : std::max(ui.px(60), content_height() - below);
    switch (model.draft().kind) {
      case ActionKind::kDescribe:
      case ActionKind::kSample: table_part(ui, model, height); break;
      case ActionKind::kQuery: query_part(ui, model, views, height); break;
      case ActionKind::kAnswer: answer_part(ui, model, views, height); break;
    }
    gap(ui, space::kMedium);
    footer(ui, model, views);
  }
  end_card();
}

}  // namespace sqlenv::ui
