#include "app/playground/stage.h"

#include <utility>

#include "app/playground/format.h"
#include "app/playground/tour.h"
#include "core/base/check.h"
#include "core/wire/replay.h"
#include "core/wire/share.h"
#include "core/wire/trajectory_reader.h"

namespace sqlenv::ui {

std::optional<EpisodeView> Stage::view() const {
  return std::visit(
      [](const auto& stage) -> std::optional<EpisodeView> {
        if constexpr (requires { stage.view(); }) return stage.view();
        else return std::nullopt;
      },
      below_);
}

bool Stage::drafting() const {
  if (transcript_) return transcript_->acts;
  const std::optional<EpisodeView> seen = view();
  return seen && seen->drafting;
}

std::vector<std::string> Stage::tables() const {
  if (transcript_) return table_names(transcript_->schema);
  const std::optional<EpisodeView> seen = view();
  return seen ? seen->tables() : std::vector<std::string>();
}

// Episodes that are played
// ------------------------------------------------------------------------------------------

template <class Pick>
void Stage::begin(Pick pick) {
  stop();
  ++session_.changes;
  Result<Episode> episode = pick(session_.questions);
  if (episode) begin(std::move(*episode));
  else session_.notice = episode.error().message;
}

void Stage::begin(Episode episode) {
  close_transcript();
  session_.notice.clear();
  session_.questions.begun(episode);
  below_.emplace<Player>(session_, std::move(episode));
  session_.draft.start(tables());
}

void Stage::reset(const ResetOptions& options) {
  begin([&](QuestionPicker& questions) { return questions.reset(options); });
}

void Stage::choose(const Choice& choice) {
  begin([&](QuestionPicker& questions) { return questions.choose(choice); });
}

void Stage::surprise(std::uint64_t seed) {
  begin([&](QuestionPicker& questions) {
    const std::optional<EpisodeView> seen = view();
    return questions.surprise(seed, seen ? &seen->episode : nullptr);
  });
}

void Stage::next_question() {
  begin([&](QuestionPicker& questions) {
    const std::optional<EpisodeView> seen = view();
    return questions.next(seen ? &seen->episode : nullptr);
  });
}

void Stage::play_again() {
  if (!view()) return;
  begin([&](QuestionPicker& questions) { return questions.again(view()->episode); });
}

void Stage::add_pack(Pack pack) {
  close_transcript();
  below_.emplace<std::monostate>();  // it points into the catalog that goes
  session_.ended.clear();
  begin([&](QuestionPicker& questions) { return questions.add_pack(std::move(pack)); });
}

void Stage::enter(const Action& action) {
  SQLENV_CHECK(view().has_value());
  session_.draft.set(action);
  if (Player* player = this->player()) player->step(action);
}

void Stage::play(const Action& action) {
  if (!drafting()) return;
  if (transcript_) {
    transcript_->acts = false;
    ++session_.changes;
    if (session_.host.act_on_server) session_.host.act_on_server(action);
    return;
  }
  if (Player* player = this->player()) player->play(action);
  else if (Replay* replay = this->replay()) replay->ask_what_if(action);
}

void Stage::go_on(float frame_seconds) {
  if (Player* player = std::get_if<Player>(&below_)) player->go_on();
  if (Replay* replay = std::get_if<Replay>(&below_)) replay->go_on(frame_seconds);
  if (ReplayLoader* loader = std::get_if<ReplayLoader>(&below_)) loader->go_on();
  end_loading();
}

void Stage::stop() {
  if (Player* player = std::get_if<Player>(&below_)) player->stop();
  if (Replay* replay = std::get_if<Replay>(&below_)) replay->stop();
  if (ReplayLoader* loader = std::get_if<ReplayLoader>(&below_)) loader->stop();
  end_loading();
}

void Stage::show(std::size_t step) {
  if (Player* player = std::get_if<Player>(&below_)) player->show(step);
  if (Replay* replay = std::get_if<Replay>(&below_)) replay->go_to(step + 1);
}

// Episodes that are looked at
// ------------------------------------------------------------------------------------------

void Stage::open_trajectories(const std::string& file, std::string_view text) {
  ++session_.changes;
  Result<std::vector<Trajectory>> read = parse_trajectories(text);
  if (!read) {
    session_.notice = file + ": " + read.error().message;
    return;
  }
  stop();
  const Trajectory& first = read->front();
  Result<Episode> episode = start_replay(session_.questions.environment(), first.header);
  if (!episode) {
    const std::string why = "It cannot be played again here, so this is what was recorded. " +
                            capitalised(episode.error().message) + " " + summary_of(first);
    close_transcript();
    return show_transcript(transcript_of(first, file, why));
  }
  const std::size_t count = read->size();
  std::vector<Recording> recordings = recordings_of(file, std::move(*read));
  const std::size_t others = count - recordings.size();
  load(std::move(recordings), std::move(*episode), std::nullopt);
  if (others > 0)
    session_.notice =
        file + " holds " + counted(others, "more trajectory") + " that are not shown.";
}

void Stage::open_link(std::string_view text) {
  stop();
  ++session_.changes;
  const Result<SharedEpisode> shared = read_share(text);
  Result<Episode> episode = shared ? start_shared(session_.questions.environment(), *shared)
                                   : Result<Episode>(fail(shared.error()));
  if (!episode) {
    session_.notice = "The link cannot be opened: " + episode.error().message;
    return;
  }
  Recording recording{"Link", shared->actions, std::nullopt, shared->state, shared->step};
  load({std::move(recording)}, std::move(*episode), std::nullopt);
}

void Stage::tour_to(std::size_t place) {
  if (loading()) return;
  if (place >= tour_length()) return play_again();
  Replay* replay = std::get_if<Replay>(&below_);
  if (replay != nullptr && replay->tour() && same_tour_episode(*replay->tour(), place))
    return replay->go_to_tour(place);
  stop();
  ++session_.changes;
  Result<Episode> episode = session_.questions.environment().reset(tour_question());
  if (!episode) {
    session_.notice = "The tour needs the starter pack: " + episode.error().message;
    return;
  }
  load({tour_recording(place)}, std::move(*episode), place);
}

// The runs on the stage, if they are of this question and there is room for another.
Runs Stage::take_runs(const Question* question) {
  const auto fit = [&](const std::vector<Run>& runs) {
    return !runs.empty() && runs.size() < kMostRuns &&
           runs.front().whole.task().question == question;
  };
  if (auto* replay = std::get_if<Replay>(&below_); replay && fit(replay->runs()))
    return replay->take();
  if (auto* loader = std::get_if<ReplayLoader>(&below_); loader && fit(loader->runs()))
    return loader->take();
  return {};
}

void Stage::load(std::vector<Recording> recordings, Episode episode,
                 std::optional<std::size_t> tour) {
  close_transcript();
  ++session_.changes;
  Runs before;
  if (!tour) before = take_runs(episode.task().question);
  before.tour = tour;
  const bool compared = !before.all.empty();
  if (!compared) {
    session_.notice.clear();
    session_.questions.begun(episode);
  }
  below_.emplace<ReplayLoader>(session_, std::move(episode), std::move(recordings),
                               std::move(before));
  if (!compared) session_.draft.start(tables());
}

void Stage::end_loading() {
  ReplayLoader* loader = std::get_if<ReplayLoader>(&below_);
  if (loader == nullptr || !loader->done()) return;
  Runs runs = loader->take();
  below_.emplace<Replay>(session_, std::move(runs));
}

void Stage::review() {
  Player* player = this->player();
  if (player == nullptr) return;
  player->stop();
  Runs runs;
  runs.attempt = player->view().attempt;
  runs.step = player->episode().steps().size();
  runs.unfinished = runs.step > 0 && !player->episode().done();
  runs.all.push_back({"You", player->episode(), ""});
  below_.emplace<Replay>(session_, std::move(runs));
}

void Stage::branch() {
  const Replay* replay = this->replay();
  if (replay == nullptr || replay->view().episode.done()) return;
  Episode episode = replay->view().episode;
  const int hints = replay->view().attempt.hints;
  session_.questions.begun(episode);
  below_.emplace<Player>(session_, std::move(episode), hints);
  ++session_.changes;
}

void Stage::close_replay() {
  const Replay* replay = this->replay();
  if (replay == nullptr || !replay->unfinished()) return play_again();
  Episode episode = replay->runs().front().whole;
  const int hints = replay->view().attempt.hints;
  below_.emplace<Player>(session_, std::move(episode), hints);
  ++session_.changes;
}

void Stage::play_model(const std::string& name, std::unique_ptr<ModelPlayer> model) {
  review();
  if (Replay* replay = this->replay()) replay->add_model(name, std::move(model));
}

// Transcripts
// ------------------------------------------------------------------------------------------

void Stage::show_transcript(std::optional<Transcript> transcript) {
  const bool other = !transcript || !transcript_ || transcript_->question != transcript->question;
  stop();
  transcript_ = std::move(transcript);
  if (other) session_.draft.start(tables());
  ++session_.changes;
}

void Stage::choose_of_transcript(const std::string& id) {
  if (id == "leave") show_transcript(std::nullopt);
  if (session_.host.choose_on_server) session_.host.choose_on_server(id);
}

void Stage::close_transcript() {
  if (transcript_) choose_of_transcript("leave");
}

}  // namespace sqlenv::ui
