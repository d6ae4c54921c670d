// A Link that watches.
#include <utility>

#include "app/desktop/server_link.h"
#include "app/playground/format.h"

namespace sqlenv::desktop {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kPoll = 1s;
constexpr int kSaid = 4;  // polls

Trouble no_server(const ServerAddress& server) {
  return {Trouble::Kind::kRefused,
          "This does not look like a server of SQLEnv: " + server.text + "/watch answered so."};
}

class WatchLink : public Link {
 public:
  WatchLink(ServerClient& client, ServerAddress server, ServerWish wish)
      : Link(client, std::move(server), std::move(wish)) {
    seen_.title = "Watching " + server_.text;
    show("Connecting to " + server_.text + " …", false, false);
    attempt([this] { return list(); });
  }

  void choose(const std::string& id) override {
    Link::choose(id);
    const bool session = id.starts_with("session.");
    if (!session && id != "list") return;
    note_.clear();
    if (!session) return attempt([this] { return list(); });
    session_ = id.substr(8);
    episode_ = 0;
    seen_.steps.clear();
    seen_.first = 1;
    attempt([this] { return follow(); });
  }

 private:
  Outcome<WatchReply> look(const std::string& target) {
    const Outcome<std::string> text = ask(target);
    if (!text) return tl::unexpected<Trouble>(text.error());
    std::optional<WatchReply> reply = read_watch_reply(*text);
    if (!reply) return tl::unexpected<Trouble>(no_server(server_));
    if (tries_ > 0) again_ = kSaid;
    return std::move(*reply);
  }

  // Whether another server answers than did before, whose sessions are others.
  bool other(const WatchReply& reply) {
    const bool other = !id_.empty() && id_ != reply.server;
    id_ = reply.server;
    if (other) note_ = "The server was started anew. ";
    return other;
  }

  std::string again() { return again_-- > 0 ? "Connected again. " : ""; }

  Outcome<void> list() {
    const Outcome<WatchReply> reply = look("/watch");
    if (!reply) return tl::unexpected<Trouble>(reply.error());
    other(*reply);
    seen_.question.clear();
    seen_.schema.clear();
    seen_.steps.clear();
    seen_.rows.clear();
    for (const WatchedSession& session : reply->sessions) {
      const std::string number = std::to_string(session.session);
      const std::string how =
          session.ended  ? "left"
          : session.done ? "over"
                         : ui::counted(static_cast<std::size_t>(session.step_count), "step");
      seen_.rows.push_back({"session." + number, number + ": " + session.question + " · " + how});
    }
    show(again() + note_ +
         (seen_.rows.empty()
              ? "No session plays yet. It will stand here when one does."
              : ui::counted(seen_.rows.size(), "session") + ". Choose one to watch it."));
    later(kPoll, [this] { return list(); });
    return {};
  }

  Outcome<void> follow() {
    const int after = seen_.first - 1 + static_cast<int>(seen_.steps.size());
    const Outcome<WatchReply> reply =
        look("/watch?session=" + session_ + "&episode=" + std::to_string(episode_) +
             "&after=" + std::to_string(after));
    if (!reply) return tl::unexpected<Trouble>(reply.error());
    if (other(*reply)) return list();
    if (reply->sessions.size() != 1) return tl::unexpected<Trouble>(no_server(server_));
    const WatchedSession& session = reply->sessions.front();
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
    later(kPoll, [this] { return follow(); });
    return {};
  }

  void add(const WatchedStep& step) {
    std::optional<Micros> reward;
    if (step.reward) reward = to_micros(*step.reward);
    seen_.steps.push_back({step.action, step.result, step.error, reward});
    seen_.first = step.step - static_cast<int>(seen_.steps.size()) + 1;
  }

  void gone(const std::string&) override {
    note_ = "Session " + session_ + " is not shown any more. ";
    attempt([this] { return list(); });
  }

  std::string id_;    // of the server
  std::string note_;  // before what the list says
  std::string session_;
  std::uint64_t episode_ = 0;
  int again_ = 0;  // how often it is still said that the connection is back
};

}  // namespace

std::unique_ptr<Link> watch_link(ServerClient& client, ServerAddress server, ServerWish wish) {
  return std::make_unique<WatchLink>(client, std::move(server), std::move(wish));
}

}  // namespace sqlenv::desktop
