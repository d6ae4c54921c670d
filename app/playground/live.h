// Live: the player's connection to an API server, which plays an episode there or watches the
// sessions that others play.
//
// A pure state machine. A reply, the end of a waiting time or what the player did goes in; a
// request, a waiting time or a Transcript to show comes out. It knows no thread, no clock and no
// socket; the face performs its requests and counts its seconds:
//
//   Result<std::unique_ptr<Live>> live = connect_live(options);
//   perform((*live)->start());
//   perform((*live)->reply(number, what_came));   // and so on
//
// At most one request or waiting time is wanted at once. Each has a number, and the newest takes
// the place of the one before it, whose reply or end is ignored if it still comes.
//
// It speaks MCP over HTTP, with a session of its own that takes a place on the server like any
// other and outlives a connection that breaks; watching is GET /watch.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/http/http_request.h"
#include "app/playground/transcript.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/wire/client_json.h"
#include "core/wire/episode_json.h"

namespace sqlenv::ui {

struct LiveOptions {
  std::string address;
  std::string token;
  bool watch = false;      // else play
  ResetRequest reset;      // of the first episode; a seed that is not in it is drawn
  std::uint64_t seed = 0;  // of what is drawn
};

class Live {
 public:
  struct Request {
    int number = 0;
    HttpRequest http;
    bool explain = false;  // whether HttpReply::reason is wanted if no answer comes
  };
  struct Timer {
    int number = 0;
    std::chrono::seconds time{};
  };

  // What the face is to do. Nothing in it: nothing new.
  struct Effects {
    std::optional<Request> request;
    std::optional<Timer> timer;
    std::optional<Transcript> shown;
  };

  virtual ~Live() = default;

  // Once, before anything else.
  Effects start();

  // The request of this number has come to this reply, or the waiting time of this number is over.
  Effects reply(int number, const HttpReply& reply);
  Effects tick(int number);

  // What the player did, as the functions of Host get it. What the shown transcript does not offer
  // is ignored.
  Effects act(const Action& action);
  Effects choose(std::string_view id);

  // The request that gives back the session on the server, to be performed when the player leaves,
  // whatever its reply. None: there is no session.
  virtual std::optional<HttpRequest> farewell() const { return std::nullopt; }

  // Whether the server has not answered yet to what the player did last.
  bool busy() const { return busy_; }

 protected:
  // The rest is for live_play.cc and live_watch.cc.
  struct Trouble {
    enum class Kind {
      kGone,     // the session is not there any more
      kRefused,  // for the reason that `message` gives, with what to do
      kToken     // refused for want of the right token
    };
    Kind kind = Kind::kRefused;
    std::string message;
  };
  template <class T>
  using Outcome = tl::expected<T, Trouble>;

  Live(std::string address, LiveOptions options);

  virtual void begin() = 0;

  // Takes the answer to what was asked last.
  virtual Outcome<void> take(const std::string& body) = 0;
  virtual void session_gone() = 0;

  // Goes on after a waiting time, a loss or a refusal.
  virtual void go_on() = 0;
  virtual void play(const Action&) {}
  virtual void chosen(std::string_view id) = 0;

  void ask(const std::string& path, std::string body = "");
  void wait(std::chrono::seconds time);

  // Shows seen_; its choices, rows and `acts` are only those that were put there since it was
  // shown last. show_progress(): something that the player waits for is on its way.
  void show(std::string state, bool bad = false);
  void show_progress(std::string state);

  // What was begun has come to its end.
  void succeeded();

  HttpRequest request_for(const std::string& path, std::string body) const;
  Outcome<RpcReply> read_rpc(const std::string& body) const;
  Trouble no_server() const;

  const std::string address_;
  const LiveOptions options_;
  Transcript seen_;
  int tries_ = 0;           // that found no answer, since the last success
  bool succeeded_ = false;  // ever

 private:
  std::optional<Trouble> trouble_of(const HttpReply& reply) const;
  void receive(const HttpReply& reply);
  void lost(const std::string& reason);
  Effects take_effects();

  Effects effects_;
  std::optional<Transcript> shown_;
  std::string path_;  // of the request asked for last
  int number_ = 0;    // of the request or waiting time asked for last …
  enum class Pending { kNothing, kReply, kTick } pending_ = Pending::kNothing;  // … and which it is
  bool busy_ = false;
};

// "localhost:8000/" as "http://localhost:8000". BAD_OPTION, saying what an address looks like, for
// what is none.
Result<std::string> server_address(std::string_view text);

// The errors are those of server_address().
Result<std::unique_ptr<Live>> connect_live(LiveOptions options);

// REQUIRES: `address` is of server_address().
std::unique_ptr<Live> play_live(std::string address, LiveOptions options);
std::unique_ptr<Live> watch_live(std::string address, LiveOptions options);

}  // namespace sqlenv::ui
