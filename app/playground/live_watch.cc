// Live that watches the sessions that others play.
#include <utility>

#include "app/playground/format.h"
#include "app/playground/live.h"

namespace sqlenv::ui {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kPoll = 1s;
constexpr int kPollsThatSayAgain = 4;
constexpr std::string_view kRow = "session.";

class Watch : public Live {
 public:
  Watch(std::string address, LiveOptions options) : Live(std::move(address), std::move(options)) {
    seen_.title = "Watching " + address_;
  }

 private:
  void begin() override {
    show_progress("Connecting to " + address_ + " …");
    go_on();
  }

  // Asks for the session that is followed, or for the list.
  void go_on() override {
    if (session_.empty()) return ask("/watch");
    const int after = seen_.first - 1 + static_cast<int>(seen_.steps.size());
    ask("/watch?session=" + session_ + "&episode=" + std::to_string(episode_) +
        "&after=" + std::to_string(after));
  }

  void chosen(std::string_view id) override {
    if (id != "retry") {
      note_.clear();
      session_ = id.starts_with(kRow) ? id.substr(kRow.size()) : "";
      episode_ = 0;
      seen_.steps.clear();
      seen_.first = 1;
    }
    go_on();
  }

  Outcome<void> take(const std::string& body) override {
    const std::optional<WatchReply> reply = read_watch_reply(body);
    if (!reply || (!session_.empty() && reply->sessions.size() != 1))
      return tl::unexpected(no_server());
    if (tries_ > 0) says_again_ = kPollsThatSayAgain;
    const bool other = !server_.empty() && server_ != reply->server;
    server_ = reply->server;
    if (other) note_ = "The server was started anew. ";
    if (other && !session_.empty()) {
      back_to_list();
      return {};
    }
    succeeded();
    if (session_.empty()) list(reply->sessions);
    else follow(reply->sessions.front());
    wait(kPoll);
    return {};
  }

  void back_to_list() {
    session_.clear();
    go_on();
  }

  // What the state begins with for a few seconds after a loss.
  std::string again() { return says_again_-- > 0 ? "Connected again. " : ""; }

  void list(const std::vector<WatchedSession>& sessions) {
    seen_.question.clear();
    seen_.schema.clear();
    seen_.steps.clear();
    for (const WatchedSession& session : sessions) {
      const std::string number = std::to_string(session.session);
      const std::string how = session.ended ? "left"
                              : session.done
                                  ? "over"
                                  : counted(static_cast<std::size_t>(session.step_count), "step");
      seen_.rows.push_back(
          {std::string(kRow) + number, number + ": " + session.question + " · " + how});
    }
    show(again() + note_ +
         (sessions.empty() ? "No session plays yet. It will stand here when one does."
                           : counted(sessions.size(), "session") + ". Choose one to watch it."));
  }

  void follow(const WatchedSession& session) {
    if (session.episode != episode_) seen_.steps.clear();
    episode_ = session.episode;
    for (const WatchedStep& step : session.steps) add(step);
    if (seen_.steps.empty()) seen_.first = 1;
    seen_.question = session.question;
    seen_.schema = session.schema_info;
    seen_.left = session.budget_remaining;
    seen_.choices = {{"list", "All sessions"}};
    show(again() + "Session " + session_ + ", episode " + std::to_string(episode_) +
         ", read only. " +
         (session.ended  ? "It has left."
          : session.done ? "Its episode is over."
                         : "It is playing."));
  }

  void add(const WatchedStep& step) {
    std::optional<Micros> reward;
    if (step.reward) reward = to_micros(*step.reward);
    seen_.steps.push_back({step.action, step.result, step.error, reward});
    seen_.first = step.step - static_cast<int>(seen_.steps.size()) + 1;
  }

  void session_gone() override {
    note_ = "Session " + session_ + " is not shown any more. ";
    back_to_list();
  }

  std::string server_;   // the id of the one that answered last
  std::string session_;  // that is followed; empty: the list is shown
  std::uint64_t episode_ = 0;
  std::string note_;  // before what the list says
  int says_again_ = 0;
};

}  // namespace

std::unique_ptr<Live> watch_live(std::string address, LiveOptions options) {
  return std::make_unique<Watch>(std::move(address), std::move(options));
}

}  // namespace sqlenv::ui
