#include "app/cli/model_player.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include "app/descriptor_limit.h"
#include "app/http/http_client.h"

namespace sqlenv::cli {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kProgressEvery{100};

// Replies on their way from the client's thread.
class Mailbox {
 public:
  struct Letter {
    std::int64_t number = 0;
    HttpReply reply;
  };

  void put(Letter letter) {
    {
      const std::lock_guard lock(mutex_);
      letters_.push_back(std::move(letter));
    }
    changed_.notify_one();
  }

  std::vector<Letter> take(milliseconds wait) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, wait, [this] { return !letters_.empty(); });
    return std::exchange(letters_, {});
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Letter> letters_;
};

}  // namespace

Result<void> play_by_http(ModelRun& run, const std::function<void()>& progress) {
  const auto begin = std::chrono::steady_clock::now();
  const auto now = [begin] {
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);
  };
  const auto today = [] {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  };
  raise_descriptor_limit();
  Mailbox mailbox;
  HttpClient client;
  while (!run.over()) {
    while (std::optional<ModelRun::Ask> ask = run.next(now()))
      client.start(std::move(ask->request), [&mailbox, number = ask->number](HttpReply reply) {
        mailbox.put({number, std::move(reply)});
      });
    progress();
    if (run.over()) break;
    const milliseconds wakes = run.wakes_at().value_or(now() + kProgressEvery) - now();
    for (Mailbox::Letter& letter :
         mailbox.take(std::clamp(wakes, milliseconds(0), kProgressEvery))) {
      run.take(letter.number, letter.reply, now(), today());
      progress();
    }
  }
  return {};
}

}  // namespace sqlenv::cli
