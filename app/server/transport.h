// EventLoop: the network of one thread, HTTP and WebSocket on one listening socket.
//
// The server makes and runs one for each thread, with a Worker of its own. Every few seconds a loop
// ends sessions whose time is up. Only transport.cc and the headers that it alone includes use
// Boost.Beast.
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

  // Serves on the calling thread until stop(), and then until all connections are closed.
  virtual void run() = 0;

  // Accepts no more connections, closes those without an episode under way (WebSockets with 1001),
  // and the others when their episode is done. Any thread. REQUIRES: service.draining.
  virtual void drain() = 0;

  // Accepts no more connections, closes WebSockets with 1001, and cuts what is still open after a
  // second. Any thread.
  virtual void stop() = 0;
};

}  // namespace sqlenv
