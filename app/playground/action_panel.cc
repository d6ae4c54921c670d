#include "app/playground/action_panel.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/playground/editor.h"
#include "app/playground/format.h"
#include "app/playground/replay.h"
#include "app/playground/running_query.h"
#include "app/playground/widgets.h"
#include "core/base/text.h"

namespace sqlenv::ui {
namespace {

constexpr ActionKind kKinds[] = {ActionKind::kDescribe, ActionKind::kSample, ActionKind::kQuery,
                                 ActionKind::kAnswer};

// The episode for which actions are written: one that is executed here, or a server's.
struct Writing {
  const EpisodeView* seen;   // null for a server's episode
  const Transcript* server;  // null for an episode that is executed here
  bool enabled;              // whether an action may be written
  std::vector<std::string> tables;
  Draft& draft;
  Commands& commands;
};

void kind_choice(Ui& ui, const Writing& writing, ActionPanel& panel) {
  static const std::vector<Segment> segments = {
      {"action.kind.describe", "Describe", "A table's columns and keys (Ctrl+1)"},
      {"action.kind.sample", "Sample", "Five rows of a table (Ctrl+2)"},
      {"action.kind.query", "Query", "One SELECT statement (Ctrl+3)"},
      {"action.kind.answer", "Answer", "Ends the episode (Ctrl+4)"}};
  const float width = ui.narrow ? content_width() : std::min(content_width(), ui.px(420));
  const int chosen = static_cast<int>(writing.draft.kind);
  const int picked = segmented(ui, segments, chosen, writing.enabled, width);
  if (picked < 0) return;
  writing.draft.kind = kKinds[picked];
  panel.focuses = true;
}

void table_choice(Ui& ui, const Writing& writing) {
  const float space = ui.px(space::kSmall);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float right = origin.x + content_width();
  ImVec2 at = origin;
  float bottom = origin.y;
  for (const std::string& name : writing.tables) {
    const float width = chip_width(ui, name);
    if (at.x > origin.x && at.x + width > right) at = ImVec2(origin.x, bottom + space);
    ImGui::SetCursorScreenPos(at);
    if (chip(ui, "action.table." + name, name, name == writing.draft.table, writing.enabled))
      writing.draft.table = name;
    bottom = ImGui::GetItemRectMax().y;
    at.x += width + space;
  }
  ImGui::SetCursorScreenPos(ImVec2(origin.x, bottom));
  ImGui::Dummy(ImVec2(1, 1));
}

void table_part(Ui& ui, const Writing& writing, float height) {
  begin_scroll(ui, "tables", ImVec2(content_width(), height), Scrollbar::kInGutter);
  wrapped_text(ui, FontRole::kCaption, ui.color.muted,
               writing.draft.kind == ActionKind::kDescribe
                   ? "Which table? You will see its columns, types, keys and number of rows."
                   : "Which table? You will see five of its rows.");
  gap(ui, space::kMedium);
  table_choice(ui, writing);
  end_scroll();
}

// The place of the last step's error in the draft, if the draft still holds that query.
std::optional<SqlToken> last_error(const Writing& writing) {
  if (writing.seen == nullptr) return std::nullopt;
  const std::vector<StepRecord>& steps = writing.seen->episode.steps();
  if (steps.empty() || !steps.back().result.error ||
      action_kind(steps.back().action.action_type) != ActionKind::kQuery)
    return std::nullopt;
  const std::string& sql = writing.draft.sql;
  const std::string& played = steps.back().action.argument;
  const std::size_t at = sql.find(played);
  if (at == std::string::npos || sql.find(played, at + 1) != std::string::npos) return std::nullopt;
  std::optional<SqlToken> place = error_place(played, steps.back().result.observation.error);
  if (place) *place = {place->kind, place->begin + at, place->end + at};
  return place;
}

std::vector<KnownTable> known_tables(const EpisodeView& seen) {
  std::vector<KnownTable> tables;
  for (const Table& table : seen.schema().tables) {
    KnownTable& known = tables.emplace_back();
    known.name = table.name;
    if (!seen.described(table)) continue;
    for (const Column& column : table.columns) known.columns.push_back(column.name);
  }
  return tables;
}

// The queries of steps in their order. One that was repeated at once is there once.
template <class Step>
std::vector<std::string> queries_of(const std::vector<Step>& steps) {
  std::vector<std::string> queries;
  for (const Step& step : steps)
    if (action_kind(step.action.action_type) == ActionKind::kQuery &&
        (queries.empty() || queries.back() != step.action.argument))
      queries.push_back(step.action.argument);
  return queries;
}

// Completes what the episode has shown and recalls what was queried in it.
void inform(Assist& assist, const Writing& writing) {
  if (writing.seen != nullptr)
    return assist.know(known_tables(*writing.seen), queries_of(writing.seen->episode.steps()));
  std::vector<KnownTable> tables;
  for (const std::string& name : writing.tables) tables.emplace_back().name = name;
  assist.know(std::move(tables), queries_of(writing.server->steps));
}

void query_part(Ui& ui, const Writing& writing, ActionPanel& panel, std::uint64_t changes,
                float height) {
  if (panel.informed_changes != changes) inform(panel.assist, writing);
  panel.informed_changes = changes;
  const std::optional<SqlToken> error = last_error(writing);
  const std::string note =
      error ? capitalised(writing.seen->episode.steps().back().result.error->message) : "";
  if (text_editor(ui,
                  {.id = "action.editor",
                   .label = "SQL statement",
                   .placeholder = "SELECT … FROM …",
                   .size = ImVec2(content_width(), height),
                   .sql = true,
                   .enabled = writing.enabled,
                   .focus = panel.focuses_now,
                   .assist = &panel.assist,
                   .error = error,
                   .error_note = note},
                  writing.draft.sql))
    panel.focuses = true;
}

void answer_part(Ui& ui, const Writing& writing, const ActionPanel& panel, float height) {
  text_editor(
      ui,
      {.id = "action.editor",
       .label = "Answer",
       .placeholder =
           "42\nor a list: [\"Berlin\", \"Paris\"]\nor rows: [[\"Berlin\", 3], [\"Paris\", 5]]",
       .size = ImVec2(content_width(), height),
       .enabled = writing.enabled,
       .focus = panel.focuses_now},
      writing.draft.answer);
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
const ResultTable* usable_result(const Writing& writing) {
  const StepRecord* step = writing.seen != nullptr ? writing.seen->shown_step() : nullptr;
  return step != nullptr ? step->result.table.get() : nullptr;
}

void use_result_button(Ui& ui, const Writing& writing) {
  const ResultTable* table = usable_result(writing);
  if (!button(ui, {.id = "answer.use_result",
                   .label = "Use the result below",
                   .enabled = table != nullptr && writing.enabled}))
    return;
  if (const std::optional<std::string> answer = answer_text(*table)) writing.draft.answer = *answer;
}

// Says what the asked action would have paid in the place of the one that was played.
std::string what_if_note(const Replay& replay) {
  if (!replay.what_if()) return "On a copy, in the place of the step that was played";
  const RewardTerms& played = replay.run().whole.steps()[replay.step()].result.terms;
  const StepRecord& other = *replay.what_if();
  return "It would pay " + signed_amount(other.result.terms.total()) + " (" + outcome_text(other) +
         "), not " + signed_amount(played.total());
}

// The replay that is looked at; null while the episode is played.
const Replay* replay_of(const Writing& writing) {
  return writing.seen != nullptr ? writing.seen->replay : nullptr;
}

std::string footer_note(const Ui& ui, const Writing& writing, const Assist& assist) {
  if (const Replay* replay = replay_of(writing))
    return replay->asks_what_if() ? what_if_note(*replay) : "";
  if (writing.draft.kind == ActionKind::kAnswer) return "Ends the episode";
  if (writing.draft.kind == ActionKind::kQuery && !assist.selection().empty())
    return "Ctrl+Shift+Enter runs the selection";
  return ui.narrow ? "Costs one step" : "Ctrl+Enter runs it. Every action costs one step.";
}

// Shows how much of its budget a query has used, and a button that stops it.
void running_footer(Ui& ui, const RunningQuery& query, Commands& commands) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui.control_height();
  const Button stop = {.id = "action.stop", .label = "Stop", .icon = Icon::kStop};
  const float stop_width = button_width(ui, stop);
  const float width = content_width() - stop_width - ui.px(space::kLarge);
  const float part = std::min(
      1.0f, static_cast<float>(query.operations()) / static_cast<float>(query.most_operations()));
  const auto millions = [](std::int64_t count) {
    const std::int64_t tenths = count / 100'000;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
  };
  const std::string note = "Running: " + millions(query.operations()) + " of " +
                           millions(query.most_operations()) + " million operations";
  paint_text(ui, ImVec2(at.x, at.y), FontRole::kCaption, ui.color.muted,
             fitted(FontRole::kCaption, note, width));
  const float y = at.y + height - ui.px(12);
  fill(ImVec2(at.x, y), ImVec2(at.x + width, y + ui.px(6)), ui.color.raised, ui.px(3));
  fill(ImVec2(at.x, y), ImVec2(at.x + std::max(ui.px(6), width * part), y + ui.px(6)),
       ui.color.accent, ui.px(3));
  mark_area(ui, "action.progress", note, at, ImVec2(at.x + width, at.y + height));
  ImGui::SetCursorScreenPos(ImVec2(at.x + width + ui.px(space::kLarge), at.y));
  if (button(ui, stop)) commands.later([](Stage& stage) { stage.stop(); });
  tooltip(ui, "Gives the query up (Escape). No step is spent.");
}

void footer(Ui& ui, const Writing& writing, ActionPanel& panel) {
  if (writing.seen != nullptr && writing.seen->running != nullptr)
    return running_footer(ui, *writing.seen->running, writing.commands);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = content_width();
  const float height = ui.control_height();
  const bool answering = writing.draft.kind == ActionKind::kAnswer;
  const Replay* replay = replay_of(writing);
  const Button run = {.id = "action.run",
                      .label = replay != nullptr ? "What if?" : run_label(writing.draft.kind),
                      .kind = ButtonKind::kPrimary,
                      .icon = answering ? Icon::kFlag : Icon::kPlay,
                      .enabled = writing.enabled && writing.draft.playable()};
  const float run_width = button_width(ui, run);
  float left = at.x;
  if (answering && !(replay != nullptr && ui.narrow)) {
    use_result_button(ui, writing);
    left = ImGui::GetItemRectMax().x + ui.px(space::kMedium);
  }
  const float room = at.x + width - run_width - ui.px(space::kMedium) - left;
  if (room > ui.px(80)) {
    const std::string note = footer_note(ui, writing, panel.assist);
    paint_text(ui, ImVec2(left, at.y + (height - measure(FontRole::kCaption, note, room).y) / 2),
               FontRole::kCaption, ui.color.muted, note, room);
  }
  if (replay != nullptr && replay->asks_what_if())
    mark_area(ui, "action.what_if", what_if_note(*replay), at, ImVec2(left + room, at.y + height));
  ImGui::SetCursorScreenPos(ImVec2(at.x + width - run_width, at.y));
  if (button(ui, run)) play_draft(writing.draft, writing.enabled, writing.commands, panel);
}

void draw(Ui& ui, const Writing& writing, ActionPanel& panel, std::uint64_t changes, ImVec2 size) {
  kind_choice(ui, writing, panel);
  gap(ui, space::kMedium);
  const float below = ui.control_height() + ui.px(space::kMedium);
  const float height = size.y == 0 ? 0 : std::max(ui.px(60), content_height() - below);
  switch (writing.draft.kind) {
    case ActionKind::kDescribe:
    case ActionKind::kSample: table_part(ui, writing, height); break;
    case ActionKind::kQuery: query_part(ui, writing, panel, changes, height); break;
    case ActionKind::kAnswer: answer_part(ui, writing, panel, height); break;
  }
  gap(ui, space::kMedium);
  footer(ui, writing, panel);
}

}  // namespace

void play_draft(const Draft& draft, bool enabled, Commands& commands, ActionPanel& panel) {
  if (!enabled || !draft.playable()) return;
  commands.play(draft.action());
  panel.focuses = draft.kind == ActionKind::kQuery;
}

void play_selection(const Draft& draft, bool enabled, Commands& commands, ActionPanel& panel) {
  const std::string& sql = panel.assist.selection();
  if (draft.kind != ActionKind::kQuery || trim(sql).empty())
    return play_draft(draft, enabled, commands, panel);
  if (!enabled) return;
  commands.play({"QUERY", sql});
  panel.focuses = true;
}

void action_panel(Ui& ui, const EpisodeView* seen, Session& session, Commands& commands,
                  ActionPanel& panel, ImVec2 size) {
  begin_card(ui, "action", size);
  if (seen != nullptr)
    draw(ui, {seen, nullptr, seen->drafting, seen->tables(), session.draft, commands}, panel,
         session.changes, size);
  end_card();
}

void action_panel(Ui& ui, const Transcript& server, Session& session, Commands& commands,
                  ActionPanel& panel, ImVec2 size) {
  begin_card(ui, "action", size);
  draw(ui, {nullptr, &server, server.acts, table_names(server.schema), session.draft, commands},
       panel, session.changes, size);
  end_card();
}

}  // namespace sqlenv::ui
