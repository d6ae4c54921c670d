// ImportSession: one import on its way to a pack folder.
//
// Importers hand over databases as they come, so that only one need be in memory, then questions;
// finish() writes the rest, loads what was written, and only then puts the pack in its place. The
// report, which is shown to the person at the end, grows meanwhile. For one thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/cli/interrupt.h"
#include "app/cli/pack_draft.h"
#include "app/cli/progress.h"
#include "core/task/import.h"
#include "core/task/pack.h"

namespace sqlenv::cli {

class ImportSession {
 public:
  struct Options {
    std::string name;     // the pack's
    std::string output;   // the pack's folder; empty: under that name where packs are kept
    int questions = 100;  // generated for a database that comes without any
  };

  static Result<ImportSession> begin(const Options& options, const std::string& title,
                                     const std::string& license);

  // Writes the database; with `generate`, makes questions about it too.
  Result<void> add_database(const PackDatabase& database, bool generate);
  bool has_database(const std::string& name) const;
  void add_questions(std::vector<Question> questions);
  void skip(std::vector<ImportRemark> remarks);
  void note(std::vector<ImportRemark> remarks);
  void add_tables(std::vector<ImportedTable> tables);

  Result<void> finish();

  void show(const std::string& progress) { progress_->show(progress); }
  bool is_empty() const { return manifest_.databases.empty(); }

  // Digest, databases and counts are there once finish() is done.
  const ImportReport& report() const { return report_; }

 private:
  ImportSession(PackDraft draft, int questions);
  Result<void> write_questions(const std::string& split);

  PackDraft draft_;
  int wanted_;
  PackManifest manifest_;
  std::vector<Question> questions_;
  ImportReport report_;
  std::unique_ptr<Progress> progress_;
};

}  // namespace sqlenv::cli
