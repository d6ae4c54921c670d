// Session: the conversation on one WebSocket, without the socket. Text in, at most one reply out.
//
// Holds at most one episode; a reset replaces it. Whatever a client sends is answered, and only a
// "close" or a message that is not of the protocol at all ends the conversation. Belongs to the
// thread of its Worker, which outlives it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/server/worker.h"
#include "core/wire/protocol.h"

namespace sqlenv {

struct SessionReply {
  std::optional<std::string> text;
  bool close = false;  // close the connection (1000) after the text, if there is one
};

class Session {
 public:
  explicit Session(Worker& worker) : worker_(&worker) {}

  SessionReply on_text(std::string_view message);
  SessionReply on_binary() const;

 private:
  std::string reset(const ClientMessage& message);
  std::string step(const ClientMessage& message);
  std::string state() const;
  std::string trajectory() const;

  Worker* worker_;
  std::optional<Episode> episode_;
  std::optional<std::string> episode_id_;
};

}  // namespace sqlenv
