// DatabaseOpener: makes packs of the player's own database files, and tables of files of many
// trajectories, on a thread of its own, so that the window stays alive meanwhile.
//
// Files are opened one after another, in the order in which they were asked for. All functions
// belong to the thread that made the opener; destroying it stops what is going on.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/playground/evaluation.h"
#include "core/base/result.h"
#include "core/task/pack.h"

namespace sqlenv::desktop {

class DatabaseOpener {
 public:
  struct State {
    std::string file;        // being opened; empty: none
    int questions = 0;       // made so far; 0: the file is being read and checked
    int of = 0;              // questions that are wanted
    std::uint64_t read = 0;  // of a file of trajectories, and of how many bytes; 0: it is none
    std::uint64_t bytes = 0;
    std::string refusal;  // why the last file was refused; empty: it was not
  };

  // `wake` is called, from the opener's own thread, when there is something new to show or take.
  explicit DatabaseOpener(std::function<void()> wake = {});
  DatabaseOpener(const DatabaseOpener&) = delete;
  DatabaseOpener& operator=(const DatabaseOpener&) = delete;
  ~DatabaseOpener();

  void open(const std::string& path);

  // Reads a file of many trajectories of this catalog's questions. If it is stopped, the table
  // holds what was read so far.
  void open_evaluation(const std::string& path, std::shared_ptr<const Catalog> catalog);

  // Gives up the file that is being opened and those that wait.
  void stop();
  void dismiss_refusal();

  State state() const;

  // Whether state() has changed or a pack is ready since the last take().
  bool has_news() const { return news_; }

  // The packs that are ready, each once.
  std::vector<Pack> take();

  // The table of the evaluation that was read last, once, and its path.
  struct Evaluation {
    std::string path;
    std::unique_ptr<ui::EvaluationTable> table;
  };
  std::optional<Evaluation> take_evaluation();

  // Waits until nothing is being opened any more.
  void wait();

 private:
  void run();
  struct Request {
    std::string path;
    std::shared_ptr<const Catalog> catalog;  // null: a database
  };
  void queue(Request request);
  void open_next(const Request& request);
  void open_database(const std::string& path);
  void read_evaluation(const Request& request);
  void notify();

  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Request> waiting_;
  bool busy_ = false;
  bool ending_ = false;
  State state_;
  std::vector<Pack> ready_;
  std::optional<Evaluation> evaluation_;
  std::atomic<bool> stopped_ = false;
  std::atomic<bool> news_ = false;
  std::thread thread_;
};

}  // namespace sqlenv::desktop
