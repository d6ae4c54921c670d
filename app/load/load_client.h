// LoadClient: one WebSocket connection of a load test, one message under way at a time.
//
// The load generator may share a machine with the server it measures, so its cost is part of the
// measurement: frames are made before it starts (LoadMessage::frame), replies are read where they
// were received, and a message takes two system calls. Belongs to the thread of its io_context,
// and outlives its operations there.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "app/load/load.h"

namespace sqlenv {

using LoadSocket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;
using LoadEndpoints = boost::asio::ip::tcp::resolver::results_type;

class LoadClient;

// The events of a client, which its loop handles.
class LoadEvents {
 public:
  virtual void on_connected(LoadClient& client, boost::system::error_code error) = 0;
  // `reply` is valid during the call.
  virtual void on_reply(LoadClient& client, std::string_view reply) = 0;
  virtual void on_lost(LoadClient& client, boost::system::error_code error) = 0;

 protected:
  ~LoadEvents() = default;
};

class LoadClient {
 public:
  using Clock = std::chrono::steady_clock;

  // Both outlive the client.
  LoadClient(boost::asio::io_context& io, const LoadOptions& options, LoadEvents& events)
      : options_(options), events_(events), socket_(io) {}

  // Calls on_connected() when it is done.
  void connect(const LoadEndpoints& endpoints);

  // Sends the next message and calls on_reply() with its reply. Its time counts from `due`.
  // REQUIRES: usable() and not waiting().
  void send(Clock::time_point due);

  bool next_is_step() const { return next().step; }
  bool usable() const { return usable_; }    // connected, and not lost
  bool waiting() const { return waiting_; }  // for a reply
  const LoadMessage& sent() const { return *sent_; }
  Clock::time_point due() const { return due_; }

  std::deque<Clock::time_point> queue;  // steps that fell due while this was busy

 private:
  const LoadMessage& next() const {
    const LoadWorkload& workload = options_.workload;
    return first_ < workload.first.size() ? workload.first[first_] : workload.cycle[cycle_];
  }
  void shake_hands();
  void on_handshake(boost::system::error_code error);
  void write_rest(std::size_t written);
  void receive();
  void on_readable(boost::system::error_code error);
  void on_bytes(std::string_view bytes);
  bool take_frame(std::string_view& bytes, std::optional<std::string_view>& text);
  bool on_control(unsigned opcode, std::string_view payload);
  void lose(boost::system::error_code error);

  const LoadOptions& options_;
  LoadEvents& events_;
  LoadSocket socket_;
  std::string kept_;     // the beginning of a frame or of the handshake's answer
  std::string message_;  // the fragments so far of a message
  const LoadMessage* sent_ = nullptr;
  std::size_t first_ = 0, cycle_ = 0;
  Clock::time_point due_;
  bool usable_ = false;
  bool waiting_ = false;
};

// A text in one masked frame, as a client sends it.
std::string masked_frame(std::string_view text, unsigned char opcode = 1);

}  // namespace sqlenv
