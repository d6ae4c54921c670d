// Turns the examples of Spider's release (Yu et al., EMNLP 2018) into questions of a pack.
//
// The release is a folder with dev.json, train_spider.json and database/NAME/NAME.sqlite. This part
// takes the parsed examples and the opened databases; reading JSON and files is the caller's.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/sql/database.h"
#include "core/task/question.h"

namespace sqlenv {

struct SpiderExample {
  std::string question;
  std::string query;
  std::string database;
  std::string split;  // "eval" from dev.json, "train" from train_spider.json
};

struct SkippedExample {
  std::string what;  // "dev.json, example 12 (world_1)"
  std::string why;
};

struct SpiderImport {
  std::vector<Question> questions;
  std::vector<SkippedExample> skipped;
};

// Runs every gold query once. An example is skipped, with the reason, if its database is missing or
// its gold query fails. Answer type and difficulty follow from the result and from the tables read:
// easy reads one table without grouping or nesting, medium one with or two without, hard the rest.
// Ids are "{database}_{split}_{nnn}" in the order of the file.
SpiderImport import_spider(const std::vector<SpiderExample>& examples,
                           std::map<std::string, Database>& databases);

}  // namespace sqlenv
