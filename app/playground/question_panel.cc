#include "app/playground/question_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/playground/format.h"
#include "app/playground/hints.h"
#include "app/playground/stage.h"
#include "app/playground/widgets.h"

namespace sqlenv::ui {
namespace {

constexpr float kHeadLine = 22;  // height

std::string budget_text(const Episode& episode) {
  const int total = episode.options().step_budget;
  if (episode.done())
    return std::to_string(episode.step_count()) + " of " +
           counted(static_cast<std::size_t>(total), "step") + " used";
  return std::to_string(episode.budget_remaining()) + " of " +
         counted(static_cast<std::size_t>(total), "step") + " left";
}

// Paints the budget at the right edge of a line of this width.
void paint_budget(Ui& ui, const Episode& episode, ImVec2 at, float width) {
  const std::string label = budget_text(episode);
  const ImVec2 size = measure(FontRole::kCaption, label);
  const float height = ui.px(kHeadLine);
  const float marks = std::min(ui.px(220), width - size.x - ui.px(ui.narrow ? 12 : 26));
  const float x = at.x + width - size.x;
  paint_line(ui, x, at.y + height / 2, FontRole::kCaption, ui.color.muted, label);
  if (marks < ui.px(60)) return;
  budget_marks(ui, ImVec2(x - ui.px(12) - marks, std::floor(at.y + (height - ui.px(6)) / 2)), marks,
               episode.step_count(), episode.options().step_budget);
}

float paint_badges(Ui& ui, const Question& question, ImVec2 at) {
  const float middle = at.y + ui.px(11);
  float x = at.x;
  for (const std::string& label : {question.database, question.difficulty, question.split}) {
    if (label.empty()) continue;
    paint_badge(ui, ImVec2(x, middle), label, x == at.x ? Tone::kAccent : Tone::kNeutral);
    x += badge_width(ui, label) + ui.px(6);
  }
  return x - at.x;
}

// Draws the hints that were taken.
void hints(Ui& ui, const EpisodeView& seen) {
  const float icon = ui.px(15);
  for (int level = 1; level <= seen.attempt.hints; ++level) {
    gap(ui, level == 1 ? space::kMedium : space::kSmall);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float left = icon + ui.px(space::kSmall);
    const std::string hint = hint_text(*seen.episode.task().question, level);
    paint_icon(ui, Icon::kBulb, ImVec2(at.x + icon / 2, at.y + line_height(FontRole::kBody) / 2),
               icon, ui.color.accent_text);
    const float wrap = content_width() - left;
    paint_text(ui, ImVec2(at.x + left, at.y), FontRole::kBody, ui.color.text, hint, wrap);
    ImGui::Dummy(ImVec2(content_width(), measure(FontRole::kBody, hint, wrap).y));
    mark_item(ui, "hint." + std::to_string(level), hint);
  }
}

Button hint_button(const EpisodeView& seen) {
  const bool left = seen.playing() && seen.attempt.hints < kHintLevels;
  return {.id = "question.hint",
          .label = seen.attempt.hints == 0 ? "Hint" : "Next hint",
          .kind = ButtonKind::kGhost,
          .icon = Icon::kBulb,
          .enabled = left,
          .compact = true};
}

Button model_button() {
  return {.id = "question.model",
          .label = "Model",
          .kind = ButtonKind::kGhost,
          .icon = Icon::kPlus,
          .compact = true};
}

// Draws a button whose right end is at `right`, vertically centred on a line at `y`.
bool right_button(Ui& ui, const Button& spec, float right, float y) {
  ImGui::SetCursorScreenPos(ImVec2(right - button_width(ui, spec),
                                   y + std::floor((ui.px(kHeadLine) - ui.compact_height()) / 2)));
  return button(ui, spec);
}

void hint_part(Ui& ui, const Button& hint, Commands& commands, float right, float y) {
  if (right_button(ui, hint, right, y))
    commands.later([](Stage& stage) {
      if (Player* player = stage.player()) player->take_hint();
    });
  tooltip(ui, "Each hint costs a quarter of the points. An agent gets none.");
}

void model_part(Ui& ui, const Host& host, float right, float y) {
  if (right_button(ui, model_button(), right, y)) host.choose_model("");
  tooltip(ui, "A language model plays this question beside you");
}

// Draws what the question belongs to and, at the right, the buttons for a hint and for a model, and
// the budget. What has no room there is on a second line.
void question_head(Ui& ui, const EpisodeView& seen, const Host& host, Commands& commands) {
  const Episode& episode = seen.episode;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = content_width();
  const float badges = paint_badges(ui, *episode.task().question, at);
  // The labels, not the buttons' edges, are aligned with the contents of the card.
  const float edge = ui.px(10);
  float right = at.x + width + edge;
  const Button hint = hint_button(seen);
  if (hint.enabled) {
    hint_part(ui, hint, commands, right, at.y);
    right -= button_width(ui, hint);
  }
  const float model =
      host.choose_model && seen.replay == nullptr ? button_width(ui, model_button()) : 0;
  const bool beside = model > 0 && right - model > at.x + badges;
  if (beside) {
    model_part(ui, host, right, at.y);
    right -= model;
  }
  ImGui::SetCursorScreenPos(at);
  const float line = ui.px(kHeadLine);
  const float room = right - edge - ui.px(space::kSmall) - at.x - badges;
  if (room > ui.px(200) && (beside || model == 0)) {
    paint_budget(ui, episode, ImVec2(at.x + badges, at.y), room);
    ImGui::Dummy(ImVec2(1, line));
    return;
  }
  const float below = line + ui.px(ui.narrow ? 10 : 6);
  const bool under = model > 0 && !beside;
  if (under) model_part(ui, host, at.x + model - edge, at.y + below);
  ImGui::SetCursorScreenPos(at);
  const float taken = under ? model : 0;
  paint_budget(ui, episode, ImVec2(at.x + taken, at.y + below), width - taken);
  ImGui::Dummy(ImVec2(1, below + line));
}

}  // namespace

void question_panel(Ui& ui, const EpisodeView* seen, const Host& host, Commands& commands) {
  begin_card(ui, "question", ImVec2(content_width(), 0));
  if (seen != nullptr) {
    question_head(ui, *seen, host, commands);
    gap(ui, space::kMedium);
    wrapped_text(ui, FontRole::kHeading, ui.color.text, seen->episode.task().question->text);
    hints(ui, *seen);
  } else {
    text(ui, FontRole::kHeading, ui.color.text, "No question yet");
    gap(ui, space::kSmall);
    wrapped_text(ui, FontRole::kBody, ui.color.muted,
                 "Choose a database above, or take the next question.");
  }
  end_card();
}

}  // namespace sqlenv::ui
