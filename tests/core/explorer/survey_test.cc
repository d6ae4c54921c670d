#include "core/explorer/survey.h"

#include <gtest/gtest.h>

#include "tests/core/explorer/shelter.h"

namespace sqlenv {
namespace {

using test::kCity, test::kPerson, test::kPet;

TEST(Survey, TellsWhatColumnsHold) {
  const test::Shelter shelter;
  const Survey survey = shelter.survey(read_question("Which dog or cat lives in \"porto\"?"));
  const ColumnFacts& species = survey.facts(shelter.column(kPet, "species"));
  EXPECT_TRUE(species.known);
  EXPECT_EQ(species.distinct, 2);
  EXPECT_EQ(species.numbers, 0);
  EXPECT_EQ(species.nulls, 0);
  EXPECT_EQ(species.least, "cat");
  EXPECT_EQ(species.matches, (std::vector<std::string>{"dog", "cat"}));
  EXPECT_EQ(survey.facts(shelter.column(kCity, "name")).matches, std::vector<std::string>{"Porto"});
  EXPECT_EQ(survey.facts(shelter.column(kPet, "weight")).numbers, 2);
}

TEST(Survey, CountsNullsAndNumbersInTexts) {
  const DatabaseImage image = test::image_of(
      "CREATE TABLE t (a TEXT, b INTEGER, c TEXT);"
      "INSERT INTO t VALUES ('10', NULL, 'x''; y'), ('7.5', NULL, 'p | q'), ('low', NULL, NULL);");
  const SchemaView schema = test::described(image);
  Survey survey(schema);
  const Result<ResultTable> result = Database::open(image)->query(Survey::query(schema, {}));
  ASSERT_TRUE(result.has_value());
  ASSERT_TRUE(survey.read(*read_rows(render_table(*result, kShownRows)), schema));
  EXPECT_EQ(survey.facts({0, 0}).numbers, 2);
  EXPECT_TRUE(survey.is_numeric(schema, {0, 0})) << "most values are numbers";
  EXPECT_EQ(survey.facts({0, 1}).nulls, 3);
  EXPECT_TRUE(survey.is_numeric(schema, {0, 1})) << "no value, but the declared type";
  EXPECT_FALSE(survey.is_numeric(schema, {0, 2}));
  EXPECT_EQ(survey.facts({0, 2}).least, "p / q") << "shown without the mark between cells";
}

TEST(Survey, KnowsNothingOfTablesThatWereNotDescribed) {
  SchemaView schema = SchemaView::from_schema_info("Tables: a, b");
  ASSERT_TRUE(schema.read_description("Table b (1 row)\n  n INTEGER"));
  schema.assume_row_ids();
  Survey survey(schema);
  EXPECT_EQ(Survey::query(schema, {"x"}).find("FROM a"), std::string::npos);
  SeenRows rows;
  rows.rows = {{"1;1;0;4;"}};
  EXPECT_TRUE(survey.read(rows, schema));
  EXPECT_FALSE(survey.facts({0, 0}).known);
  EXPECT_EQ(survey.facts({1, 0}).least, "4");
}

TEST(Survey, RefusesAnotherResult) {
  const test::Shelter shelter;
  Survey survey(shelter.schema);
  SeenRows rows;
  EXPECT_FALSE(survey.read(rows, shelter.schema));
  rows.rows = {{"1;1;0;4;"}};
  EXPECT_FALSE(survey.read(rows, shelter.schema)) << "too few cells";
  rows.rows = {std::vector<std::string>(18, "garbled")};
  survey.read(rows, shelter.schema);
  EXPECT_FALSE(survey.facts({kPerson, 1}).known);
}

}  // namespace
}  // namespace sqlenv
