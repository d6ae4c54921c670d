#include "app/playground/playground.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/playground/layout.h"
#include "app/playground/panels.h"
#include "app/playground/widgets.h"
#include "core/wire/json_writer.h"

namespace sqlenv::ui {
namespace {

constexpr double kMotionSeconds = 0.28;
constexpr ImGuiWindowFlags kRootFlags =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse |
    ImGuiWindowFlags_NoBackground;  // the face has cleared the canvas in that colour

// Calls `draw` in a region of the window that scrolls by itself where its contents are too high.
template <class Draw>
void column(Ui& ui, const char* id, ImVec2 at, ImVec2 size, Draw draw) {
  ImGui::SetCursorScreenPos(at);
  begin_scroll(ui, id, size, Scrollbar::kInGutter);
  draw();
  end_scroll();
}

}  // namespace

float Views::moved() const {
  if (changed_at < 0 || still) return 1;
  const auto part = static_cast<float>((ImGui::GetTime() - changed_at) / kMotionSeconds);
  const float rest = 1 - std::clamp(part, 0.0f, 1.0f);
  return 1 - rest * rest * rest;
}

struct Playground::State {
  State(std::shared_ptr<const Catalog> catalog, Host host, const Settings& settings)
      : model(std::move(catalog), host), kept(settings) {
    model.settings() = settings;
    views.host = std::move(host);
  }

  Model model;
  Views views;
  Snapshot snapshot;
  Settings kept;

  void keep_settings();
  void notice_changes();
  void root(Ui& ui);
  float notice_bar(Ui& ui, const Layout& layout);
  void work(Ui& ui, float height);
  void three_columns(Ui& ui, const Layout& layout, ImVec2 at, float height);
  void two_columns(Ui& ui, const Layout& layout, ImVec2 at, float height);
  void one_column(Ui& ui, const Layout& layout, ImVec2 at, float height);
};

void Playground::State::keep_settings() {
  if (kept == model.settings()) return;
  kept = model.settings();
  if (views.host.keep_settings) views.host.keep_settings(kept);
}

void Playground::State::notice_changes() {
  if (views.seen_changes == model.changes()) return;
  views.seen_changes = model.changes();
  views.changed_at = ImGui::GetTime();
  views.scroll_history = true;
  views.filter.clear();
  if (model.notice().empty()) views.shows_evaluation = false;
  if (!model.drafting()) views.large_diagram = false;  // the verdict stands behind it
  if (model.transcript() != nullptr) {
    if (model.transcript()->plays) views.recorded_step = kLastStep;
    return;
  }
  if (model.episode() == nullptr || model.episode()->step_count() > 0) return;
  views.folded_tables.clear();
  views.assist.reset();
  ImGui::ClearActiveID();  // an editor that is being written in would keep its old text
}

// Why a reset did not work, over the columns; returns the height it takes.
float Playground::State::notice_bar(Ui& ui, const Layout& layout) {
  if (model.notice().empty()) return 0;
  const float margin = ui.px(layout.margin);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 min(at.x + margin, at.y + margin);
  const float width = content_width() - 2 * margin;
  const float close = ui.px(ui.narrow ? 34 : 26) + ui.px(space::kMedium);
  const float height = warning_box(ui, "notice", model.notice(), min, width, close);
  const ImVec2 max(min.x + width, min.y + height);
  ImGui::SetCursorScreenPos(
      ImVec2(max.x - close, min.y + (height - ui.px(ui.narrow ? 34 : 26)) / 2));
  if (button(ui, {.id = "notice.close",
                  .label = "",
                  .kind = ButtonKind::kGhost,
                  .icon = Icon::kCross,
                  .compact = true}))
    model.dismiss_notice();
  ImGui::SetCursorScreenPos(ImVec2(at.x, max.y));
  return height + margin;
}

// ImGui gives the wheel to the innermost region that can scroll at all. One that is already at its
// end passes it on here to the first around it that is not, as every browser does.
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

// The middle column: the question, then the action or the verdict, then the result.
void Playground::State::work(Ui& ui, float height) {
  const float between = ui.px(space::kMedium);
  const float top = ImGui::GetCursorPosY();
  if (views.large_diagram && model.episode() != nullptr)
    return diagram_panel(ui, model, views, ImVec2(content_width(), height));
  question_panel(ui, model);
  gap(ui, space::kMedium);
  const float left = (height - (ImGui::GetCursorPosY() - top)) / ui.scale;
  const float width = content_width();
  const bool over = model.episode() != nullptr && model.episode()->done();
  float upper = over ? verdict_height(left) : action_height(left);
  if (over && views.verdict_height > 0) upper = std::min(upper, views.verdict_height / ui.scale);
  if (over) verdict_panel(ui, model, views, ImVec2(width, ui.px(upper)));
  else action_panel(ui, model, views, ImVec2(width, ui.px(upper)));
  gap(ui, space::kMedium);
  const float rest = left - upper - between / ui.scale;
  result_panel(ui, model, views, ImVec2(width, ui.px(std::max(rest, kLeastResult))));
}

void Playground::State::three_columns(Ui& ui, const Layout& layout, ImVec2 at, float height) {
  const float margin = ui.px(layout.margin);
  const float left = ui.px(layout.left);
  const float right = ui.px(layout.right);
  const float middle = content_width() - left - right - 4 * margin;
  column(ui, "left", ImVec2(at.x + margin, at.y), ImVec2(left, height),
         [&] { schema_panel(ui, model, views, ImVec2(content_width(), height)); });
  column(ui, "middle", ImVec2(at.x + 2 * margin + left, at.y), ImVec2(middle, height),
         [&] { work(ui, height); });
  column(ui, "right", ImVec2(at.x + 3 * margin + left + middle, at.y), ImVec2(right, height), [&] {
    const float top = ImGui::GetCursorPosY();
    reward_panel(ui, model, views);
    gap(ui, space::kMedium);
    const float rest = height - (ImGui::GetCursorPosY() - top);
    history_panel(ui, model, views, ImVec2(content_width(), std::max(rest, ui.px(kLeastResult))));
  });
}

void Playground::State::two_columns(Ui& ui, const Layout& layout, ImVec2 at, float height) {
  const float margin = ui.px(layout.margin);
  const float right = ui.px(layout.right);
  const float middle = content_width() - right - 3 * margin;
  column(ui, "middle", ImVec2(at.x + margin, at.y), ImVec2(middle, height),
         [&] { work(ui, height); });
  column(ui, "right", ImVec2(at.x + 2 * margin + middle, at.y), ImVec2(right, height), [&] {
    schema_panel(ui, model, views, ImVec2(content_width(), 0));
    gap(ui, space::kMedium);
    reward_panel(ui, model, views);
    gap(ui, space::kMedium);
    history_panel(ui, model, views, ImVec2(content_width(), 0));
  });
}

void Playground::State::one_column(Ui& ui, const Layout& layout, ImVec2 at, float height) {
  const float margin = ui.px(layout.margin);
  const float width = content_width() - 2 * margin;
  column(ui, "only", ImVec2(at.x + margin, at.y), ImVec2(width, height), [&] {
    const ImVec2 natural(content_width(), 0);
    if (views.large_diagram && model.episode() != nullptr)
      return diagram_panel(ui, model, views, ImVec2(content_width(), height - margin));
    question_panel(ui, model);
    gap(ui, space::kMedium);
    if (model.episode() != nullptr && model.episode()->done())
      verdict_panel(ui, model, views, natural);
    else action_panel(ui, model, views, ImVec2(natural.x, model.draft().writes() ? ui.px(300) : 0));
    gap(ui, space::kMedium);
    result_panel(ui, model, views, natural);
    gap(ui, space::kMedium);
    schema_panel(ui, model, views, natural);
    gap(ui, space::kMedium);
    reward_panel(ui, model, views);
    gap(ui, space::kMedium);
    history_panel(ui, model, views, natural);
    gap(ui, space::kMedium);
  });
}

void Playground::State::root(Ui& ui) {
  const Layout layout = layout_for(content_width() / ui.scale);
  ui.narrow = layout.kind == LayoutKind::kOneColumn;
  const float margin = ui.px(layout.margin);
  header_panel(ui, model, views);
  notice_bar(ui, layout);
  if (!views.shows_evaluation) {
    replay_bar(ui, model, views, margin);
    if (model.transcript() != nullptr) transcript_bar(ui, model, margin);
  }
  ImVec2 at = ImGui::GetCursorScreenPos();
  at.y += margin;
  const float bottom = ui.narrow ? 0 : margin;
  const float height = std::max(ui.px(120), content_height() - margin - bottom);
  if (views.shows_evaluation) {
    const ImVec2 size(content_width() - 2 * margin, height);
    return column(ui, "evaluation", ImVec2(at.x + margin, at.y), size,
                  [&] { evaluation_panel(ui, model, views, size); });
  }
  if (model.transcript() != nullptr) return transcript_panels(ui, model, views, layout, at, height);
  switch (layout.kind) {
    case LayoutKind::kOneColumn: return one_column(ui, layout, at, height);
    case LayoutKind::kTwoColumns: return two_columns(ui, layout, at, height);
    case LayoutKind::kThreeColumns: return three_columns(ui, layout, at, height);
  }
}

Playground::Playground(std::shared_ptr<const Catalog> catalog, Host host, const Settings& settings)
    : state_(std::make_unique<State>(std::move(catalog), std::move(host), settings)) {}

Playground::~Playground() = default;

void Playground::reset(const ResetOptions& options) { state_->model.reset(options); }

void Playground::step(const Action& action) { state_->model.enter(action); }

void Playground::play(const Action& action) { state_->model.play(action); }

bool Playground::running() const { return state_->model.running() != nullptr; }

void Playground::go_on() { state_->model.go_on(0); }

void Playground::stop() { state_->model.stop(); }

void Playground::add_pack(Pack pack) {
  state_->model.add_pack(std::move(pack));
  state_->views.diagram = Diagram();
  state_->views.result = state_->views.gold = Grid();
}

void Playground::open_trajectories(const std::string& name, std::string_view text) {
  std::string lines(text);  // some editors end them in their own way
  std::erase(lines, '\r');
  state_->model.open_trajectories(name, lines);
}

void Playground::open_link(std::string_view text) { state_->model.open_link(text); }

void Playground::tour() { state_->model.tour_to(0); }

bool Playground::loading() const { return state_->model.loading(); }

void Playground::show_transcript(std::optional<Transcript> transcript) {
  state_->model.show_transcript(std::move(transcript));
}

void Playground::show_evaluation(std::unique_ptr<EvaluationTable> table) {
  Views& views = state_->views;
  views.evaluation = std::move(table);
  views.shows_evaluation = true;
  views.seen_changes = state_->model.changes();
  ++views.evaluations;
  views.episode_filter.clear();
  for (std::string& wanted : views.wanted) wanted.clear();
}

void Playground::next_question() { state_->model.next_question(); }

void Playground::play_again() { state_->model.play_again(); }

void Playground::draw() {
  State& state = *state_;
  state.snapshot.begin_frame();
  pass_wheel_on();
  state.notice_changes();
  state.views.focus_now = std::exchange(state.views.focus_editor, false);
  state.views.still = state.model.settings().reduced_motion;
  Ui ui{palette(state.model.settings().theme), state.snapshot, font_scale()};
  apply_style(ui.color, ui.scale);
  const ImGuiViewport& viewport = *ImGui::GetMainViewport();
  ImGui::SetNextWindowPos(viewport.Pos);
  ImGui::SetNextWindowSize(viewport.Size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::Begin("##playground", nullptr, kRootFlags);
  ImGui::PopStyleVar();
  state.root(ui);
  if (state.views.host.draw_over) state.views.host.draw_over(ui);
  picture_menu(ui, state.model, state.views);
  const bool modal = ImGui::GetTopMostPopupModal() != nullptr;
  dialogs(ui, state.model, state.views);
  paint_focus_ring(ui);
  ImGui::End();
  if (!modal && !state.views.shows_evaluation) take_keys(state.model, state.views);
  if (!state.model.run_commands()) state.model.go_on(ImGui::GetIO().DeltaTime);
  state.keep_settings();
}

bool Playground::animating() const {
  const State& state = *state_;
  if (state.views.seen_changes != state.model.changes()) return true;
  const Model& model = state.model;
  return state.views.moved() < 1 || state.views.focus_editor || model.running() != nullptr ||
         model.loading() || (model.replay() != nullptr && model.replay()->plays);
}

void Playground::set_settings(const Settings& settings) {
  state_->model.settings() = settings;
  state_->kept = settings;
}

const Settings& Playground::settings() const { return state_->model.settings(); }

const Episode* Playground::episode() const { return state_->model.episode(); }

std::optional<Place> Playground::find(std::string_view id) const {
  for (const Snapshot::Item& item : state_->snapshot.items())
    if (item.id == id && item.visible)
      return Place{item.area.x, item.area.y, item.area.w, item.area.h};
  return std::nullopt;
}

std::uint64_t Playground::changes() const { return state_->model.changes(); }

const std::string& Playground::notice() const { return state_->model.notice(); }

void Playground::record_text(bool on) { state_->snapshot.record_text(on); }

std::string Playground::snapshot_json() const {
  const State& state = *state_;
  const Episode* episode = state.model.episode();
  JsonWriter json;
  json.begin_object();
  json.member("frame", state.snapshot.frame());
  json.member("theme", settings().theme == ThemeKind::kDark ? "dark" : "light");
  json.key("question_id");
  if (episode != nullptr) json.value(episode->task().question->id);
  else json.null();
  json.member("step_count", episode != nullptr ? episode->step_count() : 0);
  if (const Replay* replay = state.model.replay()) {
    json.key("replay").begin_object();
    json.member("step", replay->step);
    json.member("of", replay->length());
    json.member("runs", replay->runs.size());
    json.end_object();
  }
  json.member("done", episode != nullptr && episode->done());
  state.snapshot.write_members(json);
  json.end_object();
  return json.take();
}

}  // namespace sqlenv::ui
