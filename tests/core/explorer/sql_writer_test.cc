#include "core/explorer/sql_writer.h"

#include <gtest/gtest.h>

#include "tests/core/explorer/shelter.h"

namespace sqlenv {
namespace {

using test::kCity, test::kPerson, test::kPet;

class SqlWriterTest : public testing::Test {
 protected:
  std::string sql(Plan plan) const { return write_sql(std::move(plan), shelter_.schema, joins_); }
  ColumnRef column(std::size_t table, std::string_view name) const {
    return shelter_.column(table, name);
  }

  test::Shelter shelter_;
  JoinGraph joins_{shelter_.schema, {}};
};

TEST_F(SqlWriterTest, ShowsNamesWhereNothingIsAskedFor) {
  Plan plan;
  plan.entity = kPerson;
  EXPECT_EQ(sql(plan), "SELECT first_name, last_name FROM person");
}

TEST_F(SqlWriterTest, JoinsOnlyTablesThatChangeTheRows) {
  Plan plan;
  plan.entity = kPerson;
  plan.outputs = {{Aggregate::kNone, column(kPerson, "age")}};
  plan.tables = {kCity};
  EXPECT_EQ(sql(plan), "SELECT age FROM person") << "each person has one city";
  plan.tables = {kPet};
  EXPECT_EQ(sql(plan),
            "SELECT person.age FROM person JOIN ownership ON person.person_id = "
            "ownership.person_id");
}

TEST_F(SqlWriterTest, WritesConditionsWithOrInParentheses) {
  Plan plan;
  plan.entity = kPet;
  plan.outputs = {{Aggregate::kCount, {}}};
  plan.conditions = {{column(kPet, "weight"), "BETWEEN", {"1", "2"}, false, true},
                     {column(kPet, "name"), "=", {"'rex'"}, true, false},
                     {column(kPet, "species"), "IN", {"'cat'", "'dog'"}},
                     {column(kPet, "date_of_birth"), "IS NULL", {}}};
  EXPECT_EQ(sql(plan),
            "SELECT count(*) FROM pet WHERE (weight BETWEEN 1 AND 2 OR lower(trim(name)) = 'rex') "
            "AND species IN ('cat', 'dog') AND date_of_birth IS NULL");
}

TEST_F(SqlWriterTest, WritesGroupsOrdersAndSpellings) {
  Plan plan;
  plan.entity = kPet;
  plan.outputs = {{Aggregate::kNone, column(kPet, "species")},
                  {Aggregate::kAvg, column(kPet, "weight")}};
  plan.group_by = {column(kPet, "species")};
  plan.having = Having{">", "2"};
  plan.order = {{{Aggregate::kCount, {}}, true}};
  plan.limit = 3;
  plan.trimmed = plan.lowered = true;
  plan.rounded = 1;
  EXPECT_EQ(sql(plan),
            "SELECT lower(trim(species)), round(avg(weight), 1) FROM pet GROUP BY "
            "lower(trim(species)) HAVING count(*) > 2 ORDER BY count(*) DESC LIMIT 3");
}

TEST_F(SqlWriterTest, WritesSetsAndExclusions) {
  Plan plan;
  plan.entity = kCity;
  plan.exclusions = {{kPerson, {{column(kPerson, "age"), "<", {"18"}}}}};
  Plan other;
  other.entity = kCity;
  plan.operation = SetOperation::kExcept;
  plan.other = std::make_shared<Plan>(other);
  EXPECT_EQ(sql(plan),
            "SELECT name FROM city WHERE city_id NOT IN (SELECT city_id FROM person WHERE age < 18 "
            "AND city_id IS NOT NULL) EXCEPT SELECT name FROM city");
}

TEST(SqlWriter, LeavesOutWhatCannotBeJoined) {
  const SchemaView schema = test::described(
      test::image_of("CREATE TABLE a (name TEXT); CREATE TABLE \"b c\" (x INTEGER);"));
  Plan plan;
  plan.conditions = {{{1, 0}, "=", {"1"}}};
  plan.order = {{{Aggregate::kNone, ColumnRef{1, 0}}, false}};
  EXPECT_EQ(write_sql(plan, schema, JoinGraph(schema, {})), "SELECT name FROM a");
  plan.entity = 1;
  EXPECT_EQ(write_sql(plan, schema, JoinGraph(schema, {})),
            "SELECT x FROM \"b c\" WHERE x = 1 ORDER BY x");
}

}  // namespace
}  // namespace sqlenv
