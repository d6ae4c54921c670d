// Link: one connection of a ServerClient, on its thread. For the files of the client alone.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/desktop/http_request.h"
#include "app/desktop/server_client.h"
#include "core/wire/client_json.h"
#include "core/wire/mcp.h"

namespace sqlenv::desktop {

// What a server may come to instead of an answer.
struct Trouble {
  enum class Kind {
    kLost,     // no answer
    kGone,     // the session is not there any more
    kRefused,  // for the reason that `message` gives, with what to do
    kToken     // refused for want of the right token
  };
  Kind kind = Kind::kLost;
  std::string message = "";
};
template <class T>
using Outcome = tl::expected<T, Trouble>;

class Link {
 public:
  using Clock = std::chrono::steady_clock;

  Link(ServerClient& client, ServerAddress server, ServerWish wish);
  virtual ~Link() = default;

  // The player's.
  virtual void act(const Action&) {}
  virtual void choose(const std::string& id);

  // The player has left: what is on the server is given back.
  virtual void leave() {}

  // When to call go_on() if the player does nothing. None: never.
  std::optional<Clock::time_point> due() const { return due_; }
  void go_on();

 protected:
  // One thing that is done with the server; it shows what came of it, but for troubles.
  using Work = std::function<Outcome<void>()>;

  // Does it, or says what went wrong and what can be done about that.
  void attempt(const Work& work);
  void later(std::chrono::milliseconds time, Work work);
  virtual void gone(const std::string& why) = 0;

  // Shows `seen`; its choices, rows and `acts` are only those that were put there since.
  void show(std::string state, bool bad = false, bool settled = true);

  Outcome<std::string> ask(const std::string& target, const std::string& body = "");
  Outcome<RpcReply> call(const std::string& request);

  ServerClient& client_;
  const ServerAddress server_;
  const ServerWish wish_;
  ui::Transcript seen_;
  int tries_ = 0;       // that found no answer, since the last one that did
  bool begun_ = false;  // the server has answered once
  Work resume_;         // what is tried after a loss; none: what was lost

 private:
  void lost(const Work& work);

  std::optional<ui::Transcript> shown_;
  std::optional<Clock::time_point> due_;
  Work next_;  // at due_
  Work work_;  // of the last attempt
};

std::unique_ptr<Link> play_link(ServerClient& client, ServerAddress server, ServerWish wish);
std::unique_ptr<Link> watch_link(ServerClient& client, ServerAddress server, ServerWish wish);

}  // namespace sqlenv::desktop
