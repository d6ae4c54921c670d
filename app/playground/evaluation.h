// EvaluationTable: the episodes of an evaluation's file, counted and as rows to choose from.
//
// Filled with the summaries of core/wire/evaluation_index.h, in the order of the file and on any
// thread. Databases and difficulties come from the catalog; a question that it does not have is
// counted under "unknown". Everything is counted; the first kMostEpisodes are also rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/policy/tally.h"
#include "core/sql/value.h"
#include "core/task/catalog.h"
#include "core/wire/evaluation_index.h"

namespace sqlenv::ui {

inline constexpr std::size_t kMostEpisodes = 100'000;

// The columns of EvaluationTable::rows().
enum EvaluationColumn : std::size_t {
  kResultColumn,  // "right" or "wrong"
  kQuestionColumn,
  kReturnColumn,
  kStepsColumn,
  kFailureColumn,
  kDifficultyColumn,
  kDatabaseColumn,
  kEvaluationColumns
};

// A part of a file, in bytes.
struct FileRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

class EvaluationTable {
 public:
  struct Group {
    std::string name;
    Tally tally;
  };

  // `name` is the file's.
  explicit EvaluationTable(std::string name);
  EvaluationTable(EvaluationTable&&) = delete;
  ~EvaluationTable();

  void add(const Catalog& catalog, const EpisodeSummary& episode);

  // A remark about the file: lines that could not be read, or that reading was stopped.
  void set_note(std::string note) { note_ = std::move(note); }

  const std::string& name() const { return name_; }
  const std::string& note() const { return note_; }
  const Tally& all() const { return all_; }

  // The groups in the order to be shown. REQUIRES: the column is one of database, difficulty and
  // failure.
  const std::vector<Group>& groups(EvaluationColumn column) const { return groups_[column]; }
  const ResultTable& rows() const { return rows_; }
  FileRange range(std::size_t row) const { return ranges_[row]; }

 private:
  void count(EvaluationColumn column, const std::string& name, const Tally& one);

  std::string name_;
  std::string note_;
  Tally all_;
  std::vector<Group> groups_[kEvaluationColumns];
  ResultTable rows_;
  std::vector<FileRange> ranges_;
};

}  // namespace sqlenv::ui
