// DatabaseOpener: makes packs of the player's own database files on a thread of its own, so that
// the window stays alive meanwhile.
//
// Files are opened one after another, in the order in which they were asked for. All functions
// belong to the thread that made the opener; destroying it stops what is going on.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/result.h"
#include "core/task/pack.h"

namespace sqlenv::desktop {

class DatabaseOpener {
 public:
  struct State {
    std::string file;     // being opened; empty: none
    int questions = 0;    // made so far; 0: the file is being read and checked
    int of = 0;           // questions that are wanted
    std::string refusal;  // why the last file was refused; empty: it was not
  };

  // `wake` is called, from the opener's own thread, when there is something new to show or take.
  explicit DatabaseOpener(std::function<void()> wake = {});
  DatabaseOpener(const DatabaseOpener&) = delete;
  DatabaseOpener& operator=(const DatabaseOpener&) = delete;
  ~DatabaseOpener();

  void open(const std::string& path);

  // Gives up what is being opened and what waits.
  void stop();
  void dismiss_refusal();

  State state() const;

  // Whether there is something that was not seen yet: state() changed, or a pack is there.
  bool has_news() const { return news_; }

  // The packs that are ready, each once.
  std::vector<Pack> take();

  // Until nothing is being opened any more.
  void wait();

 private:
  void run();
  void open_next(const std::string& path);
  void tell();

  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> waiting_;
  bool busy_ = false;
  bool ending_ = false;
  State state_;
  std::vector<Pack> ready_;
  std::atomic<bool> stopped_ = false;
  std::atomic<bool> news_ = false;
  std::thread thread_;
};

}  // namespace sqlenv::desktop
