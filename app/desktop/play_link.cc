// A Link that plays an episode.
#include <random>
#include <utility>

#include "app/desktop/server_link.h"
#include "app/playground/format.h"

namespace sqlenv::desktop {
namespace {

using namespace std::chrono_literals;
using Step = ui::Transcript::Step;

constexpr std::chrono::seconds kBeat = 3s;

std::uint64_t drawn_seed() { return std::random_device()(); }

Step step_of(const Action& action, const StepResult& result) {
  Step step{action, result.observation.result, result.observation.error, std::nullopt};
  if (result.reward) step.reward = to_micros(*result.reward);
  return step;
}

class PlayLink : public Link {
 public:
  PlayLink(ServerClient& client, ServerAddress server, ServerWish wish)
      : Link(client, std::move(server), std::move(wish)) {
    seen_.title = "Playing on " + server_.text;
    seen_.plays = true;
    begin("Connecting to " + server_.text + " …", fresh(), {});
  }

  void act(const Action& action) override {
    show("The server plays the step …", false, false);
    attempt([this, action]() -> Outcome<void> {
      unsure_ = true;
      if (Outcome<void> stepped = step(action); !stepped) return stepped;
      unsure_ = false;
      ready(kPlays);
      return {};
    });
  }

  void choose(const std::string& id) override {
    Link::choose(id);
    if (id == "again") begin("The server begins the episode …", options_, {});
    if (id == "next") begin("The server begins an episode …", fresh(), {});
    if (id == "replay")
      begin("The server plays the same steps …", options_, script_ ? *script_ : seen_.steps);
  }

  void leave() override {
    if (session_.empty()) return;
    const std::atomic<bool> stopped = false;
    http_request(server_, "/mcp", session_close_request(session_), wish_.token, 2s, stopped);
  }

 private:
  static constexpr const char* kPlays = "Connected. The server plays this episode.";

  // The seed is drawn here, so that the same episode can be begun again.
  ResetOptions fresh() const {
    ResetOptions options = wish_.options;
    options.seed = drawn_seed();
    return options;
  }

  void begin(std::string state, const ResetOptions& options, std::vector<Step> steps) {
    options_ = options;
    script_ = std::move(steps);
    show(std::move(state), false, false);
    attempt([this] { return play_script(script_.value_or(std::vector<Step>())); });
  }

  // A new episode, in the session that the server still has or in another, and these steps of it.
  Outcome<void> play_script(std::vector<Step> script) {
    unsure_ = true;
    Outcome<void> first = reset();
    if (!first && first.error().kind == Trouble::Kind::kGone) {
      const Outcome<RpcReply> created = call(session_create_request());
      if (!created) return tl::unexpected<Trouble>(created.error());
      session_ = created->session_id;
      first = reset();
    }
    if (!first) return first;
    bool same = true;
    for (std::size_t i = 0; i < script.size(); ++i) {
      if (Outcome<void> stepped = step(script[i].action); !stepped) return stepped;
      same = same && seen_.steps[i].result == script[i].result;
    }
    unsure_ = false;
    script_.reset();
    ready(script.empty() ? kPlays
          : same         ? "Connected again: the episode is where it was."
                 : "Connected again, but the server now comes to something else. Does it have "
                   "other questions?");
    return {};
  }

  Outcome<void> reset() {
    if (session_.empty()) return tl::unexpected<Trouble>({Trouble::Kind::kGone, ""});
    return take(call(reset_request(session_, options_)), nullptr);
  }

  Outcome<void> step(const Action& action) {
    return take(call(step_request(session_, action)), &action);
  }

  Outcome<void> take(const Outcome<RpcReply>& reply, const Action* action) {
    if (!reply) return tl::unexpected<Trouble>(reply.error());
    if (!reply->step)
      return tl::unexpected<Trouble>(
          {Trouble::Kind::kRefused, "The server answered with something that is no step."});
    const Observation& observation = reply->step->observation;
    if (action == nullptr) seen_.steps.clear();
    else seen_.steps.push_back(step_of(*action, *reply->step));
    seen_.question = observation.question;
    seen_.schema = observation.schema_info;
    seen_.left = observation.budget_remaining;
    done_ = reply->step->done;
    return {};
  }

  void ready(std::string state) {
    Micros total = 0;
    for (const Step& step : seen_.steps) total += step.reward.value_or(0);
    if (done_) {
      const bool right = seen_.steps.back().reward.value_or(0) > kOne / 2;
      state = std::string("The episode is over: ") + (right ? "right" : "not right") + ", " +
              ui::signed_amount(total) + " in total.";
      seen_.choices = {{"again", "Play it again"}, {"next", "Another question"}};
    }
    seen_.acts = !done_;
    show(std::move(state));
    resume_ = [this] { return beat(); };
    later(kBeat, resume_);
  }

  // Whether the server and the session are still there.
  Outcome<void> beat() {
    const Outcome<RpcReply> alive = call(ping_request(session_));
    if (!alive) return tl::unexpected<Trouble>(alive.error());
    if (tries_ == 0) later(kBeat, resume_);
    else if (unsure_) offer("Connected again. Whether the last step was played is not known.");
    else ready("Connected again: the server has kept the episode.");
    return {};
  }

  void gone(const std::string&) override {
    offer(
        "Connected again, but the server does not have the episode any more: it was started anew, "
        "or dropped what was unused.");
  }

  void offer(std::string state) {
    const std::size_t count = script_ ? script_->size() : seen_.steps.size();
    seen_.choices = {
        {"replay",
         count == 0 ? "Begin it again" : "Play the same " + ui::counted(count, "step") + " again"},
        {"next", "Another question"}};
    show(std::move(state), true);
  }

  ResetOptions options_;
  std::optional<std::vector<Step>> script_;  // being played again
  std::string session_;
  bool unsure_ = false;  // a step is under way
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Link> play_link(ServerClient& client, ServerAddress server, ServerWish wish) {
  return std::make_unique<PlayLink>(client, std::move(server), std::move(wish));
}

}  // namespace sqlenv::desktop
