#include "core/explorer/planner.h"

#include <gtest/gtest.h>

#include "core/explorer/sql_writer.h"
#include "tests/core/explorer/shelter.h"

namespace sqlenv {
namespace {

// The SQL of the likeliest plan for a question about the shelter.
std::string plan(const std::string& question) {
  const test::Shelter shelter;
  const std::vector<QuestionToken> tokens = read_question(question);
  const Survey survey = shelter.survey(tokens);
  std::vector<double> relevance;
  for (const SeenTable& table : shelter.schema.tables())
    relevance.push_back(table_relevance(tokens, table.name));
  JoinGraph joins(shelter.schema, relevance);
  const std::vector<Plan> plans = make_plans(tokens, shelter.schema, survey, joins);
  return plans.empty() ? "no plan" : write_sql(plans[0], shelter.schema, joins);
}

TEST(Planner, CountsAndAggregates) {
  EXPECT_EQ(plan("How many pets are there?"), "SELECT count(*) FROM pet");
  EXPECT_EQ(plan("How many different species of pets are there?"),
            "SELECT count(DISTINCT species) FROM pet");
  EXPECT_EQ(plan("What are the average and maximum weight of all pets?"),
            "SELECT avg(weight), max(weight) FROM pet");
}

TEST(Planner, Conditions) {
  EXPECT_EQ(plan("List the first name of people older than 30."),
            "SELECT first_name FROM person WHERE age > 30");
  EXPECT_EQ(plan("What is the weight of the pet named Rex?"),
            "SELECT weight FROM pet WHERE name = 'Rex'");
  EXPECT_EQ(plan("Show the names of cities in France."),
            "SELECT name FROM city WHERE country = 'France'");
  EXPECT_EQ(plan("Which pets weigh between 3 and 10?"),
            "SELECT name FROM pet WHERE weight BETWEEN 3 AND 10");
  EXPECT_EQ(plan("How many pets weigh more than the average?"),
            "SELECT count(*) FROM pet WHERE weight > (SELECT avg(weight) FROM pet)");
  EXPECT_EQ(plan("Find the pets whose name contains 'om'."),
            "SELECT name FROM pet WHERE name LIKE '%om%'");
}

TEST(Planner, OrdersAndSuperlatives) {
  EXPECT_EQ(plan("List the names of pets sorted by weight in descending order."),
            "SELECT name FROM pet ORDER BY weight DESC");
  EXPECT_EQ(plan("What is the first name of the youngest person?"),
            "SELECT first_name FROM person ORDER BY age LIMIT 1");
  EXPECT_EQ(plan("Show the names of the 2 heaviest pets."),
            "SELECT name FROM pet ORDER BY weight DESC LIMIT 2");
}

TEST(Planner, GroupsAndJoins) {
  EXPECT_EQ(plan("How many pets are there for each species?"),
            "SELECT count(*), species FROM pet GROUP BY species");
  EXPECT_EQ(plan("Show the first names of people who own at least 2 pets."),
            "SELECT person.first_name FROM person JOIN ownership ON person.person_id = "
            "ownership.person_id GROUP BY person.person_id HAVING count(*) >= 2");
  EXPECT_EQ(plan("Which city has the most people?"),
            "SELECT city.name FROM city JOIN person ON city.city_id = person.city_id GROUP BY "
            "city.city_id ORDER BY count(*) DESC LIMIT 1");
}

TEST(Planner, Negations) {
  EXPECT_EQ(plan("What are the first names of people who do not own any pet?"),
            "SELECT first_name FROM person WHERE person_id NOT IN (SELECT person_id FROM ownership "
            "WHERE person_id IS NOT NULL)");
  EXPECT_EQ(plan("Show the names of cities that are not in France."),
            "SELECT name FROM city WHERE country <> 'France'");
}

TEST(Planner, FurtherSentencesSayHowToAnswer) {
  EXPECT_EQ(plan("Which people are older than 40? Give their last names."),
            "SELECT last_name FROM person WHERE age > 40");
  EXPECT_EQ(plan("What is the average weight of the pets? Round to two decimals."),
            "SELECT round(avg(weight), 2) FROM pet");
}

TEST(Planner, AnyQuestionGivesAQuery) {
  for (const char* question :
       {"", "?", "How many", "Which", "'", "most", "not not not", "for each", "between 1 and",
        "than the average", "Sort by", "top 3", "Give. Give. Give.", "1 2 3 4 5"})
    EXPECT_TRUE(plan(question).starts_with("SELECT ")) << question;
}

TEST(Planner, FitsThePartsOfAPlanToEachOther) {
  EXPECT_EQ(plan("How many cities have a person older than 18?"),
            "SELECT count(DISTINCT city.city_id) FROM city JOIN person ON city.city_id = "
            "person.city_id WHERE person.age > 18")
      << "each city once, however many people it has";
  EXPECT_EQ(plan("What are the names of people and pets?"),
            "SELECT person.first_name, person.last_name, pet.name FROM person JOIN ownership ON "
            "person.person_id = ownership.person_id JOIN pet ON ownership.pet_id = pet.pet_id");
}

TEST(Planner, TriesTextsInsideOthersNext) {
  const test::Shelter shelter;
  const std::vector<QuestionToken> tokens = read_question("Which pets are named Rex?");
  JoinGraph joins(shelter.schema, {});
  const std::vector<Plan> plans = make_plans(tokens, shelter.schema, shelter.survey(tokens), joins);
  ASSERT_EQ(plans.size(), 2u);
  EXPECT_EQ(plans[0].conditions[0].op, "=");
  EXPECT_EQ(plans[1].conditions[0].op, "LIKE");
  EXPECT_EQ(plans[1].conditions[0].operands[0], "'%Rex%'");
}

TEST(Planner, NeedsADescribedTable) {
  const SchemaView schema = SchemaView::from_schema_info("Tables: a, b");
  JoinGraph joins(schema, {});
  EXPECT_TRUE(make_plans(read_question("How many?"), schema, Survey(schema), joins).empty());
}

}  // namespace
}  // namespace sqlenv
