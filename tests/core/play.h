// Helpers for tests of whole episodes: starting one, the gold as an ANSWER, a block of a document.
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/episode/episode.h"

namespace sqlenv::test {

// Starts an episode of one question. Fails the test and stops it on an error.
Episode start_episode(Environment& environment, const std::string& question,
                      const std::string& reward, int step_budget = 15);

// Rows as an ANSWER in JSON.
std::string rows_as_answer(const ResultTable& table);

// The task's gold as an ANSWER.
std::string gold_answer(Environment& environment, const Task& task);

// All tasks of the default pack, or every `stride`-th.
std::vector<Task> tasks_of(const Catalog& catalog, std::size_t stride = 1);

// A seeded action against the schema: valid, invalid or hostile. Never reads the gold.
Action random_action(const Episode& episode, Random& random);

// An amount as the documents write it, without a plus sign: "0.015", "1.18", "-0.1".
std::string amount_text(Micros amount);

// Fails unless the document (a file of docs/) holds `text` between the lines
// <!-- begin NAME --> and <!-- end NAME -->. The failure shows what should be there.
void expect_block(const std::string& document, const std::string& name, const std::string& text);

}  // namespace sqlenv::test
