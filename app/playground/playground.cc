#include "app/playground/playground.h"

#include <algorithm>
#include <utility>

#include "app/playground/screen.h"
#include "app/playground/snapshot.h"
#include "app/playground/style.h"
#include "core/wire/json_writer.h"

namespace sqlenv::ui {

struct Playground::State {
  State(std::shared_ptr<const Catalog> catalog, Host host, const Settings& settings)
      : session(std::move(catalog), std::move(host), settings), kept(settings) {}

  void keep_settings() {
    if (kept == session.settings) return;
    kept = session.settings;
    if (session.host.keep_settings) session.host.keep_settings(kept);
  }

  Session session;
  Stage stage{session};
  Screen screen{session, stage};
  Snapshot snapshot;
  Settings kept;  // that the host has kept
};

Playground::Playground(std::shared_ptr<const Catalog> catalog, Host host, const Settings& settings)
    : state_(std::make_unique<State>(std::move(catalog), std::move(host), settings)) {}

Playground::~Playground() = default;

void Playground::reset(const ResetOptions& options) { state_->stage.reset(options); }

void Playground::step(const Action& action) { state_->stage.enter(action); }

void Playground::play(const Action& action) { state_->stage.play(action); }

bool Playground::running() const {
  const std::optional<EpisodeView> seen = state_->stage.view();
  return seen && seen->running != nullptr;
}

void Playground::go_on() { state_->stage.go_on(0); }

void Playground::stop() { state_->stage.stop(); }

void Playground::add_pack(Pack pack) {
  state_->stage.add_pack(std::move(pack));
  state_->screen.forget_catalog();
}

void Playground::open_trajectories(const std::string& name, std::string_view text) {
  std::string lines(text);  // some editors end lines with a carriage return as well
  std::erase(lines, '\r');
  state_->stage.open_trajectories(name, lines);
}

void Playground::open_link(std::string_view text) { state_->stage.open_link(text); }

void Playground::tour() { state_->stage.tour_to(0); }

bool Playground::loading() const { return state_->stage.loading(); }

void Playground::show_transcript(std::optional<Transcript> transcript) {
  state_->stage.show_transcript(std::move(transcript));
}

void Playground::show_evaluation(std::unique_ptr<EvaluationTable> table) {
  state_->screen.show_evaluation(std::move(table));
}

void Playground::play_model(const std::string& name, std::unique_ptr<ModelPlayer> model) {
  state_->stage.play_model(name, std::move(model));
}

void Playground::next_question() { state_->stage.next_question(); }

void Playground::play_again() { state_->stage.play_again(); }

void Playground::draw() {
  State& state = *state_;
  state.snapshot.begin_frame();
  state.screen.begin_frame();
  Ui ui{palette(state.session.settings.theme), state.snapshot, font_scale(), state.screen.moved()};
  apply_style(ui.color, ui.scale);
  state.screen.draw(ui);
  state.screen.carry_out(ImGui::GetIO().DeltaTime);
  state.keep_settings();
}

bool Playground::animating() const { return state_->screen.animating(); }

void Playground::set_settings(const Settings& settings) {
  state_->session.settings = settings;
  state_->kept = settings;
}

const Settings& Playground::settings() const { return state_->session.settings; }

const Episode* Playground::episode() const {
  const std::optional<EpisodeView> seen = state_->stage.view();
  return seen ? &seen->episode : nullptr;
}

std::optional<Place> Playground::find(std::string_view id) const {
  for (const Snapshot::Item& item : state_->snapshot.items())
    if (item.id == id && item.visible)
      return Place{item.area.x, item.area.y, item.area.w, item.area.h};
  return std::nullopt;
}

std::uint64_t Playground::changes() const { return state_->session.changes; }

const std::string& Playground::notice() const { return state_->session.notice; }

void Playground::record_text(bool on) { state_->snapshot.record_text(on); }

std::string Playground::snapshot_json() const {
  const State& state = *state_;
  const Episode* episode = this->episode();
  JsonWriter json;
  json.begin_object();
  json.member("frame", state.snapshot.frame());
  json.member("theme", settings().theme == ThemeKind::kDark ? "dark" : "light");
  json.key("question_id");
  if (episode != nullptr) json.value(episode->task().question->id);
  else json.null();
  json.member("step_count", episode != nullptr ? episode->step_count() : 0);
  if (const Replay* replay = state.stage.replay()) {
    json.key("replay").begin_object();
    json.member("step", replay->step());
    json.member("of", replay->length());
    json.member("runs", replay->runs().size());
    json.end_object();
  }
  json.member("done", episode != nullptr && episode->done());
  state.snapshot.write_members(json);
  json.end_object();
  return json.take();
}

}  // namespace sqlenv::ui
