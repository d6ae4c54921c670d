// Live that plays an episode.
#include <utility>

#include "app/playground/format.h"
#include "app/playground/live.h"

namespace sqlenv::ui {
namespace {

using namespace std::chrono_literals;
using Step = Transcript::Step;

constexpr std::chrono::seconds kBeat = 3s;
constexpr const char* kPlays = "Connected. The server plays this episode.";

Step step_of(const Action& action, const StepResult& result) {
  Step step{action, result.observation.result, result.observation.error, std::nullopt};
  if (result.reward) step.reward = to_micros(*result.reward);
  return step;
}

class Play : public Live {
 public:
  Play(std::string address, LiveOptions options)
      : Live(std::move(address), std::move(options)), random_(options_.seed) {
    seen_.title = "Playing on " + address_;
    seen_.plays = true;
  }

  std::optional<HttpRequest> farewell() const override {
    if (session_.empty()) return std::nullopt;
    HttpRequest request = request_for("/mcp", session_close_request(session_));
    request.limit = 2s;
    return request;
  }

 private:
  // Steps that are played again, of the episode whose question was this.
  struct Script {
    std::string question;
    std::vector<Step> steps;
  };

  void begin() override {
    ResetOptions first = options_.reset.options;
    if (!options_.reset.has_seed) first.seed = drawn_seed();
    begin_episode("Connecting to " + address_ + " …", first, {});
  }

  std::uint64_t drawn_seed() { return random_.next() >> 32; }

  ResetOptions another() {
    ResetOptions options = options_.reset.options;
    options.seed = drawn_seed();
    return options;
  }

  // In the session that the server still has, or in another.
  void begin_episode(std::string state, const ResetOptions& options, Script script) {
    reset_ = options;
    script_ = std::move(script);
    show_progress(std::move(state));
    begin_script();
  }

  void begin_script() {
    unsure_ = true;
    same_ = true;
    session_is_new_ = false;
    if (session_.empty()) ask_session();
    else ask_reset();
  }

  void ask_session() {
    asked_ = Asked::kSession;
    ask("/mcp", session_create_request());
  }

  void ask_reset() {
    asked_ = Asked::kReset;
    ask("/mcp", reset_request(session_, reset_));
  }

  void ask_step(const Action& action) {
    asked_ = Asked::kStep;
    action_ = action;
    ask("/mcp", step_request(session_, action));
  }

  void play(const Action& action) override {
    show_progress("The server plays the step …");
    unsure_ = true;
    ask_step(action);
  }

  void go_on() override {
    if (!succeeded_) return begin_script();
    asked_ = Asked::kPing;
    ask("/mcp", ping_request(session_));
  }

  void chosen(std::string_view id) override {
    if (id == "retry") {
      retried_ = true;
      go_on();
    }
    if (id == "again") begin_episode("The server begins the episode …", reset_, {});
    if (id == "next") begin_episode("The server begins an episode …", another(), {});
    if (id == "replay")
      begin_episode("The server plays the same steps …", reset_,
                    script_ ? *script_ : Script{seen_.question, seen_.steps});
  }

  Outcome<void> take(const std::string& body) override {
    const Outcome<RpcReply> reply = read_rpc(body);
    if (!reply) return tl::unexpected(reply.error());
    if (asked_ == Asked::kPing) {
      alive();
      return {};
    }
    if (asked_ == Asked::kSession) {
      session_ = reply->session_id;
      session_is_new_ = true;
      ask_reset();
      return {};
    }
    if (!reply->step)
      return tl::unexpected(
          Trouble{Trouble::Kind::kRefused, "The server answered with something that is no step."});
    take_step(*reply->step);
    if (script_) {
      play_script();
    } else {
      unsure_ = false;
      ready(kPlays);
    }
    return {};
  }

  void take_step(const StepResult& step) {
    const Observation& observation = step.observation;
    if (asked_ == Asked::kReset) seen_.steps.clear();
    else seen_.steps.push_back(step_of(action_, step));
    seen_.question = observation.question;
    seen_.schema = observation.schema_info;
    seen_.left = observation.budget_remaining;
    done_ = step.done;
  }

  // Goes on with the step that follows those that were played.
  void play_script() {
    const std::vector<Step>& steps = script_->steps;
    const std::size_t played = seen_.steps.size();
    if (!steps.empty() && script_->question != seen_.question) same_ = false;
    if (played > 0 && steps[played - 1].result != seen_.steps.back().result) same_ = false;
    if (played < steps.size()) {
      show_progress(seen_.state);
      return ask_step(steps[played].action);
    }
    const bool again = !steps.empty();
    script_.reset();
    unsure_ = false;
    ready(!again  ? kPlays
          : same_ ? "Connected again: the episode is where it was."
                  : "Connected again, but the server now comes to something else. Does it have "
                    "other questions?");
  }

  // Waits for what the player does, and looks now and then whether the server is still there.
  void ready(std::string state) {
    succeeded();
    retried_ = false;
    if (done_) {
      Micros total = 0;
      for (const Step& step : seen_.steps) total += step.reward.value_or(0);
      const bool right = !seen_.steps.empty() && seen_.steps.back().reward.value_or(0) > kOne / 2;
      state = std::string("The episode is over: ") + (right ? "right" : "not right") + ", " +
              signed_amount(total) + " in total.";
      seen_.choices = {{"again", "Play it again"}, {"next", "Another question"}};
    }
    seen_.acts = !done_;
    show(std::move(state));
    wait(kBeat);
  }

  // The server and the session are there.
  void alive() {
    const bool back = tries_ > 0 || retried_;
    if (back && unsure_) {
      succeeded();
      offer("Connected again. Whether the last step was played is not known.");
    } else if (back) {
      ready("Connected again: the server has kept the episode.");
    } else {
      succeeded();
      wait(kBeat);
    }
  }

  void session_gone() override {
    if (asked_ == Asked::kReset && !session_is_new_) return ask_session();
    offer(
        "Connected again, but the server does not have the episode any more: it was started anew, "
        "or dropped what was unused.");
  }

  void offer(std::string state) {
    retried_ = false;
    const std::size_t count = script_ ? script_->steps.size() : seen_.steps.size();
    seen_.choices = {{"replay", count == 0 ? "Begin it again"
                                           : "Play the same " + counted(count, "step") + " again"},
                     {"next", "Another question"}};
    show(std::move(state), true);
  }

  enum class Asked { kSession, kReset, kStep, kPing } asked_ = Asked::kSession;
  Random random_;
  ResetOptions reset_;            // of the episode
  std::optional<Script> script_;  // being played
  bool same_ = true;              // as far as it was played
  Action action_;                 // asked for last
  std::string session_;
  bool session_is_new_ = false;
  bool unsure_ = false;   // a step is under way
  bool retried_ = false;  // the player asked for it after a refusal or a loss
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Live> play_live(std::string address, LiveOptions options) {
  return std::make_unique<Play>(std::move(address), std::move(options));
}

}  // namespace sqlenv::ui
