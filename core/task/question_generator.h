// QuestionGenerator: plain questions about any database, made from its schema and its contents.
//
// Each question has gold SQL, an answer type, a difficulty known from how it was made, the tables
// involved and a split. Families (a pattern of question and query) are listed by
// question_families(); docs/questions.md shows an example of each.
//
// Every question was run before it is given out: its result is not empty, has no NULL, no padded
// text and no row twice; order keys have no ties, reals are rounded as the question says and none
// lies half-way; no other question of the run has its text or its query. Nothing depends on the
// order in which rows are stored.
//
// Equal image, name and options give equal questions on every platform. Work is bounded: see
// GeneratorOptions::max_work. A generator belongs to one thread and keeps its image alive.
#pragma once

#include <cstdint>
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
  double eval_share = 0.3;            // of the questions, from 0 to 1
  std::vector<std::string> families;  // names from question_families(); empty: all

  // Operations of the database (sql/database.h) that may be spent in all; the same on every
  // platform. 10,000 questions take some 400 million of a small database; one of a million rows
  // spends the default.
  std::int64_t max_work = 600'000'000;
};

struct QuestionFamily {
  std::string name;     // "count_filter"
  std::string meaning;  // what is asked, for people: "how many rows meet a condition"
};

struct FamilyTally {
  int accepted = 0;
  int proposed = 0;                     // candidates that were worded, the accepted ones included
  std::map<std::string, int> rejected;  // by reason, such as "duplicate" or "tie"
};

struct GeneratedQuestions {
  std::int64_t work = 0;                         // operations that were spent, as of max_work
  std::vector<Question> questions;               // ids "{name}_{split}_{nnn}", numbered per split
  std::vector<std::string> families;             // of each question, in the same order
  std::map<std::string, FamilyTally> by_family;  // only of families that were tried
  std::string shortfall;  // why there are fewer than asked for; empty if there are not
};

// All families, in a fixed order.
const std::vector<QuestionFamily>& question_families();

// For faces that show progress or must return to their event loop: call advance() until it gives
// false, then finish(). Equal to generate_questions() however the calls are spread.
class QuestionGenerator {
 public:
  // BAD_OPTION if an option is out of range or names an unknown family.
  static Result<QuestionGenerator> open(const DatabaseImage& image, const std::string& name,
                                        const GeneratorOptions& options);

  QuestionGenerator(QuestionGenerator&&) noexcept;
  QuestionGenerator& operator=(QuestionGenerator&&) noexcept;
  ~QuestionGenerator();

  // Looks at one more table, or tries one more candidate. False when there is nothing left to do.
  bool advance();

  int accepted() const;  // questions so far

  // The questions made so far, split and numbered. The generator is spent.
  GeneratedQuestions finish();

 private:
  struct State;
  explicit QuestionGenerator(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

// All at once.
Result<GeneratedQuestions> generate_questions(const DatabaseImage& image, const std::string& name,
                                              const GeneratorOptions& options);

}  // namespace sqlenv
