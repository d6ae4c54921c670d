// QuestionGenerator: makes plain questions about any database from its schema and its contents.
//
// Each question has gold SQL, an answer type, a difficulty that follows from its template, the
// tables involved and a split. question_families() lists the families of questions;
// docs/questions.md shows an example of each.
//
// Each question is run before it is given out: its result is not empty, has no NULL, no padded text
// and no repeated row; order keys have no ties, reals are rounded as the question says and none
// lies half-way between two roundings. No two questions of a run share a text or a query. The order
// in which rows are stored changes nothing.
//
// Equal image, name and options give equal questions on every platform. Work is bounded: see
// GeneratorOptions::max_work. A generator belongs to one thread and keeps its image alive.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/sql/database.h"
#include "core/task/question.h"

namespace sqlenv {

struct GeneratorOptions {
  std::uint64_t seed = 0;
  int count = 100;                    // at most 1,000,000
  double eval_share = 0.3;            // share of the questions in the eval split, from 0 to 1
  std::vector<std::string> families;  // names from question_families(); empty: all

  // The most operations of the database (sql/database.h) to spend, the same on every platform.
  // 10,000 questions about a small database take some 400 million; a database of a million rows
  // takes the default.
  std::int64_t max_work = 600'000'000;

  // Called now and then; once it returns true, no query runs to its end any more.
  std::function<bool()> stopped;
};

struct QuestionFamily {
  std::string name;     // "count_filter"
  std::string meaning;  // for people: "how many rows meet a condition"
};

struct FamilyTally {
  int accepted = 0;
  int proposed = 0;                     // drafts, the accepted ones included
  std::map<std::string, int> rejected;  // by reason, such as "duplicate" or "tie"
};

struct GeneratedQuestions {
  std::int64_t work = 0;                         // operations spent, of max_work
  std::vector<Question> questions;               // ids "{name}_{split}_{nnn}", numbered per split
  std::vector<std::string> families;             // one a question, in the same order
  std::map<std::string, FamilyTally> by_family;  // the families that were tried
  std::string shortfall;  // why there are fewer than asked for; empty if all are there
};

// All families, in a fixed order.
const std::vector<QuestionFamily>& question_families();

// Generates in pieces, for faces that show progress or must return to their event loop: call
// advance() until it returns false, then finish(). The result equals generate_questions().
class QuestionGenerator {
 public:
  // BAD_OPTION if an option is out of range or names an unknown family.
  static Result<QuestionGenerator> open(const DatabaseImage& image, const std::string& name,
                                        const GeneratorOptions& options);

  QuestionGenerator(QuestionGenerator&&) noexcept;
  QuestionGenerator& operator=(QuestionGenerator&&) noexcept;
  ~QuestionGenerator();

  // Profiles one more table, or tries one more draft. False when there is nothing left to do.
  bool advance();

  int accepted() const;  // questions so far

  // The questions made so far, split and numbered. Call it once, last.
  GeneratedQuestions finish();

 private:
  struct State;
  explicit QuestionGenerator(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

// Generates all questions at once.
Result<GeneratedQuestions> generate_questions(const DatabaseImage& image, const std::string& name,
                                              const GeneratorOptions& options);

}  // namespace sqlenv
