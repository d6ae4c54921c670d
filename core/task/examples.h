// Turns the examples of published data sets (Spider, BIRD and files like theirs) into questions.
//
// An Example is one entry as the data set gives it, already parsed (wire/examples_json.h).
// Databases are shown one after another, so that a data set larger than memory can be taken. Every
// gold query is run once; an example is left out, with the reason, if its database was never shown,
// its gold query fails, or its id was taken before.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/sql/database.h"
#include "core/task/import.h"
#include "core/task/question.h"

namespace sqlenv {

struct Example {
  std::string place;  // "dev.json, example 12"
  std::string id;     // empty if the data set gives none
  std::string question;
  std::string evidence;  // what BIRD tells besides; becomes part of the question's text
  std::string sql;
  std::string database;
  std::string difficulty;  // the data set's word; empty: computed
  std::string split;       // train or eval
};

// Ids are "{database}_{split}_{nnn}": nnn is the data set's own id if that is a number, else a
// count in the order of the examples. An id that is a word is kept. Difficulty is the data set's
// (simple, moderate and challenging are easy, medium and hard) or follows from the gold query: easy
// reads one table without grouping or nesting, medium one with or two without, hard the rest.
class ExampleImporter {
 public:
  explicit ExampleImporter(std::vector<Example> examples);

  // The databases asked about, in the order of their first example.
  std::vector<std::string> databases() const;
  std::int64_t examples_of(const std::string& database) const;

  // Takes the examples of one database. TIMEOUT if `stopped` said true; other troubles are remarks.
  Result<void> take(const std::string& name, Database& database,
                    const std::function<bool()>& stopped = {});

  // Leaves the examples of a database out.
  void leave_out(const std::string& name, const std::string& why);

  // What was taken, in the order of the examples. Those whose database nobody showed are left out.
  std::vector<Question> finish();
  const std::vector<ImportRemark>& skipped() const { return skipped_; }

 private:
  std::vector<Example> examples_;
  std::map<std::string, std::vector<std::size_t>> by_database_;  // positions in examples_
  std::vector<Question> questions_;                              // beside examples_
  std::map<std::size_t, std::string> reasons_;                   // why not, by position
  std::vector<ImportRemark> skipped_;
};

}  // namespace sqlenv
