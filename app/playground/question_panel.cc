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
  const float height = ui.px(22);
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

// Draws what the question belongs to and, at the right, the button for a hint and the budget, which
// has its own line in a narrow card.
void question_head(Ui& ui, const EpisodeView& seen, Commands& commands) {
  const Episode& episode = seen.episode;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = content_width();
  const float badges = paint_badges(ui, *episode.task().question, at);
  const float line = ui.px(22);
  const Button hint = hint_button(seen);
  const float taken = hint.enabled ? button_width(ui, hint) + ui.px(space::kSmall) : 0;
  if (hint.enabled) {
    const float height = ui.compact_height();
    // The label, not the button's edge, is aligned with the contents of the card.
    ImGui::SetCursorScreenPos(ImVec2(at.x + width - taken + ui.px(space::kSmall + 10),
                                     at.y + std::floor((line - height) / 2)));
    if (button(ui, hint))
      commands.later([](Stage& stage) {
        if (Player* player = stage.player()) player->take_hint();
      });
    tooltip(ui, "Each hint costs a quarter of the points. An agent gets none.");
    ImGui::SetCursorScreenPos(at);
  }
  if (width - badges - taken > ui.px(200)) {
    paint_budget(ui, episode, ImVec2(at.x + badges, at.y), width - badges - taken);
    ImGui::Dummy(ImVec2(1, line));
    return;
  }
  const float below = line + ui.px(ui.narrow ? 10 : 6);
  paint_budget(ui, episode, ImVec2(at.x, at.y + below), width);
  ImGui::Dummy(ImVec2(1, below + line));
}

}  // namespace

void question_panel(Ui& ui, const EpisodeView* seen, Commands& commands) {
  begin_card(ui, "question", ImVec2(content_width(), 0));
  if (seen != nullptr) {
    question_head(ui, *seen, commands);
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
