// EventLoop: the network of one thread, HTTP and WebSocket on one listening socket.
//
// Made and run by the server, one for each thread, each with a Worker of its own; now and then it
// looks for sessions whose time is up. Behind this
// header is all of Boost.Beast, in transport.cc and the headers that it alone includes.
#pragma once

#include <memory>
#include <string>

#include "app/server/service.h"

namespace sqlenv {

struct ListenAddress {
  std::string ip;
  unsigned short port = 0;
};

// The address of options.host and options.port. BAD_OPTION if the name is unknown, the address is
// not of this machine, or the port is taken or not allowed.
Result<ListenAddress> find_listen_address(const ServerOptions& options);

class EventLoop {
 public:
  // Listens. Any number of loops share one port. `service` outlives the loop.
  static Result<std::unique_ptr<EventLoop>> listen(const ListenAddress& address, Service& service);
  virtual ~EventLoop() = default;

  virtual unsigned short port() const = 0;

  // Serves on the calling thread until stop(), and then until all is closed.
  virtual void run() = 0;

  // Any thread. No new connections; those at rest are closed, WebSockets with 1001, others when the
  // episode under way is done. REQUIRES: service.draining.
  virtual void drain() = 0;

  // Any thread. No new connections; WebSockets are closed with 1001; what is still open after a
  // second is cut.
  virtual void stop() = 0;
};

}  // namespace sqlenv
