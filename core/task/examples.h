// ExampleImporter: turns examples of published data sets (Spider, BIRD and the like) into
// questions.
//
// An Example is one entry of the data set, already parsed (wire/examples_json.h). Databases are
// given one after another, so that a data set larger than memory can be imported. Every gold query
// is run once. An example is left out, with the reason, if its database is never given, its gold
// query fails, or another example has its id.
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
  std::string id;     // empty if the data set has none
  std::string question;
  std::string evidence;  // BIRD's hint, which becomes part of the question's text
  std::string sql;
  std::string database;
  std::string difficulty;  // the data set's word; computed if empty
  std::string split;       // train or eval
};

// Ids are "{database}_{split}_{nnn}": nnn is the data set's own id if that is a number, else a
// count in the order of the examples. An id that is a word is kept. Difficulty is the data set's
// (simple, moderate and challenging mean easy, medium and hard) or follows from the gold query:
// easy reads one table without grouping or nesting, medium reads one table with them or two
// without, hard is the rest.
class ExampleImporter {
 public:
  explicit ExampleImporter(std::vector<Example> examples);

  // The databases that the examples need, in the order of their first example.
  std::vector<std::string> databases() const;
  std::int64_t examples_of(const std::string& database) const;

  // Imports the examples of one database. TIMEOUT if `stopped` returned true; other failures become
  // remarks.
  Result<void> take(const std::string& name, Database& database,
                    const std::function<bool()>& stopped = {});

  // Leaves out the examples of a database.
  void leave_out(const std::string& name, const std::string& why);

  // The questions, in the order of the examples. Leaves out those whose database was never given.
  std::vector<Question> finish();
  const std::vector<ImportRemark>& skipped() const { return skipped_; }

 private:
  std::vector<Example> examples_;
  std::map<std::string, std::vector<std::size_t>> by_database_;  // positions in examples_
  std::vector<Question> questions_;                              // at the places of examples_
  std::map<std::size_t, std::string> reasons_;                   // why left out, by position
  std::vector<ImportRemark> skipped_;
};

}  // namespace sqlenv
