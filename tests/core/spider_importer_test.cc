#include "core/task/spider_importer.h"

#include <gtest/gtest.h>

#include "core/wire/spider_json.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

TEST(SpiderImporter, NumbersTypesAndSkips) {
  std::map<std::string, Database> databases;
  databases.emplace(
      "zoo", std::move(*Database::open(test::image_of(test::small_pack_files().at("zoo.sql")))));
  const SpiderImport import = import_spider(
      {{"How many?", "SELECT count(*) FROM animal;", "zoo", "eval"},
       {"Which?", "SELECT name FROM animal WHERE species = \"lion\"", "zoo", "eval"},
       {"Who?", "SELECT full_name, name FROM keeper JOIN animal USING (keeper_id)", "zoo", "eval"},
       {"Mean?", "SELECT avg(weight) FROM animal", "zoo", "train"},
       {"Broken?", "SELECT a FROM nowhere", "zoo", "eval"},
       {"Gone?", "SELECT 1", "missing", "eval"}},
      databases);
  ASSERT_EQ(import.questions.size(), 4u);
  EXPECT_EQ(import.questions[0].id, "zoo_eval_001");
  EXPECT_EQ(import.questions[0].answer_type, "integer");
  EXPECT_EQ(import.questions[0].difficulty, "easy");
  EXPECT_EQ(import.questions[1].answer_type, "string");
  EXPECT_EQ(import.questions[2].id, "zoo_eval_003");
  EXPECT_EQ(import.questions[2].answer_type, "table");
  EXPECT_EQ(import.questions[2].difficulty, "medium");
  EXPECT_EQ(import.questions[2].tables_involved, (std::vector<std::string>{"animal", "keeper"}));
  EXPECT_EQ(import.questions[3].id, "zoo_train_001");
  EXPECT_EQ(import.questions[3].answer_type, "float");
  ASSERT_EQ(import.skipped.size(), 2u);
  EXPECT_NE(import.skipped[0].why.find("NO_SUCH_TABLE"), std::string::npos)
      << import.skipped[0].why;
  EXPECT_EQ(import.skipped[1].why, "its database is not in the release's folder");
}

TEST(SpiderJson, ReadsExamples) {
  const auto examples = parse_spider_examples(
      R"([{"question":"q","query":"SELECT 1","db_id":"d","sql":{}}])", "eval");
  ASSERT_TRUE(examples.has_value());
  EXPECT_EQ((*examples)[0].database, "d");
  EXPECT_EQ(parse_spider_examples("{}", "eval").error().code, ErrorCode::kBadJson);
  EXPECT_EQ(parse_spider_examples(R"([{"question":"q"}])", "eval").error().message,
            "example 1 lacks question, query or db_id.");
}

}  // namespace
}  // namespace sqlenv
