#include "app/playground/screen.h"

#include <imgui_internal.h>

#include <algorithm>
#include <utility>

#include "app/playground/header_panel.h"
#include "app/playground/keys.h"
#include "app/playground/question_panel.h"
#include "app/playground/replay_panel.h"
#include "app/playground/reward_panel.h"
#include "app/playground/widgets.h"

namespace sqlenv::ui {
namespace {

constexpr double kMotionSeconds = 0.28;
constexpr float kQuotingHistory = 0.6f;  // part of its column's height
constexpr ImGuiWindowFlags kRootFlags =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse |
    ImGuiWindowFlags_NoBackground;  // the face has cleared the canvas in that colour

// Calls `draw` in a region of the window that scrolls if its contents are too high.
template <class Draw>
void column(Ui& ui, const char* id, ImVec2 at, ImVec2 size, Draw draw) {
  ImGui::SetCursorScreenPos(at);
  begin_scroll(ui, id, size, Scrollbar::kInGutter);
  draw();
  end_scroll();
}

// Passes the wheel on from a region that is at its end to the first around it that is not, as every
// browser does. ImGui gives it to the innermost region that can scroll at all.
void pass_wheel_on() {
  ImGuiContext& context = *ImGui::GetCurrentContext();
  const float wheel = context.IO.MouseWheel;
  ImGuiWindow* window = context.WheelingWindow;
  const auto at_end = [&](const ImGuiWindow& w) {
    return wheel > 0 ? w.Scroll.y <= 0 : w.Scroll.y >= w.ScrollMax.y;
  };
  if (wheel == 0 || window == nullptr || !at_end(*window)) return;
  while (window != nullptr && at_end(*window)) window = window->ParentWindow;
  if (window == nullptr) return;
  const float step = std::min(5 * ImGui::GetFontSize(), window->InnerRect.GetHeight() * 0.67f);
  ImGui::SetScrollY(window, window->Scroll.y - wheel * step);
  context.WheelingWindow = window;  // the inner one may be out of sight by the next turn
}

}  // namespace

// Frames
// ------------------------------------------------------------------------------------------

void Screen::begin_frame() {
  pass_wheel_on();
  if (seen_changes_ != session_.changes) note_changes();
  action_.focuses_now = std::exchange(action_.focuses, false);
  seen_.reset();
  if (const std::optional<EpisodeView> seen = stage_.view()) seen_.emplace(*seen);
}

void Screen::note_changes() {
  seen_changes_ = session_.changes;
  changed_at_ = ImGui::GetTime();
  history_.follows = transcript_.follows = true;
  result_.filter.clear();
  if (session_.notice.empty()) evaluation_.shown = false;
  if (!stage_.drafting()) schema_.large_diagram = false;  // the verdict stands behind it
  if (const Transcript* transcript = stage_.transcript()) {
    if (transcript->plays) transcript_.step = kLastStep;
    return;
  }
  const std::optional<EpisodeView> seen = stage_.view();
  if (!seen || seen->episode.step_count() > 0) return;
  schema_.folded.clear();
  action_.assist.reset();
  ImGui::ClearActiveID();  // an editor that is being written in would keep its old text
}

float Screen::moved() const {
  if (changed_at_ < 0 || session_.settings.reduced_motion) return 1;
  const auto part = static_cast<float>((ImGui::GetTime() - changed_at_) / kMotionSeconds);
  const float rest = 1 - std::clamp(part, 0.0f, 1.0f);
  return 1 - rest * rest * rest;
}

void Screen::draw(Ui& ui) {
  const ImGuiViewport& viewport = *ImGui::GetMainViewport();
  ImGui::SetNextWindowPos(viewport.Pos);
  ImGui::SetNextWindowSize(viewport.Size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::Begin("##playground", nullptr, kRootFlags);
  ImGui::PopStyleVar();
  root(ui);
  seen_.reset();  // what follows may change the stage
  if (session_.host.draw_over) session_.host.draw_over(ui);
  picture_menu(ui, session_.host, files_, pictures_);
  const bool modal = ImGui::GetTopMostPopupModal() != nullptr;
  draw_dialog(ui, session_.settings, dialogs_);
  paint_focus_ring(ui);
  ImGui::End();
  if (!modal && !evaluation_.shown)
    take_keys({stage_, session_, commands_, action_, schema_, dialogs_});
}

void Screen::carry_out(float frame_seconds) {
  if (!commands_.run(stage_)) stage_.go_on(frame_seconds);
}

bool Screen::animating() const {
  if (seen_changes_ != session_.changes || moved() < 1 || action_.focuses || stage_.loading())
    return true;
  const std::optional<EpisodeView> seen = stage_.view();
  const Replay* replay = stage_.replay();
  return (seen && seen->running != nullptr) ||
         (replay != nullptr && (replay->plays() || replay->has_turn()));
}

void Screen::show_evaluation(std::unique_ptr<EvaluationTable> table) {
  evaluation_.show(std::move(table));
  seen_changes_ = session_.changes;
}

void Screen::forget_catalog() {
  schema_.diagram = Diagram();
  result_.grid = verdict_.gold = Grid();
}

// Panels
// ------------------------------------------------------------------------------------------

void Screen::schema(Ui& ui, ImVec2 size) { schema_panel(ui, seen(), commands_, schema_, size); }

void Screen::diagram(Ui& ui, ImVec2 size) { diagram_panel(ui, *seen_, commands_, schema_, size); }

void Screen::action(Ui& ui, ImVec2 size) {
  action_panel(ui, seen(), session_, commands_, action_, size);
}

void Screen::verdict(Ui& ui, ImVec2 size) {
  verdict_panel(ui, *seen_, session_, commands_, files_, verdict_, size);
}

void Screen::result(Ui& ui, ImVec2 size) {
  result_panel(ui, seen(), session_, commands_, files_, result_, size);
}

void Screen::reward(Ui& ui) { reward_panel(ui, seen(), commands_); }

void Screen::history(Ui& ui, ImVec2 size) { history_panel(ui, seen(), commands_, history_, size); }

// Says over the columns why the last command did not work.
void Screen::notice_bar(Ui& ui, const Layout& layout) {
  if (session_.notice.empty()) return;
  const float margin = ui.px(layout.margin);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 min(at.x + margin, at.y + margin);
  const float width = content_width() - 2 * margin;
  const float close = ui.compact_height() + ui.px(space::kMedium);
  const float height = warning_box(ui, "notice", session_.notice, min, width, close);
  const ImVec2 max(min.x + width, min.y + height);
  ImGui::SetCursorScreenPos(ImVec2(max.x - close, min.y + (height - ui.compact_height()) / 2));
  if (button(ui, {.id = "notice.close",
                  .label = "",
                  .kind = ButtonKind::kGhost,
                  .icon = Icon::kCross,
                  .compact = true}))
    session_.notice.clear();
  ImGui::SetCursorScreenPos(ImVec2(at.x, max.y));
}

// Columns
// ------------------------------------------------------------------------------------------

// Draws the middle column: the question, then the action or the verdict, then the result.
void Screen::work(Ui& ui, float height) {
  const float between = ui.px(space::kMedium);
  const float top = ImGui::GetCursorPosY();
  if (diagram_is_large()) return diagram(ui, ImVec2(content_width(), height));
  question_panel(ui, seen(), session_.host, commands_);
  gap(ui, space::kMedium);
  const float left = (height - (ImGui::GetCursorPosY() - top)) / ui.scale;
  const float width = content_width();
  float upper = over() ? verdict_height(left) : action_height(left);
  if (over() && verdict_.height > 0) upper = std::min(upper, verdict_.height / ui.scale);
  if (over()) verdict(ui, ImVec2(width, ui.px(upper)));
  else action(ui, ImVec2(width, ui.px(upper)));
  gap(ui, space::kMedium);
  const float rest = left - upper - between / ui.scale;
  result(ui, ImVec2(width, ui.px(std::max(rest, kLeastResult))));
}

void Screen::three_columns(Ui& ui, const Layout& layout, ImVec2 at, float height) {
  const float margin = ui.px(layout.margin);
  const float left = ui.px(layout.left);
  const float right = ui.px(layout.right);
  const float middle = content_width() - left - right - 4 * margin;
  column(ui, "left", ImVec2(at.x + margin, at.y), ImVec2(left, height),
         [&] { schema(ui, ImVec2(content_width(), height)); });
  column(ui, "middle", ImVec2(at.x + 2 * margin + left, at.y), ImVec2(middle, height),
         [&] { work(ui, height); });
  column(ui, "right", ImVec2(at.x + 3 * margin + left + middle, at.y), ImVec2(right, height), [&] {
    const float top = ImGui::GetCursorPosY();
    if (quotes_model()) {
      history(ui, ImVec2(content_width(), std::max(height * kQuotingHistory, ui.px(kLeastResult))));
      gap(ui, space::kMedium);
      return reward(ui);
    }
    reward(ui);
    gap(ui, space::kMedium);
    const float rest = height - (ImGui::GetCursorPosY() - top);
    history(ui, ImVec2(content_width(), std::max(rest, ui.px(kLeastResult))));
  });
}

void Screen::two_columns(Ui& ui, const Layout& layout, ImVec2 at, float height) {
  const float margin = ui.px(layout.margin);
  const float right = ui.px(layout.right);
  const float middle = content_width() - right - 3 * margin;
  column(ui, "middle", ImVec2(at.x + margin, at.y), ImVec2(middle, height),
         [&] { work(ui, height); });
  column(ui, "right", ImVec2(at.x + 2 * margin + middle, at.y), ImVec2(right, height), [&] {
    const ImVec2 natural(content_width(), 0);
    if (quotes_model()) {
      history(ui, natural);
      gap(ui, space::kMedium);
    }
    schema(ui, natural);
    gap(ui, space::kMedium);
    reward(ui);
    gap(ui, space::kMedium);
    if (!quotes_model()) history(ui, natural);
  });
}

void Screen::one_column(Ui& ui, const Layout& layout, ImVec2 at, float height) {
  const float margin = ui.px(layout.margin);
  const float width = content_width() - 2 * margin;
  column(ui, "only", ImVec2(at.x + margin, at.y), ImVec2(width, height), [&] {
    const ImVec2 natural(content_width(), 0);
    if (diagram_is_large()) return diagram(ui, ImVec2(content_width(), height - margin));
    question_panel(ui, seen(), session_.host, commands_);
    gap(ui, space::kMedium);
    if (quotes_model()) {
      history(ui, natural);
      gap(ui, space::kMedium);
    }
    if (over()) verdict(ui, natural);
    else action(ui, ImVec2(natural.x, session_.draft.writes() ? ui.px(300) : 0));
    gap(ui, space::kMedium);
    result(ui, natural);
    gap(ui, space::kMedium);
    schema(ui, natural);
    gap(ui, space::kMedium);
    reward(ui);
    gap(ui, space::kMedium);
    if (quotes_model()) return;
    history(ui, natural);
    gap(ui, space::kMedium);
  });
}

void Screen::root(Ui& ui) {
  const Layout layout = layout_for(content_width() / ui.scale);
  ui.narrow = layout.kind == LayoutKind::kOneColumn;
  const float margin = ui.px(layout.margin);
  header_panel(ui, {session_, commands_, dialogs_, evaluation_});
  notice_bar(ui, layout);
  const Transcript* transcript = evaluation_.shown ? nullptr : stage_.transcript();
  const Replay* replay = stage_.replay();
  if (!evaluation_.shown && (replay != nullptr || stage_.loading()))
    replay_bar(ui, replay, {session_.host, commands_, files_, pictures_}, margin);
  if (transcript != nullptr) transcript_bar(ui, *transcript, commands_, margin);
  ImVec2 at = ImGui::GetCursorScreenPos();
  at.y += margin;
  const float bottom = ui.narrow ? 0 : margin;
  const float height = std::max(ui.px(120), content_height() - margin - bottom);
  if (evaluation_.shown) {
    const ImVec2 size(content_width() - 2 * margin, height);
    return column(ui, "evaluation", ImVec2(at.x + margin, at.y), size, [&] {
      evaluation_panel(ui, session_.host.open_episode, commands_, evaluation_, size);
    });
  }
  if (transcript != nullptr)
    return transcript_panels(ui, *transcript, {session_, commands_, action_, transcript_}, layout,
                             at, height);
  switch (layout.kind) {
    case LayoutKind::kOneColumn: return one_column(ui, layout, at, height);
    case LayoutKind::kTwoColumns: return two_columns(ui, layout, at, height);
    case LayoutKind::kThreeColumns: return three_columns(ui, layout, at, height);
  }
}

}  // namespace sqlenv::ui
