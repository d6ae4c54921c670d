#include "core/agent/worked_examples.h"

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

#include "core/agent/agent_episode.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

constexpr const char* kPack = R"json({"format": "sqlenv-pack/1", "name": "examples",
  "title": "Examples", "license": "MIT", "databases": [
  {"name": "library", "file": "library.sql", "title": "Library", "description": "Books"},
  {"name": "markets", "file": "markets.sql", "title": "Markets", "description": "Stalls"}],
  "questions": ["questions.json"]})json";

constexpr const char* kLibrary = R"(
CREATE TABLE author (author_id INTEGER PRIMARY KEY, name TEXT, born INTEGER);
CREATE TABLE book (book_id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author, title TEXT,
                   year INTEGER);
CREATE TABLE loan (book_id INTEGER REFERENCES book, member TEXT, due TEXT);
INSERT INTO author VALUES (1, 'Ada Quill', 1931), (2, 'Bo Reed', 1950);
INSERT INTO book VALUES (1, 1, 'Ink', 1960), (2, 1, 'Dust', 1971), (3, 1, 'Salt', 1988),
                        (4, 2, 'Moss', 1999);
)";

constexpr const char* kMarkets = R"(
CREATE TABLE town (town_id INTEGER PRIMARY KEY, name TEXT, region TEXT);
CREATE TABLE stall (stall_id INTEGER PRIMARY KEY, town_id INTEGER REFERENCES town, goods TEXT,
                    opened TEXT);
INSERT INTO town VALUES (1, 'Tarn', 'north'), (2, 'Vell', 'south'), (3, 'Norby', 'north');
INSERT INTO stall VALUES (1, 1, 'Cheese', '2019'), (2, 2, 'fish', '2020'), (3, 2, 'cheese', '2021'),
                         (4, 3, 'bread', '2021');
)";

constexpr const char* kQuestions = R"json([
  {"question_id": "library_train_001", "question_text": "How many books did Ada Quill write?",
   "database_name": "library", "gold_sql": "SELECT count(*) FROM book WHERE author_id = 1",
   "answer_type": "integer", "difficulty": "easy", "tables_involved": ["book"], "split": "train"},
  {"question_id": "markets_train_001", "question_text": "In which towns is cheese sold?",
   "database_name": "markets", "gold_sql": "SELECT name FROM town WHERE town_id IN (1, 2)",
   "answer_type": "list", "difficulty": "easy", "tables_involved": ["town"], "split": "train"}
])json";

// The two episodes of `text`: their lines, without the empty ones behind them.
std::vector<std::vector<std::string>> episodes_of(std::string_view text) {
  std::vector<std::vector<std::string>> out(1);
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) out.emplace_back();
    else out.back().push_back(line);
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

bool is_action(const std::string& line) {
  return line.size() > 1 && line[1] == ' ' &&
         std::string("DSQA").find(line[0]) != std::string::npos;
}

class WorkedExamplesTest : public ::testing::Test {
 protected:
  // Plays the actions of `lines` and gives the text that comes of it.
  std::string played(const std::vector<std::string>& lines, const std::string& question) {
    ResetOptions options;
    options.filter.question_id = question;
    Episode episode = *environment_.reset(options);
    AgentEpisode agent(Dialect::kCompact, episode.first().observation);
    for (const std::string& line : lines) {
      if (!is_action(line)) continue;
      const ModelCompletion completion{line, {}, false};
      const ReadCompletion read = agent.read(completion);
      agent.add(completion, read, episode.step(read.action).observation);
    }
    EXPECT_TRUE(episode.verdict() && episode.verdict()->correct) << agent.prompt();
    // The prompt holds the rows in the place of "=".
    return agent.prompt().substr(0, agent.prompt().rfind("\nA ")) + "\nA =\n";
  }

  test::MemoryFiles files_{{{"pack.json", kPack},
                            {"library.sql", kLibrary},
                            {"markets.sql", kMarkets},
                            {"questions.json", kQuestions}}};
  std::shared_ptr<const Catalog> catalog_ = test::catalog_of(files_);
  Environment environment_{catalog_};
};

TEST_F(WorkedExamplesTest, AreWhatWinningEpisodesWrite) {
  const std::vector<std::vector<std::string>> episodes = episodes_of(compact_examples());
  ASSERT_EQ(episodes.size(), 2u);
  std::string text;
  text += played(episodes[0], "library_train_001") + "\n";
  text += played(episodes[1], "markets_train_001") + "\n";
  EXPECT_EQ(text, compact_examples());
}

}  // namespace
}  // namespace sqlenv
