#include "app/playground/verdict_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/playground/differences.h"
#include "app/playground/editor.h"
#include "app/playground/format.h"
#include "app/playground/widgets.h"

namespace sqlenv::ui {
namespace {

bool won(const Episode& episode) { return episode.verdict() && episode.verdict()->correct; }

const char* verdict_title(const Episode& episode) {
  if (!episode.verdict()) return "Out of steps";
  return won(episode) ? "Correct" : "Not correct";
}

std::string verdict_detail(const Episode& episode) {
  if (episode.verdict()) return episode.verdict()->detail;
  return "The budget ended before an answer.";
}

void paint_seal(Ui& ui, ImVec2 at, float side, bool good, float grown) {
  const Tone tone = good ? Tone::kGood : Tone::kBad;
  const ImVec2 center(at.x + side / 2, at.y + side / 2);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddCircleFilled(center, side / 2 * (0.7f + 0.3f * grown), u32(tone_soft(ui, tone)));
  paint_icon(ui, good ? Icon::kCheck : Icon::kCross, center, side * 0.5f * (0.5f + 0.5f * grown),
             tone_text(ui, tone));
}

// Whether the buttons must be short to leave room for the words of the verdict.
bool is_tight_card(const Ui& ui) { return ImGui::GetWindowWidth() < ui.px(730); }

Button next_question_button(const Ui& ui) {
  return {.id = "verdict.next",
          .label = is_tight_card(ui) ? "Next" : "Next question",
          .kind = ButtonKind::kPrimary,
          .icon = Icon::kArrowRight,
          .icon_last = true};
}
Button again_button(const Ui& ui) {
  return {.id = "verdict.again",
          .label = is_tight_card(ui) ? "Again" : "Play again",
          .icon = Icon::kRetry};
}

struct VerdictParts {
  Commands& commands;
  SavedFiles& files;
};

// A replay has these buttons in its bar instead.
float squares_width(const Ui& ui, const EpisodeView& seen) {
  return seen.replay != nullptr ? 0 : 2 * (ui.control_height() + ui.px(space::kSmall));
}

void squares(Ui& ui, const EpisodeView& seen, const VerdictParts& parts, ImVec2 at) {
  if (seen.replay != nullptr) return;
  ImGui::SetCursorScreenPos(at);
  if (icon_button(ui, "verdict.link", Icon::kCopy, "Copy a link to this episode"))
    parts.files.share(seen);
  ImGui::SetCursorScreenPos(ImVec2(at.x + squares_width(ui, seen) / 2, at.y));
  if (icon_button(ui, "verdict.review", Icon::kEye, "Look back: replay, what if, compare"))
    parts.commands.later([](Stage& stage) { stage.review(); });
}

// Draws the buttons from `at` on. In a narrow window the last one reaches `right`.
void buttons(Ui& ui, const EpisodeView& seen, const VerdictParts& parts, ImVec2 at, float right) {
  squares(ui, seen, parts, at);
  at.x += squares_width(ui, seen);
  ImGui::SetCursorScreenPos(at);
  if (button(ui, again_button(ui))) parts.commands.later([](Stage& stage) { stage.play_again(); });
  const float x = at.x + button_width(ui, again_button(ui)) + ui.px(space::kSmall);
  ImGui::SetCursorScreenPos(ImVec2(x, at.y));
  Button next = next_question_button(ui);
  if (ui.narrow) next.width = right - x;
  if (button(ui, next)) parts.commands.later([](Stage& stage) { stage.next_question(); });
}

float buttons_width(const Ui& ui, const EpisodeView& seen) {
  return squares_width(ui, seen) + button_width(ui, again_button(ui)) + ui.px(space::kSmall) +
         button_width(ui, next_question_button(ui));
}

// Paints the title, the rule that decided and a sentence below. Returns where they end.
float verdict_words(Ui& ui, const Episode& episode, const std::string& points, ImVec2 at,
                    float room) {
  const std::string title = verdict_title(episode);
  paint_text(ui, at, FontRole::kHeading, won(episode) ? ui.color.good : ui.color.bad, title);
  const float after = at.x + measure(FontRole::kHeading, title).x + ui.px(10);
  const std::string reason(episode.verdict() ? reason_name(episode.verdict()->reason) : "BUDGET");
  paint_badge(ui, ImVec2(after, at.y + line_height(FontRole::kHeading) / 2 + 1), reason,
              won(episode) ? Tone::kGood : Tone::kBad);
  const std::string detail = verdict_detail(episode) + points;
  const float below = at.y + line_height(FontRole::kHeading) + ui.px(space::kTiny);
  paint_text(ui, ImVec2(at.x, below), FontRole::kBody, ui.color.text, detail, room);
  return below + measure(FontRole::kBody, detail, room).y;
}

std::string points_note(const Attempt& attempt) {
  if (attempt.points == 0) return "";
  return " +" + std::to_string(attempt.points) + " points" +
         (attempt.hints > 0
              ? ", with " + counted(static_cast<std::size_t>(attempt.hints), "hint") + "."
              : ".");
}

// Draws the seal, the words beside it and the buttons at the right or, in a narrow window, below.
void verdict_head(Ui& ui, const EpisodeView& seen, const VerdictParts& parts) {
  const Episode& episode = seen.episode;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float side = ui.px(48);
  const float left = side + ui.px(space::kLarge);
  const float width = content_width();
  const float taken = ui.narrow ? 0 : buttons_width(ui, seen) + ui.px(space::kLarge);
  paint_seal(ui, at, side, won(episode), ui.moved);
  const float words = verdict_words(ui, episode, points_note(seen.attempt),
                                    ImVec2(at.x + left, at.y), width - left - taken);
  float bottom = std::max(at.y + side, words);
  if (ui.narrow) {
    buttons(ui, seen, parts, ImVec2(at.x, bottom + ui.px(space::kMedium)), at.x + width);
    bottom += ui.px(space::kMedium) + ui.control_height();
  } else {
    buttons(ui, seen, parts,
            ImVec2(at.x + width - buttons_width(ui, seen), at.y + (side - ui.control_height()) / 2),
            at.x + width);
  }
  ImGui::SetCursorScreenPos(ImVec2(at.x, bottom));
  ImGui::Dummy(ImVec2(1, 0));
}

void labelled(Ui& ui, std::string_view label) {
  overline(ui, label);
  gap(ui, space::kSmall);
}

float label_height(const Ui& ui) { return line_height(FontRole::kLabel) + ui.px(space::kSmall); }

const std::string& given_answer(const Episode& episode) {
  return episode.steps().back().action.argument;
}

// The height of the left side if nothing limits it.
float answer_side_height(const Ui& ui, const Episode& episode, const RevealedGold& gold,
                         float width) {
  float height = label_height(ui) + code_height(ui, gold.sql, CodeKind::kSql, width);
  if (episode.verdict())
    height += label_height(ui) + ui.px(space::kLarge) +
              code_height(ui, given_answer(episode), CodeKind::kPlain, width);
  return height;
}

// Draws what was answered, and the query that gives the expected rows.
void answer_side(Ui& ui, const Episode& episode, const RevealedGold& gold, float height) {
  const float top = ImGui::GetCursorPosY();
  if (episode.verdict()) {
    labelled(ui, "Your answer");
    code_block(ui, "answer", given_answer(episode), CodeKind::kPlain,
               std::max(ui.px(44), height * 0.42f - label_height(ui)));
    gap(ui, space::kLarge);
  }
  labelled(ui, "Query that gives the expected rows");
  const float left = height - (ImGui::GetCursorPosY() - top);
  code_block(ui, "gold.sql", gold.sql, CodeKind::kSql, std::max(ui.px(60), left));
}

float tabs_height(const Ui& ui) { return ui.control_height() + ui.px(space::kMedium); }

// The height of the right side if nothing limits it. Of its tabs, expected rows need the most.
float gold_side_height(const Ui& ui, const RevealedGold& gold) {
  return tabs_height(ui) + std::max(ui.px(180), Grid::full_height(ui, gold.gold.table));
}

void expected_rows(Ui& ui, Grid& grid, const RevealedGold& gold, float height) {
  if (gold.gold.table.rows.empty()) return text(ui, FontRole::kBody, ui.color.muted, "No rows.");
  const ImVec2 size(content_width(), std::min(height, Grid::full_height(ui, gold.gold.table)));
  // The gold of a question keeps its address, which identifies it.
  grid.draw(ui, "verdict.gold", gold.gold.table, reinterpret_cast<std::uintptr_t>(&gold.gold),
            size);
}

void plan(Ui& ui, const RevealedGold& gold, float height) {
  std::string lines;
  for (const std::string& line : gold.plan) lines += (lines.empty() ? "" : "\n") + line;
  code_block(ui, "gold.plan", lines, CodeKind::kPlain, height);
}

// Whether there are so few rows that a column that scrolls has room for all.
bool is_short(const std::optional<Difference>& found) { return !found || found->rows.size() < 5; }

void gold_side(Ui& ui, const Episode& episode, VerdictPanel& panel, const RevealedGold& gold,
               float height) {
  static const std::vector<Segment> tabs = {
      {"verdict.tab.differences", "Compared", "What is right and what is not, and by which rule"},
      {"verdict.tab.expected", "Expected", "All rows of the right result"},
      {"verdict.tab.plan", "Plan", "How SQLite goes about the query"}};
  const int picked = segmented(ui, tabs, panel.tab, true, content_width());
  if (picked >= 0) panel.tab = picked;
  gap(ui, space::kMedium);
  const float left = height - tabs_height(ui);
  if (panel.tab == 0)
    return differences(ui, episode, panel.difference ? &*panel.difference : nullptr,
                       ui.narrow && is_short(panel.difference) ? 0 : left);
  if (panel.tab == 1) return expected_rows(ui, panel.gold, gold, left);
  plan(ui, gold, left);
}

// Draws both sides beside each other. Returns their height if nothing limits it.
float comparison_beside(Ui& ui, const Episode& episode, VerdictPanel& panel,
                        const RevealedGold& gold) {
  const float height = content_height();
  const float between = ui.px(space::kHuge);
  const float each = std::floor((content_width() - between) / 2);
  const ImVec2 at = ImGui::GetCursorPos();
  begin_scroll(ui, "verdict.left", ImVec2(each, height));
  answer_side(ui, episode, gold, height);
  end_scroll();
  ImGui::SetCursorPos(ImVec2(at.x + each + between, at.y));
  begin_scroll(ui, "verdict.right", ImVec2(each, height));
  gold_side(ui, episode, panel, gold, height);
  end_scroll();
  return std::max(answer_side_height(ui, episode, gold, each), gold_side_height(ui, gold));
}

void comparison_below(Ui& ui, const Episode& episode, VerdictPanel& panel,
                      const RevealedGold& gold) {
  answer_side(ui, episode, gold, ui.px(420));
  gap(ui, space::kLarge);
  gold_side(ui, episode, panel, gold, ui.px(300));
}

// Compares the answer with the gold, once for each change.
void compare(const Episode& episode, const Gold& gold, VerdictPanel& panel, std::uint64_t changes) {
  if (panel.difference_changes == changes) return;
  panel.difference_changes = changes;
  panel.difference.reset();
  if (episode.verdict())
    panel.difference =
        difference(gold, given_answer(episode), *verifier_mode(episode.options().verifier));
}

}  // namespace

void verdict_panel(Ui& ui, const EpisodeView& seen, const Session& session, Commands& commands,
                   SavedFiles& files, VerdictPanel& panel, ImVec2 size) {
  const Episode& episode = seen.episode;
  const std::optional<RevealedGold> gold = seen.gold();
  if (!gold) return;
  compare(episode, gold->gold, panel, session.changes);
  begin_card(ui, "verdict", size);
  const ImVec2 min = ImGui::GetWindowPos();
  const ImVec2 max(min.x + ImGui::GetWindowWidth(), min.y + ImGui::GetWindowHeight());
  mark_area(ui, "verdict.card", verdict_title(episode), min, max);
  ImGui::PushClipRect(min, max, false);
  frame(min, max, faded(won(episode) ? ui.color.good : ui.color.bad, 0.55f), ui.px(kCardRounding));
  ImGui::PopClipRect();
  verdict_head(ui, seen, {commands, files});
  gap(ui, space::kLarge);
  hairline(ui);
  gap(ui, space::kLarge);
  const float head = ImGui::GetCursorPosY();
  if (size.y == 0) comparison_below(ui, episode, panel, *gold);
  else panel.height = head + ui.px(space::kLarge) + comparison_beside(ui, episode, panel, *gold);
  end_card();
}

}  // namespace sqlenv::ui
