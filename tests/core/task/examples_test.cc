#include "core/task/examples.h"

#include <gtest/gtest.h>

#include "core/wire/examples_json.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

Example example(const std::string& question, const std::string& sql,
                const std::string& split = "eval") {
  Example made;
  made.place = "dev.json, example 1";
  made.question = question;
  made.sql = sql;
  made.database = "zoo";
  made.split = split;
  return made;
}

Database zoo() {
  return std::move(*Database::open(test::image_of(test::small_pack_files().at("zoo.sql"))));
}

struct Taken {
  std::vector<Question> questions;
  std::vector<ImportRemark> skipped;
};

Taken take(std::vector<Example> examples) {
  Database database = zoo();
  ExampleImporter importer(std::move(examples));
  EXPECT_TRUE(importer.take("zoo", database).has_value());
  Taken taken;
  taken.questions = importer.finish();
  taken.skipped = importer.skipped();
  return taken;
}

TEST(Examples, NumbersTypesAndSkips) {
  Example gone = example("Gone?", "SELECT 1");
  gone.database = "missing";
  const Taken taken =
      take({example("How many?", "SELECT count(*) FROM animal;"),
            example("Which?", "SELECT name FROM animal WHERE species = \"lion\""),
            example("Who?", "SELECT full_name, name FROM keeper JOIN animal USING (keeper_id)"),
            example("Mean?", "SELECT avg(weight) FROM animal", "train"),
            example("Broken?", "SELECT a FROM nowhere"), gone});
  ASSERT_EQ(taken.questions.size(), 4u);
  EXPECT_EQ(taken.questions[0].id, "zoo_eval_001");
  EXPECT_EQ(taken.questions[0].answer_type, "integer");
  EXPECT_EQ(taken.questions[0].difficulty, "easy");
  EXPECT_EQ(taken.questions[1].answer_type, "string");
  EXPECT_EQ(taken.questions[2].id, "zoo_eval_003");
  EXPECT_EQ(taken.questions[2].answer_type, "table");
  EXPECT_EQ(taken.questions[2].difficulty, "medium");
  EXPECT_EQ(taken.questions[2].tables_involved, (std::vector<std::string>{"animal", "keeper"}));
  EXPECT_EQ(taken.questions[3].id, "zoo_train_001");
  EXPECT_EQ(taken.questions[3].answer_type, "float");
  ASSERT_EQ(taken.skipped.size(), 2u);
  EXPECT_NE(taken.skipped[0].why.find("NO_SUCH_TABLE"), std::string::npos) << taken.skipped[0].why;
  EXPECT_EQ(taken.skipped[1].why, "its database is not there");
  EXPECT_EQ(taken.skipped[1].what, "dev.json, example 1 (missing)");
}

TEST(Examples, KeepsOwnIdsAndDifficulties) {
  Example bird = example("Heaviest?", "SELECT name FROM animal ORDER BY weight DESC LIMIT 1");
  bird.id = "17";
  bird.difficulty = "challenging";
  bird.evidence = " heaviest means most weight ";
  Example again = bird;
  again.question = "Again?";
  Example word = example("Word?", "SELECT 1");
  word.id = "my_own-id";
  word.difficulty = "no such word";
  const Taken taken = take({bird, again, word, example("Plain?", "SELECT 2")});
  ASSERT_EQ(taken.questions.size(), 3u);
  EXPECT_EQ(taken.questions[0].id, "zoo_eval_017");
  EXPECT_EQ(taken.questions[0].difficulty, "hard");
  EXPECT_EQ(taken.questions[0].text, "Heaviest? Evidence: heaviest means most weight");
  EXPECT_EQ(taken.questions[1].id, "my_own-id");
  EXPECT_EQ(taken.questions[1].difficulty, "easy");
  EXPECT_EQ(taken.questions[2].id, "zoo_eval_001");
  ASSERT_EQ(taken.skipped.size(), 1u);
  EXPECT_EQ(taken.skipped[0].why, "its id 17 was taken before");
}

TEST(Examples, CountedIdsNeverMeetOwnOnes) {
  Example first = example("Own?", "SELECT 1");
  first.id = "2";
  const Taken taken = take({first, example("A?", "SELECT 1"), example("B?", "SELECT 1")});
  ASSERT_EQ(taken.questions.size(), 3u);
  EXPECT_EQ(taken.questions[1].id, "zoo_eval_001");
  EXPECT_EQ(taken.questions[2].id, "zoo_eval_003");
}

TEST(Examples, ADatabasesNameMustBePlain) {
  for (const char* name : {"../x", "/etc/passwd", "a\\b", ".hidden", "a\nb", "\xff"}) {
    Example evil = example("?", "SELECT 1");
    evil.database = name;
    ExampleImporter importer({evil});
    EXPECT_TRUE(importer.databases().empty()) << name;
    EXPECT_TRUE(importer.finish().empty());
    ASSERT_EQ(importer.skipped().size(), 1u);
    EXPECT_EQ(importer.skipped()[0].why, "its database's name cannot be the name of a file");
  }
}

TEST(Examples, StopsWhenAsked) {
  Database database = zoo();
  ExampleImporter importer({example(
      "?",
      "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT sum(n) FROM t")});
  const Result<void> taken = importer.take("zoo", database, [] { return true; });
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(taken.error().code, ErrorCode::kTimeout);
}

TEST(ExamplesJson, ReadsTheMembersOfEachDataSet) {
  const auto list = parse_examples(
      R"([{"question":"q","query":"SELECT 1","db_id":"d","sql":{}},
          {"question_id":7,"question":"b","evidence":"e","SQL":"SELECT 2","db_id":"d",
           "difficulty":"simple"},
          {"question_id":"x_1","question_text":"o","gold_sql":"SELECT 3","database_name":"d",
           "split":"train"}])",
      {"dev.json", "eval"});
  ASSERT_TRUE(list.has_value());
  ASSERT_EQ(list->examples.size(), 3u);
  EXPECT_EQ(list->examples[0].sql, "SELECT 1");
  EXPECT_EQ(list->examples[0].split, "eval");
  EXPECT_EQ(list->examples[1].id, "7");
  EXPECT_EQ(list->examples[1].evidence, "e");
  EXPECT_EQ(list->examples[1].difficulty, "simple");
  EXPECT_EQ(list->examples[2].id, "x_1");
  EXPECT_EQ(list->examples[2].split, "train");
  EXPECT_EQ(list->examples[2].place, "dev.json, example 3");
}

TEST(ExamplesJson, SkipsEntriesThatLackSomething) {
  const auto list = parse_examples(
      R"([{"question":"q"}, 3, {"query":"SELECT 1","db_id":"d"}, {"question":"q","query":"SELECT 1"},
          {"id":"a b","question":"q","query":"SELECT 1","db_id":"d"}])",
      {"dev.json", "eval"});
  ASSERT_TRUE(list.has_value());
  EXPECT_TRUE(list->examples.empty());
  const std::vector<ImportRemark> expected = {
      {"dev.json, example 1", "it has no gold query"},
      {"dev.json, example 2", "it is not an object"},
      {"dev.json, example 3", "it has no question"},
      {"dev.json, example 4", "it does not say which database"},
      {"dev.json, example 5", "its id is too long or holds blanks"}};
  EXPECT_EQ(list->skipped, expected);
}

TEST(ExamplesJson, TakesLinesMarksAndOneDatabase) {
  const auto list = parse_examples(
      "\xEF\xBB\xBF{\"question\":\"a\",\"sql\":\"SELECT 1\"}\r\n\n"
      "{\"question\":\"b\",\"sql\":\"SELECT 2\"}\n",
      {"q.jsonl", "eval"}, "only");
  ASSERT_TRUE(list.has_value());
  ASSERT_EQ(list->examples.size(), 2u);
  EXPECT_EQ(list->examples[1].database, "only");
}

TEST(ExamplesJson, SaysWhatAFileIsNot) {
  const ExampleFile file{"dev.json", "eval"};
  EXPECT_EQ(parse_examples("{}", file).error().code, ErrorCode::kBadJson);
  EXPECT_EQ(parse_examples("", file).error().message, "dev.json is not a JSON list of examples.");
  EXPECT_EQ(parse_examples("[\"caf\xe9\"]", file).error().message,
            "dev.json is not UTF-8 text: see byte 6. Save it as UTF-8.");
}

}  // namespace
}  // namespace sqlenv
