// Reads the files of examples of published data sets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/task/examples.h"

namespace sqlenv {

struct ExampleFile {
  std::string name;   // named in messages
  std::string split;  // train or eval, for entries without one
};

struct ExampleList {
  std::vector<Example> examples;
  std::vector<ImportRemark> skipped;  // entries without a question, a query or a database
};

// Reads a JSON list of objects, or JSON Lines, in UTF-8 with or without a byte order mark.
// Each object has a question ("question" or "question_text"), a gold query ("query", "SQL", "sql"
// or "gold_sql") and a database ("db_id", "database_name" or "database", or `only_database` if that
// is not empty); it may have an id ("question_id" or "id"), "evidence", "difficulty" or "hardness",
// and "split". Other members are ignored. BAD_JSON if the file is neither.
Result<ExampleList> parse_examples(std::string_view text, const ExampleFile& file,
                                   const std::string& only_database = "");

}  // namespace sqlenv
