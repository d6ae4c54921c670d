// QuestionDraft: a question with its query as a template proposes it, before it is examined.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sqlenv::generate {

enum class Shape { kOne, kList, kTable };  // one cell, one column of rows, several columns

// A query whose result must have a certain property; otherwise the draft is dropped.
struct Check {
  enum class Kind {
    kZero,      // its first cell is 0
    kAtLeast,   // its first cell is at least `number`
    kAtMost,    // its first cell is at most `number`
    kNoTie,     // the first `number` + 1 cells of its last column differ and none is NULL
    kUnrounded  // no cell lies half-way between two numbers of `number` decimals
  };
  Kind kind = Kind::kZero;
  std::string sql;
  std::int64_t number = 0;
};

struct QuestionDraft {
  std::string text;
  std::string sql;
  Shape shape = Shape::kOne;
  std::vector<std::size_t> tables;  // each as often as it is read from
  bool layered = false;             // subquery, set operation, window or anti-join
  bool grouped = false;             // GROUP BY
  std::vector<Check> checks;
  std::int64_t least = 1;               // smallest allowed number in kOne
  std::optional<std::int64_t> most;     // largest allowed number in kOne
  std::optional<std::int64_t> longest;  // most rows of kList and kTable, if below kMostRows
};

}  // namespace sqlenv::generate
