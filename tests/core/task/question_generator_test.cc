// Checks each generated question again, by other means if there are any.
#include "core/task/question_generator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/sql/select_shape.h"
#include "core/sql/sql_literals.h"
#include "core/task/generate/noun.h"
#include "core/verify/verdict.h"
#include "tests/core/task/wording_databases.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

GeneratedQuestions made_from(const DatabaseImage& image, int count, std::uint64_t seed = 1,
                             std::vector<std::string> families = {}) {
  GeneratorOptions options;
  options.count = count;
  options.seed = seed;
  options.families = std::move(families);
  Result<GeneratedQuestions> made = generate_questions(image, "db", options);
  if (!made) ADD_FAILURE() << made.error().to_string();
  return made ? std::move(*made) : GeneratedQuestions{};
}

Database open(const DatabaseImage& image) { return std::move(*Database::open(image)); }

std::string why_not(const Question& question, Database& database) {
  const Result<ResultTable> table = database.query(question.gold_sql);
  if (!table) return table.error().to_string();
  if (table->rows.empty() || table->rows.size() > 30) return "number of rows";
  std::set<std::string> rows;
  for (const auto& row : table->rows) {
    std::string all;
    for (const Value& cell : row) {
      if (is_null(cell)) return "NULL";
      const std::string text = display_text(cell);
      if (text != trim(text) || text.empty()) return "padded text";
      all += text + "|";
    }
    if (!rows.insert(all).second) return "the same row twice";
  }
  if ((question.answer_type == "table") != (table->columns.size() > 1)) return "table or not";
  if (question.answer_type == "list" && table->rows.size() < 2) return "a list of one";
  const Result<std::vector<std::string>> read = database.tables_read(question.gold_sql);
  if (!read || *read != question.tables_involved) return "tables involved";
  return "";
}

bool contains(const std::string& text, std::string_view part) {
  return to_lower(text).find(part) != std::string::npos;
}

std::string why_badly_worded(const Question& question) {
  const std::string& text = question.text;
  if (text.empty() || (text.back() != '?' && text.back() != '.')) return "no sentence";
  if (text.find("  ") != std::string::npos || text.find('{') != std::string::npos) return "a gap";
  if (text.find(" .") != std::string::npos || text.find(" ?") != std::string::npos) return "a gap";
  const bool rounds = question.gold_sql.find("ROUND(") != std::string::npos;
  if (rounds != contains(text, "round to")) return "rounding";
  const bool rows = question.answer_type == "list" || question.answer_type == "table";
  const bool ordered = !read_select_shape(question.gold_sql).order.empty();
  if (rows && ordered && question.gold_sql.find("LIMIT 1") == std::string::npos &&
      !contains(text, " first") && !contains(text, "in order"))
    return "order";
  return "";
}

void expect_sound(const GeneratedQuestions& made, const DatabaseImage& image) {
  Database database = open(image);
  std::set<std::string> texts, queries, ids;
  for (const Question& question : made.questions) {
    EXPECT_EQ(why_not(question, database), "") << question.text << "\n" << question.gold_sql;
    EXPECT_EQ(why_badly_worded(question), "") << question.text << "\n" << question.gold_sql;
    EXPECT_TRUE(texts.insert(question.text).second) << question.text;
    EXPECT_TRUE(queries.insert(question.gold_sql).second) << question.gold_sql;
    EXPECT_TRUE(ids.insert(question.id).second) << question.id;
  }
}

// Copies the database with all rows in the opposite order and no key that would restore it.
DatabaseImage turned_round(const DatabaseImage& image) {
  Database database = open(image);
  std::string script;
  for (const Table& table : image.schema().tables) {
    if (table.is_view) continue;
    std::vector<std::string> columns, names;
    for (const Column& column : table.columns) {
      columns.push_back(quote_identifier(column.name) + " " + column.type);
      names.push_back("quote(" + quote_identifier(column.name) + ")");
    }
    const std::string name = quote_identifier(table.name);
    script += "CREATE TABLE " + name + "(" + join(columns, ", ") + ");";
    const auto rows = database.query("SELECT " + join(names, " || ',' || ") + " FROM " + name);
    if (!rows) continue;
    for (auto row = rows->rows.rbegin(); row != rows->rows.rend(); ++row)
      script += "INSERT INTO " + name + " VALUES (" + std::get<std::string>(row->front()) + ");";
  }
  return test::image_of(script);
}

std::vector<std::string> result_of(Database& database, const std::string& sql) {
  const Result<ResultTable> table = database.query(sql);
  std::vector<std::string> rows;
  if (!table) return {table.error().to_string()};
  for (const auto& row : table->rows) {
    std::string text;
    for (const Value& cell : row) text += display_text(cell) + "|";
    rows.push_back(text);
  }
  if (read_select_shape(sql).order.empty()) std::sort(rows.begin(), rows.end());
  return rows;
}

void expect_order_independent(const GeneratedQuestions& made, const DatabaseImage& image) {
  Database forward = open(image), backward = open(turned_round(image));
  for (const Question& question : made.questions) {
    if (contains(question.text, "\"heavy\"")) continue;  // views are not copied
    EXPECT_EQ(result_of(forward, question.gold_sql), result_of(backward, question.gold_sql))
        << question.text << "\n"
        << question.gold_sql;
  }
}

constexpr const char* kAwkward = R"sql(
CREATE TABLE "order" ("select" INTEGER PRIMARY KEY, "group by" TEXT, "from" INTEGER, größe REAL);
INSERT INTO "order" VALUES (1, 'alpha', 3, 1.5), (2, 'beta', 4, 2.5), (3, 'gamma', 3, 7.25),
  (4, 'delta', 9, 0.5), (5, 'epsilon', 3, NULL);
CREATE TABLE "odd ""name"" (x)" ("a'b" TEXT, "c d" INTEGER);
INSERT INTO "odd ""name"" (x)" VALUES ('it''s', 1), ('it''s', 2), ('so', 3), (NULL, 4);
CREATE TABLE 学生 (名前 TEXT, 年齢 INTEGER);
INSERT INTO 学生 VALUES ('太郎', 20), ('花子', 21), ('次郎', 22);
CREATE TABLE hollow (a INTEGER, b TEXT);
CREATE TABLE alone (word TEXT);
INSERT INTO alone VALUES ('one'), ('two'), ('two'), ('three');
CREATE TABLE single (name TEXT, age INTEGER);
INSERT INTO single VALUES ('only', 1);
CREATE TABLE tag (tag TEXT PRIMARY KEY, weight INTEGER) WITHOUT ROWID;
INSERT INTO tag VALUES ('a1', 5), ('b2', 6), ('c3', 9);
CREATE TABLE made (n INTEGER, twice INTEGER GENERATED ALWAYS AS (n * 2) VIRTUAL, data BLOB);
INSERT INTO made (n, data) VALUES (1, x'00'), (2, x'ff'), (3, NULL);
CREATE TABLE messy (name TEXT, colour TEXT, note TEXT, mixed);
INSERT INTO messy VALUES ('Ann', 'red', ' x', 1), ('Bob', 'Red', 'y', 'two'), ('Cy', 'red ', '', NULL),
  ('Di', 'blue', 'null', 2.5), ('Ed', 'blue', 'z', x'01');
CREATE TABLE "%" ("$" INTEGER, "-" TEXT, "_id" INTEGER);
INSERT INTO "%" VALUES (7, 'a', 1), (8, 'b', 2), (9, 'b', 3);
CREATE VIEW heavy AS SELECT "group by", größe FROM "order" WHERE größe > 1;
CREATE VIEW broken AS SELECT missing FROM nowhere;
)sql";

TEST(QuestionGenerator, EveryFamilyOccursOnTheStarterPackAndEveryQuestionIsSound) {
  std::set<std::string> missing;
  for (const QuestionFamily& family : question_families()) missing.insert(family.name);
  EXPECT_GE(missing.size(), 20u);
  const auto catalog = test::starter_catalog();
  for (const PackDatabase& database : catalog->packs().front().databases) {
    const GeneratedQuestions made = made_from(database.image, 150);
    EXPECT_EQ(made.questions.size(), 150u) << database.name << ": " << made.shortfall;
    for (const std::string& family : made.families) missing.erase(family);
    expect_sound(made, database.image);
    expect_order_independent(made, database.image);
  }
  EXPECT_EQ(join({missing.begin(), missing.end()}, ", "), "");
}

TEST(QuestionGenerator, QuestionsAboutDatabasesWithHabitsOfRealOnesAreSound) {
  for (const std::string& name : test::wording_databases()) {
    const DatabaseImage image = test::wording_database(name);
    const GeneratedQuestions made = made_from(image, 150);
    expect_sound(made, image);
    expect_order_independent(made, image);
  }
}

TEST(QuestionGenerator, EqualSeedsGiveEqualQuestions) {
  const auto catalog = test::starter_catalog();
  const DatabaseImage image = catalog->packs().front().databases.front().image;
  const GeneratedQuestions one = made_from(image, 60, 7), same = made_from(image, 60, 7);
  const GeneratedQuestions other = made_from(image, 60, 8);
  ASSERT_EQ(one.questions.size(), same.questions.size());
  int differ = 0;
  for (std::size_t i = 0; i < one.questions.size(); ++i) {
    EXPECT_EQ(one.questions[i].text, same.questions[i].text);
    EXPECT_EQ(one.questions[i].gold_sql, same.questions[i].gold_sql);
    EXPECT_EQ(one.questions[i].id, same.questions[i].id);
    differ += one.questions[i].text != other.questions[i].text;
  }
  EXPECT_GT(differ, 30);
}

TEST(QuestionGenerator, AwkwardSchemas) {
  const DatabaseImage image = test::image_of(kAwkward);
  const GeneratedQuestions made = made_from(image, 400);
  EXPECT_GT(made.questions.size(), 60u);
  expect_sound(made, image);
  expect_order_independent(made, image);
  EXPECT_NE(made_from(image, 50, 1, {"count"}).shortfall, "");
  std::set<std::string> tables;
  for (const Question& question : made.questions) {
    tables.insert(question.tables_involved.begin(), question.tables_involved.end());
    // Case variants, padding, stand-ins for NULL and mixed types have more than one reading.
    for (const char* column : {"colour", "note", "mixed", "data"})
      EXPECT_EQ(question.gold_sql.find(column), std::string::npos) << question.gold_sql;
  }
  EXPECT_EQ(tables.count("hollow"), 0u);
  for (const char* table : {"order", "odd \"name\" (x)", "学生", "alone", "tag", "made", "messy"})
    EXPECT_EQ(tables.count(table), 1u) << table;
}

TEST(QuestionGenerator, WideTables) {
  std::string columns, rows[4];
  for (int i = 0; i < 200; ++i) {
    columns += (i == 0 ? "" : ", ") + ("speed" + std::to_string(i)) + " INTEGER";
    for (int row = 0; row < 4; ++row)
      rows[row] += (i == 0 ? "" : ", ") + std::to_string((i + 1) * (row * 5 + 7) % 113);
  }
  std::string script = "CREATE TABLE trial (" + columns + ");";
  for (const std::string& row : rows) script += "INSERT INTO trial VALUES (" + row + ");";
  const DatabaseImage image = test::image_of(script);
  const GeneratedQuestions made = made_from(image, 100);
  EXPECT_EQ(made.questions.size(), 100u);
  expect_sound(made, image);
}

TEST(QuestionGenerator, LargeTablesCostBoundedWork) {
  const DatabaseImage image = test::image_of(
      "CREATE TABLE event (event_id INTEGER PRIMARY KEY, kind TEXT, amount INTEGER, note TEXT);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120000) INSERT "
      "INTO "
      "event SELECT i, 'kind ' || (i * 31 % 7), i * 7919 % 1009, 'note ' || i FROM n;");
  GeneratorOptions options;
  options.count = 10'000;
  options.max_work = 100'000'000;
  const Result<GeneratedQuestions> made = generate_questions(image, "big", options);
  ASSERT_TRUE(made.has_value());
  EXPECT_GT(made->questions.size(), 3u);
  EXPECT_LT(made->questions.size(), 100u);
  // The last query may spend up to 1,000 operations more than are left.
  EXPECT_LE(made->work, options.max_work + 5'000);
  EXPECT_NE(made->shortfall.find("work"), std::string::npos) << made->shortfall;
  // Columns that were not read to their end are not asked about.
  for (const Question& question : made->questions)
    EXPECT_EQ(question.gold_sql.find("note"), std::string::npos) << question.gold_sql;
}

TEST(QuestionGenerator, GuessesForeignKeysByNameIfEveryValueIsFound) {
  const std::string tables =
      "CREATE TABLE owner (owner_id INTEGER PRIMARY KEY, name TEXT);"
      "CREATE TABLE dog (dog_id INTEGER PRIMARY KEY, name TEXT, owner_id INTEGER);"
      "INSERT INTO owner VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cy');"
      "INSERT INTO dog VALUES (1, 'Rex', 1), (2, 'Ace', 1), (3, 'Pip', 2), (4, 'Zoe', 1);";
  const std::vector<std::string> families = {"children_per_parent", "most_children", "childless"};
  const GeneratedQuestions made = made_from(test::image_of(tables), 50, 1, families);
  EXPECT_GE(made.questions.size(), 3u);
  for (const Question& question : made.questions)
    EXPECT_EQ(question.tables_involved, (std::vector<std::string>{"dog", "owner"}));
  const DatabaseImage dangling = test::image_of(tables + "INSERT INTO dog VALUES (5, 'Moe', 9);");
  EXPECT_TRUE(made_from(dangling, 50, 1, families).questions.empty());
}

// Flights refer to airports by padded codes; "Oslo" has two spellings; airline is an undeclared
// foreign key.
constexpr const char* kPadded = R"sql(
CREATE TABLE airport (code TEXT PRIMARY KEY, city TEXT, name TEXT);
INSERT INTO airport VALUES ('OSL', 'Oslo', 'Gardermoen '), ('FBU', 'Oslo ', 'Fornebu '),
  ('BGO', ' Bergen', 'Flesland'), ('TRD', 'Trondheim ', 'Vaernes '), ('TOS', 'Tromso', 'Langnes'),
  ('KOK', 'Bergen ', 'Kokstad'), ('KJE', 'Oslo', 'Kjeller');
CREATE TABLE airline (uid INTEGER PRIMARY KEY, name TEXT, country TEXT);
INSERT INTO airline VALUES (1, 'Nordfly', 'Norway'), (2, 'Fjordwings', 'Norway'),
  (3, 'Danair', 'Denmark'), (4, 'Tundra', NULL), (5, 'Polar', 'Finland');
CREATE TABLE flight (id INTEGER PRIMARY KEY, airline INTEGER, source TEXT REFERENCES airport,
  seats INTEGER);
INSERT INTO flight VALUES (1, 1, ' OSL', 100), (2, 1, ' OSL', 120), (3, 2, 'BGO ', 80),
  (4, 3, ' TRD', 60), (5, 1, ' FBU', 90), (6, 3, ' OSL', 70), (7, 5, ' TOS', 50), (8, 2, 'BGO', 40);
)sql";

TEST(QuestionGenerator, TrimsPaddedTextsAndSaysSoInTheQuestion) {
  const DatabaseImage image = test::image_of(kPadded);
  const DatabaseImage trimmed =
      test::image_of(std::string(kPadded) +
                     "UPDATE airport SET city = trim(city), name = trim(name);"
                     "UPDATE flight SET source = trim(source);");
  const GeneratedQuestions made = made_from(image, 600);
  expect_sound(made, image);
  Database padded_database = open(image), trimmed_database = open(trimmed);
  std::map<std::string, int> seen;
  for (const Question& question : made.questions) {
    const auto has = [&](const char* part) {
      return question.gold_sql.find(part) != std::string::npos;
    };
    EXPECT_EQ(has("TRIM("), contains(question.text, "ignore blanks")) << question.text;
    EXPECT_EQ(result_of(padded_database, question.gold_sql),
              result_of(trimmed_database, question.gold_sql))
        << question.gold_sql;
    EXPECT_FALSE(has("country <> ")) << "of a column with NULL: " << question.gold_sql;
    for (const char* part :
         {"TRIM(t1.source) = t2.code", "t1.airline = ", "GROUP BY TRIM(city)", " IN ('", " <> '"})
      seen[part] += has(part);
  }
  for (const auto& [part, times] : seen) EXPECT_GT(times, 0) << part;
}

TEST(QuestionGenerator, KeepsQuestionsThatDifferInValuesInOneSplit) {
  const auto catalog = test::starter_catalog();
  const DatabaseImage image = catalog->packs().front().databases.front().image;
  const GeneratedQuestions made = made_from(image, 400, 3);
  std::map<std::string, std::set<std::string>> splits;
  int eval = 0;
  for (const Question& question : made.questions) {
    std::string kind;
    bool quoted = false, word = false;  // digits of a name, as in t1, belong to the kind
    for (const char c : question.gold_sql) {
      if (c == '\'') quoted = !quoted;
      const bool number = (c >= '0' && c <= '9') || c == '-' || (c == '.' && !word);
      word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (word && number);
      if (!quoted && (!number || word)) kind += c;
    }
    splits[kind].insert(question.split);
    eval += question.split == "eval";
  }
  for (const auto& [kind, found] : splits) EXPECT_EQ(found.size(), 1u) << kind;
  EXPECT_NEAR(eval, 120, 4);
}

TEST(QuestionGenerator, ChecksItsOptions) {
  const DatabaseImage image = test::image_of(kAwkward);
  GeneratorOptions options;
  options.families = {"count", "dance"};
  EXPECT_EQ(generate_questions(image, "db", options).error().code, ErrorCode::kBadOption);
  options = {};
  options.count = 0;
  EXPECT_EQ(generate_questions(image, "db", options).error().code, ErrorCode::kBadOption);
  options = {};
  options.eval_share = 1.5;
  EXPECT_EQ(generate_questions(image, "db", options).error().code, ErrorCode::kBadOption);
}

TEST(QuestionGeneratorWords, NamesBecomeEnglish) {
  using generate::attribute_of, generate::noun_of, generate::split_name;
  const auto noun = [](const char* name) { return noun_of(split_name(name)); };
  EXPECT_EQ(noun("countries"), (generate::Noun{"country", "countries"}));
  EXPECT_EQ(noun("People"), (generate::Noun{"person", "people"}));
  EXPECT_EQ(noun("TreatmentTypes"), (generate::Noun{"treatment type", "treatment types"}));
  EXPECT_EQ(noun("address"), (generate::Noun{"address", "addresses"}));
  EXPECT_EQ(noun("courses"), (generate::Noun{"course", "courses"}));
  EXPECT_EQ(noun("hiring"), (generate::Noun{"hiring record", "hiring records"}));
  EXPECT_EQ(noun("people_addresses").many, "person addresses");
  EXPECT_EQ(attribute_of(split_name("date_of_birth")).many, "dates of birth");
  EXPECT_EQ(attribute_of(split_name("GNPOld")).one, "GNP old");
  EXPECT_EQ(join(split_name("SurfaceArea"), " "), "surface area");
  EXPECT_EQ(join(split_name("CUSTOMER_ID"), " "), "customer ID");
  EXPECT_EQ(join(split_name("LName"), " "), "last name");
  EXPECT_EQ(join(split_name("dob"), " "), "date of birth");
  EXPECT_EQ(join(split_name("no_of_rooms"), " "), "number of rooms");
  EXPECT_EQ(join(split_name("no_smoking"), " "), "no smoking");
}

}  // namespace
}  // namespace sqlenv
