#include <gtest/gtest.h>

#include "core/episode/observation.h"
#include "core/explorer/composer.h"
#include "core/explorer/cues.h"
#include "core/explorer/linker.h"
#include "core/explorer/planner.h"
#include "core/explorer/question_words.h"
#include "core/explorer/row_packing.h"
#include "core/explorer/survey.h"
#include "core/explorer/words.h"
#include "core/policy/schema_view.h"
#include "core/sql/database.h"
#include "core/sql/sql_literals.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

TEST(Words, NamesAreSplit) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(identifier_words("Song_release_year"), (Words{"song", "release", "year"}));
  EXPECT_EQ(identifier_words("SurfaceArea"), (Words{"surface", "area"}));
  EXPECT_EQ(identifier_words("StuID"), (Words{"stu", "id"}));
  EXPECT_EQ(identifier_words("countrycode"), (Words{"country", "code"}));
  EXPECT_EQ(identifier_words("LName", {}), (Words{"l", "name"}));
  EXPECT_EQ(identifier_words("dogsize", {"dog"}), (Words{"dog", "size"}));
}

TEST(Words, SingularsAndRoots) {
  for (const auto& [plural, one] :
       std::vector<std::pair<std::string, std::string>>{{"countries", "country"},
                                                        {"classes", "class"},
                                                        {"dogs", "dog"},
                                                        {"people", "person"},
                                                        {"address", "address"},
                                                        {"status", "status"},
                                                        {"boxes", "box"},
                                                        {"ids", "id"}})
    EXPECT_EQ(singular(plural), one);
  EXPECT_EQ(root("registered"), root("registrations"));
  EXPECT_EQ(root("attended"), root("attendance"));
  EXPECT_NE(root("country"), root("counter"));
}

TEST(Words, Likeness) {
  EXPECT_EQ(word_likeness("singer", "singers"), 1);
  EXPECT_GT(word_likeness("nationality", "country"), 0.7);
  EXPECT_GT(word_likeness("asessment", "assessment"), 0.7);
  EXPECT_GT(word_likeness("stu", "student"), 0.7);
  EXPECT_EQ(word_likeness("age", "agent"), 0.75) << "short names may be cut words";
  EXPECT_EQ(word_likeness("name", "weight"), 0);
}

TEST(QuestionWords, Tokens) {
  const std::vector<QuestionToken> tokens =
      read_question("Which students don't own \"Mr. X\", cost 1,250.5 or student's?");
  std::vector<std::string> texts;
  for (const QuestionToken& token : tokens) texts.push_back(token.lower);
  EXPECT_EQ(texts, (std::vector<std::string>{"which", "students", "do", "not", "own", "mr. x", ",",
                                             "cost", "1250.5", "or", "student", "?"}));
  EXPECT_EQ(tokens[5].kind, QuestionToken::Kind::kQuoted);
  EXPECT_EQ(tokens[8].kind, QuestionToken::Kind::kNumber);
  EXPECT_TRUE(tokens[0].sentence_start);
}

TEST(SchemaView, ReadsWhatIsRendered) {
  const DatabaseImage image = test::image_of(
      "CREATE TABLE a (id INTEGER PRIMARY KEY, \"full name\" VARCHAR(20) NOT NULL);"
      "CREATE TABLE b (x INTEGER, y INTEGER, z, FOREIGN KEY (x) REFERENCES a (id));"
      "INSERT INTO a VALUES (1, 'n');");
  SchemaView view = SchemaView::from_schema_info(render_schema_info(image.schema(), {}));
  ASSERT_EQ(view.tables().size(), 2u);
  EXPECT_FALSE(view.tables()[0].described);
  for (const Table& table : image.schema().tables)
    EXPECT_TRUE(view.read_description(render_description(table)));
  const SeenTable& a = view.tables()[0];
  EXPECT_TRUE(a.described);
  EXPECT_EQ(a.row_count, 1);
  EXPECT_TRUE(a.columns[0].primary_key);
  EXPECT_EQ(a.columns[1].name, "full name");
  EXPECT_EQ(a.columns[1].type, "VARCHAR(20)");
  const SeenTable& b = view.tables()[1];
  EXPECT_EQ(b.columns[2].name, "z");
  ASSERT_EQ(b.foreign_keys.size(), 1u);
  EXPECT_EQ(b.foreign_keys[0].columns, std::vector<std::string>{"x"});
  EXPECT_EQ(b.foreign_keys[0].referenced, std::vector<std::string>{"id"});
  EXPECT_FALSE(view.read_description("NO_SUCH_TABLE: there is no table"));
}

TEST(SchemaView, ReadsRows) {
  const std::optional<SeenRows> rows = read_rows("a | b\n1 | x\n2 | \n(2 of 7 rows shown)");
  ASSERT_TRUE(rows.has_value());
  EXPECT_EQ(rows->rows[1][1], "");
  EXPECT_EQ(rows->total, 7u);
  EXPECT_FALSE(rows->complete());
  EXPECT_FALSE(read_rows("a | b\n1 | x | y\n(1 row)").has_value());
  EXPECT_FALSE(read_rows("Correct (MATCH).").has_value());
}

TEST(SqlText, LiteralsAreReadBack) {
  EXPECT_EQ(read_sql_literal("'it''s'"), Value(std::string("it's")));
  EXPECT_EQ(read_sql_literal("-12"), Value(std::int64_t{-12}));
  EXPECT_EQ(read_sql_literal("1.5e3"), Value(1500.0));
  EXPECT_EQ(read_sql_literal("NULL"), Value(Null{}));
  EXPECT_EQ(read_sql_literal("X'0aFF'"), Value(Blob{"\x0a\xff"}));
  for (const char* wrong : {"", "abc", "'a'b'", "X'0'", "1x", "--"})
    EXPECT_FALSE(read_sql_literal(wrong).has_value()) << wrong;
  EXPECT_EQ(quote_text("it's"), "'it''s'");
  EXPECT_EQ(sql_name("order"), "\"order\"");
  EXPECT_EQ(sql_name("Name"), "Name");
}

// A result of any length and type comes through what an observation shows.
TEST(RowPacking, ComesBackWhole) {
  const DatabaseImage image = test::image_of("CREATE TABLE t (a, b)");
  Result<Database> database = Database::open(image);
  const std::string sql =
      "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 899) "
      "SELECT i, CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN 'it''s; ' || i || ',' WHEN 2 THEN i / 8.0 "
      "ELSE 'a | b' END FROM n ORDER BY i DESC";
  const Result<ResultTable> whole = database->query(sql);
  ASSERT_TRUE(whole.has_value());
  const std::optional<SeenRows> shown =
      read_rows("a | b\n899 | it's; 899,\n(20 of 900 rows shown)");
  ASSERT_TRUE(shown.has_value());
  const std::size_t per_cell = rows_for_one_cell(*shown);
  std::vector<std::vector<Value>> rows;
  int steps = 0;
  while (rows.size() < whole->rows.size() && steps++ < 5) {
    const Result<ResultTable> packed =
        database->query(packing_query(sql, 2, per_cell, rows.size()));
    ASSERT_TRUE(packed.has_value()) << packed.error().to_string();
    const std::optional<SeenRows> seen = read_rows(render_table(*packed, kShownRows));
    ASSERT_TRUE(seen.has_value());
    const std::optional<ResultTable> part = unpack_rows(*seen, 2);
    ASSERT_TRUE(part.has_value());
    rows.insert(rows.end(), part->rows.begin(), part->rows.end());
  }
  EXPECT_EQ(rows, whole->rows);
  EXPECT_LE(steps, 2);
}

TEST(RowPacking, ACutCellIsNoticed) {
  SeenRows packed;
  packed.rows = {{"=1,'abc…"}};
  EXPECT_FALSE(unpack_rows(packed, 2).has_value());
}

constexpr const char* kShelter = R"sql(
CREATE TABLE city (city_id INTEGER PRIMARY KEY, name TEXT, country TEXT, population INTEGER);
CREATE TABLE person (person_id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, age INTEGER,
  sex TEXT, city_id INTEGER REFERENCES city (city_id));
CREATE TABLE pet (pet_id INTEGER PRIMARY KEY, name TEXT, species TEXT, weight REAL,
  date_of_birth TEXT);
CREATE TABLE ownership (person_id INTEGER REFERENCES person (person_id),
  pet_id INTEGER REFERENCES pet (pet_id), PRIMARY KEY (person_id, pet_id));
INSERT INTO city VALUES (1, 'Lyon', 'France', 520000), (2, 'Porto', 'Portugal', 230000);
INSERT INTO person VALUES (1, 'Ana', 'Reis', 31, 'F', 2), (2, 'Luc', 'Petit', 45, 'M', 1),
  (3, 'Zoe', 'Roux', 19, 'F', 1);
INSERT INTO pet VALUES (1, 'Rex', 'dog', 20.5, '2019-03-01'), (2, 'Tom', 'cat', 4.0, '2021-07-12');
INSERT INTO ownership VALUES (1, 1), (1, 2), (2, 2);
)sql";

// The SQL of the likeliest plan, made from what an agent would see of the shelter.
class PlannerTest : public testing::Test {
 protected:
  std::string plan(const std::string& question) {
    const DatabaseImage image = test::image_of(kShelter);
    Result<Database> database = Database::open(image);
    const std::vector<QuestionToken> tokens = read_question(question);
    SchemaView schema = SchemaView::from_schema_info(render_schema_info(image.schema(), {}));
    for (const Table& table : image.schema().tables)
      schema.read_description(render_description(table));
    Survey survey(schema);
    const Result<ResultTable> result =
        database->query(Survey::query(schema, value_phrases(tokens)));
    if (!result) return result.error().to_string();
    survey.read(*read_rows(render_table(*result, kShownRows)), schema);
    std::vector<double> relevance;
    for (const SeenTable& table : schema.tables())
      relevance.push_back(table_relevance(tokens, table.name));
    JoinGraph joins(schema, relevance);
    const std::vector<Plan> plans = make_plans(tokens, schema, survey, joins);
    if (plans.empty()) return "no plan";
    return compose(connected(plans[0], schema, joins), schema, joins);
  }
};

TEST_F(PlannerTest, CountsAndAggregates) {
  EXPECT_EQ(plan("How many pets are there?"), "SELECT count(*) FROM pet");
  EXPECT_EQ(plan("How many different species of pets are there?"),
            "SELECT count(DISTINCT species) FROM pet");
  EXPECT_EQ(plan("What are the average and maximum weight of all pets?"),
            "SELECT avg(weight), max(weight) FROM pet");
}

TEST_F(PlannerTest, Conditions) {
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

TEST_F(PlannerTest, OrdersAndSuperlatives) {
  EXPECT_EQ(plan("List the names of pets sorted by weight in descending order."),
            "SELECT name FROM pet ORDER BY weight DESC");
  EXPECT_EQ(plan("What is the first name of the youngest person?"),
            "SELECT first_name FROM person ORDER BY age LIMIT 1");
  EXPECT_EQ(plan("Show the names of the 2 heaviest pets."),
            "SELECT name FROM pet ORDER BY weight DESC LIMIT 2");
}

TEST_F(PlannerTest, GroupsAndJoins) {
  EXPECT_EQ(plan("How many pets are there for each species?"),
            "SELECT count(*), species FROM pet GROUP BY species");
  EXPECT_EQ(plan("Show the first names of people who own at least 2 pets."),
            "SELECT person.first_name FROM person JOIN ownership ON person.person_id = "
            "ownership.person_id GROUP BY person.person_id HAVING count(*) >= 2");
  EXPECT_EQ(plan("Which city has the most people?"),
            "SELECT city.name FROM city JOIN person ON city.city_id = person.city_id GROUP BY "
            "city.city_id ORDER BY count(*) DESC LIMIT 1");
}

TEST_F(PlannerTest, Negations) {
  EXPECT_EQ(plan("What are the first names of people who do not own any pet?"),
            "SELECT first_name FROM person WHERE person_id NOT IN (SELECT person_id FROM ownership "
            "WHERE person_id IS NOT NULL)");
  EXPECT_EQ(plan("Show the names of cities that are not in France."),
            "SELECT name FROM city WHERE country <> 'France'");
}

TEST_F(PlannerTest, FurtherSentencesSayHowToAnswer) {
  EXPECT_EQ(plan("Which people are older than 40? Give their last names."),
            "SELECT last_name FROM person WHERE age > 40");
  EXPECT_EQ(plan("What is the average weight of the pets? Round to two decimals."),
            "SELECT round(avg(weight), 2) FROM pet");
}

TEST_F(PlannerTest, AnyQuestionGivesAQuery) {
  for (const char* question :
       {"", "?", "How many", "Which", "'", "most", "not not not", "for each", "between 1 and",
        "than the average", "Sort by", "top 3", "Give. Give. Give.", "1 2 3 4 5"})
    EXPECT_EQ(plan(question).rfind("SELECT ", 0), 0u) << question;
}

TEST(JoinGraph, FindsTheWayThroughJunctions) {
  const DatabaseImage image = test::image_of(kShelter);
  SchemaView schema = SchemaView::from_schema_info(render_schema_info(image.schema(), {}));
  for (const Table& table : image.schema().tables)
    schema.read_description(render_description(table));
  const JoinGraph joins(schema, {});
  EXPECT_EQ(joins.distance(0, 2), 3u);
  EXPECT_EQ(joins.distance(0, 0), 0u);
  EXPECT_EQ(joins.path({0}, 1).size(), 1u);
  EXPECT_EQ(display_columns(schema, 1).size(), 2u) << "first and last name";
  EXPECT_EQ(key_column(schema, 3), (ColumnRef{3, 0}));
}

}  // namespace
}  // namespace sqlenv
