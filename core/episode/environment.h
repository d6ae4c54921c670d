// Environment: one thread's open connections to the databases of a catalog.
//
// Connections are opened on first use and kept, and so are gold results, so that a step never opens
// anything. An Environment and the episodes started from it belong to one thread at a time; it must
// outlive them. The catalog is shared between all environments.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "core/episode/progress.h"
#include "core/sql/database.h"
#include "core/task/catalog.h"
#include "core/verify/gold.h"

namespace sqlenv {

class Episode;
struct ResetOptions;

class Environment {
 public:
  explicit Environment(std::shared_ptr<const Catalog> catalog) : catalog_(std::move(catalog)) {}
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  const Catalog& catalog() const { return *catalog_; }

  // Starts an episode. BAD_OPTION for options that are unknown or contradict each other; INTERNAL
  // if the question's gold query fails, which is the pack's fault.
  Result<Episode> reset(const ResetOptions& options);

  // Starts an episode of `task`, whatever the options' filter says. Errors as for reset().
  // REQUIRES: the task is of this catalog.
  Result<Episode> start(const Task& task, const ResetOptions& options);

  // Copies an episode of the same catalog from another environment, so that the copy goes on here.
  // Its gold is shared, not computed again.
  Result<Episode> adopt(const Episode& episode);

  // The task that reset() would choose. Errors as for reset().
  Result<Task> choose(const ResetOptions& options) const;

  // Whether the gold of a task is known, so that starting an episode of it takes no time.
  bool knows_gold(const Task& task) const { return targets_.contains(task.question); }

  // The limits of an agent's query. A face with a clock sets deadline_passed.
  QueryLimits& query_limits() { return limits_; }

  // Whether episodes keep the rows of every query for their history. A screen wants them; a server
  // does not, since its clients decide how many there are. True at first.
  void keep_tables(bool keep) { keeps_tables_ = keep; }
  bool keeps_tables() const { return keeps_tables_; }

  // The open connection to a task's database. REQUIRES: the task is of this catalog.
  Database& connection(const Task& task);

  // The gold of a task, and the meter that compares results with it: computed at most once, and
  // valid as long as the environment. Immutable, so environments of several threads may share one.
  struct Target {
    Gold gold;
    ProgressMeter progress;
  };
  Result<const Target*> target(const Task& task);
  Result<const Gold*> gold(const Task& task);

  // The first kSampleRows rows of a table and their text, read at most once. REQUIRES: the table is
  // of the task's database.
  struct Sample {
    std::shared_ptr<const ResultTable> rows;
    std::string text;
  };
  Result<const Sample*> sample(const Task& task, const Table& table);

  // The text of a table's description, rendered at most once. REQUIRES: as for sample().
  const std::string& description(const Table& table);

 private:
  Result<std::shared_ptr<const Target>> shared_target(const Task& task);

  // The connection to the mirror of a task's database, or the error for which there is none.
  Result<Database*> mirror(const Task& task);

  std::shared_ptr<const Catalog> catalog_;
  QueryLimits limits_;
  bool keeps_tables_ = true;
  std::map<const PackDatabase*, Database> connections_;
  std::map<const PackDatabase*, Result<Database>> mirrors_;
  std::unordered_map<const Question*, std::shared_ptr<const Target>> targets_;
  std::unordered_map<const Table*, Sample> samples_;
  std::unordered_map<const Table*, std::string> descriptions_;
};

}  // namespace sqlenv
