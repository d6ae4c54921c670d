// Question: one task. Plain data, immutable once its pack is assembled.
//
// gold_sql and everything computed from it is hidden from agents until the episode is done.
#pragma once

#include <string>
#include <vector>

namespace sqlenv {

struct Question {
  std::string id;  // "{database}_{split}_{nnn}"
  std::string text;
  std::string database;
  std::string gold_sql;
  std::string answer_type;  // integer, float, string, list or table
  std::string difficulty;   // easy, medium or hard
  std::string split;        // train or eval
  std::vector<std::string> tables_involved;
};

}  // namespace sqlenv
