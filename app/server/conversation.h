// Conversation: a WebSocket without the socket: which session it has, in which dialect, and when
// that ends.
//
// At /ws it has a session of its own, which takes a place and lives as long as the connection; at
// /ws?session_id=… it is attached to one that was begun over HTTP, which outlives it; at /mcp it
// has one of its own, and its messages are JSON-RPC. Belongs to the thread of its Worker; Service
// and Worker outlive it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/server/service.h"

namespace sqlenv {

// Whether WebSockets are accepted at this request target.
bool is_websocket_target(std::string_view target);

class Conversation {
 public:
  using Clock = std::chrono::steady_clock;

  // `target` as it came; `peer` is for the log.
  Conversation(Service& service, Worker& worker, std::string_view target, std::string peer);
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  ~Conversation() { end(SessionEnd::kLeft); }

  // Takes a place or attaches. If that is refused, returns the last reply of the connection.
  std::optional<SessionReply> begin();

  // Counts a message that has arrived.
  void note_message();

  // The reply to a message. May throw NeedsDetour (detour.h), and is then called again.
  SessionReply on_text(std::string_view text);
  SessionReply on_binary();

  // Gives the place back, or detaches. The first reason counts.
  void end(SessionEnd why);

  // Whether no episode is under way, so that closing loses nothing.
  bool resting();

  // Whether a limit on idle time or lifetime has passed.
  std::optional<SessionEnd> expired(Clock::time_point now) const;

  // When the last message came.
  Clock::time_point last_used() const { return last_used_; }

  bool speaks_mcp() const { return mcp_; }

 private:
  enum class Place { kNone, kOwn, kAttached };

  std::optional<SessionReply> attach();
  SessionReply refuse_place();
  SessionReply on_request(std::string_view text);
  SessionReply on_message(std::string_view text);
  void log_begin(std::string_view kind) const;

  Service& service_;
  Worker& worker_;
  const std::string peer_;
  const bool mcp_;
  const std::optional<std::string> wanted_;
  Place place_ = Place::kNone;
  std::string id_;
  Session session_;  // used by kOwn
  Clock::time_point begun_, last_used_;
  std::int64_t messages_ = 0;
};

}  // namespace sqlenv
