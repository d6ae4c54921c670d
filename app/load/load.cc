#include "app/load/load.h"

#include <string.h>

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <thread>
#include <vector>

#include "app/load/load_client.h"

namespace sqlenv {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

// Connects under way at once in a thread; more would overflow the server's queue of connects.
constexpr int kConnectsAtOnce = 64;
constexpr std::chrono::milliseconds kTick{1};
// How long the end waits for outstanding replies.
constexpr std::chrono::seconds kPatience{30};

// Searches faster than std::string_view, and so disturbs the measurement less.
bool holds(std::string_view text, std::string_view piece) {
  return ::memmem(text.data(), text.size(), piece.data(), piece.size()) != nullptr;
}

Clock::duration seconds(double count) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(count));
}

// A share of the connections, for one thread at a time.
class LoadLoop : public LoadEvents {
 public:
  LoadLoop(const LoadOptions& options, int connections, int loops)
      : options_(options), interval_(seconds(loops / std::max(options.rate, 1e-9))) {
    for (int i = 0; i < connections; ++i)
      clients_.push_back(std::make_unique<LoadClient>(io_, options, *this));
  }
  virtual ~LoadLoop() = default;

  void connect() {
    error_code error;
    endpoints_ = tcp::resolver(io_).resolve(options_.host, options_.port, error);
    if (error) {
      report_.lost = std::ssize(clients_);
      return note(options_.host + ": " + error.message());
    }
    for (int i = 0; i < kConnectsAtOnce; ++i) connect_next();
    run_until_stopped();
  }

  // Plays until `end` or the limit of steps, and then waits for the last reply.
  void play(Clock::time_point begin, Clock::time_point end, std::int64_t most_steps) {
    end_ = end;
    steps_left_ = most_steps > 0 ? most_steps : INT64_MAX;
    over_ = false;
    busy_ = 0;
    begin_ = last_reply_ = begin;
    released_ = 0;
    for (const auto& client : clients_)
      if (client->usable()) go_on(*client, begin);
    if (paced()) tick();
    patience_.expires_at(end + kPatience);
    patience_.async_wait([this](error_code error) {
      if (!error) io_.stop();
    });
    if (busy_ > 0 || paced()) run_until_stopped();
    patience_.cancel();
    for (const auto& client : clients_)
      if (client->usable() && client->waiting()) ++report_.unanswered;
    report_.seconds = std::chrono::duration<double>(last_reply_ - begin).count();
  }

  void forget_counts() {
    report_.latency = {};
    report_.steps = 0;
  }

  const LoadReport& report() const { return report_; }

 private:
  bool paced() const { return options_.rate > 0; }

  void run_until_stopped() {
    io_.restart();
    if (!options_.spin) io_.run();
    while (!io_.stopped()) io_.poll();
  }

  void connect_next() {
    if (started_ < clients_.size()) clients_[started_++]->connect(endpoints_);
  }

  void on_connected(LoadClient&, error_code error) override {
    if (error) {
      ++report_.lost;
      note("cannot connect: " + error.message());
    }
    ++connected_;
    if (connected_ == clients_.size()) return io_.stop();
    connect_next();
  }

  void on_reply(LoadClient& client, std::string_view reply) override {
    const Clock::time_point now = Clock::now();
    last_reply_ = now;
    --busy_;
    check(client, reply);
    if (client.sent().step) {
      report_.latency.add(now - client.due());
      ++report_.steps;
      if (--steps_left_ <= 0) over_ = true;
    }
    if (now >= end_) over_ = true;
    go_on(client, now);
    stop_if_done();
  }

  void on_lost(LoadClient& client, error_code error) override {
    --busy_;
    ++report_.lost;
    if (client.waiting()) ++report_.unanswered;
    note("a connection was lost: " + error.message());
    stop_if_done();
  }

  // Sends what the client may send now.
  void go_on(LoadClient& client, Clock::time_point now) {
    if (!client.next_is_step() && (!over_ || paced())) return send(client, now);
    if (!paced()) {
      if (!over_) send(client, now);
    } else if (!client.queue.empty()) {
      const Clock::time_point due = client.queue.front();
      client.queue.pop_front();
      send(client, due);
    }
  }

  void send(LoadClient& client, Clock::time_point due) {
    ++busy_;
    client.send(due);
  }

  // Hands out the steps that have fallen due.
  void tick() {
    const Clock::time_point now = std::min(Clock::now(), end_);
    for (; !over_; ++released_) {
      const Clock::time_point due = begin_ + released_ * interval_;
      if (due > now) break;
      LoadClient& client = *clients_[static_cast<std::size_t>(released_) % clients_.size()];
      if (!client.usable()) continue;
      if (client.waiting()) client.queue.push_back(due);
      else send(client, due);
    }
    if (now >= end_) over_ = true;
    if (over_) return stop_if_done();
    timer_.expires_after(kTick);
    timer_.async_wait([this](error_code error) {
      if (!error) tick();
    });
  }

  void stop_if_done() {
    if (busy_ == 0 && (over_ || !paced())) io_.stop();
  }

  void check(const LoadClient& client, std::string_view reply) {
    const bool refused = reply.substr(0, 20).find("\"error\"") != std::string_view::npos;
    if (!refused && holds(reply, client.sent().expect)) return;
    ++report_.errors;
    note("to " + client.sent().text + " the server replied " + std::string(reply.substr(0, 400)));
  }

  void note(const std::string& failure) {
    if (report_.first_failure.empty()) report_.first_failure = failure;
  }

  const LoadOptions& options_;
  const Clock::duration interval_;
  asio::io_context io_{1};
  asio::steady_timer timer_{io_}, patience_{io_};
  tcp::resolver::results_type endpoints_;
  std::vector<std::unique_ptr<LoadClient>> clients_;
  std::size_t started_ = 0, connected_ = 0;
  std::int64_t busy_ = 0, steps_left_ = 0, released_ = 0;
  Clock::time_point begin_, end_, last_reply_;
  bool over_ = false;
  LoadReport report_;
};

using Loops = std::vector<std::unique_ptr<LoadLoop>>;

// Calls `work` for all loops, each but the first on a thread of its own.
template <class Work>
void on_all(const Loops& loops, Work work) {
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < loops.size(); ++i)
    threads.emplace_back([&work, loop = loops[i].get()] { work(*loop); });
  work(*loops.front());
  for (std::thread& thread : threads) thread.join();
}

LoadReport add_up(const Loops& loops) {
  LoadReport total;
  for (const std::unique_ptr<LoadLoop>& loop : loops) {
    const LoadReport& report = loop->report();
    total.seconds = std::max(total.seconds, report.seconds);
    total.steps += report.steps;
    total.errors += report.errors;
    total.unanswered += report.unanswered;
    total.lost += report.lost;
    if (total.first_failure.empty()) total.first_failure = report.first_failure;
    total.latency.merge(report.latency);
  }
  return total;
}

}  // namespace

LoadReport run_load(const LoadOptions& options, const std::function<void()>& begins,
                    const std::function<void()>& ends) {
  const int count = std::clamp(options.threads, 1, std::max(1, options.connections));
  Loops loops;
  for (int i = 0; i < count; ++i) {
    const int share = options.connections / count + (i < options.connections % count ? 1 : 0);
    loops.push_back(std::make_unique<LoadLoop>(options, share, count));
  }
  const auto play = [&](double time, std::int64_t steps) {
    const Clock::time_point begin = Clock::now();
    on_all(loops, [&](LoadLoop& loop) { loop.play(begin, begin + seconds(time), steps); });
  };
  on_all(loops, [](LoadLoop& loop) { loop.connect(); });
  if (options.warm_up > 0) play(options.warm_up, 0);
  for (const std::unique_ptr<LoadLoop>& loop : loops) loop->forget_counts();
  begins();
  play(options.seconds, (options.steps + count - 1) / count);
  ends();
  return add_up(loops);
}

}  // namespace sqlenv
