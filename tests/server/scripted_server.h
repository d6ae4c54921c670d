// A server on a port of its own that answers each HTTP request with the bytes that a function
// gives.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace sqlenv {

class ScriptedServer {
 public:
  // Gets the whole request, head and body. Called on the server's thread.
  using Answer = std::function<std::string(const std::string& request)>;

  // `closes`: after each answer the connection is closed.
  explicit ScriptedServer(Answer answer, bool closes = false);
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer();

  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::vector<std::string> requests() const;
  int connections() const { return connections_; }

  // Waits until nothing is being sent any more, and gives the bytes that were sent in all.
  std::size_t wait_until_sent() const;

 private:
  void run();
  void serve(int connection);
  void send(int connection, const std::string& bytes);

  Answer answer_;
  bool closes_;
  int listener_;
  int port_ = 0;
  std::atomic<bool> ending_ = false;
  std::atomic<int> connections_ = 0;
  std::atomic<int> sending_ = 0;
  std::atomic<std::size_t> sent_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::vector<std::thread> serving_;  // run()'s own
  std::thread thread_;
};

}  // namespace sqlenv
