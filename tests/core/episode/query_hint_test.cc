// Habits of agents in QUERY and SAMPLE: wrappings, other dialects, and values that are too long.
#include "core/episode/query_hint.h"

#include <gtest/gtest.h>

#include "core/base/wrapping.h"
#include "core/wire/pack_json.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

Episode start(Environment& environment) {
  ResetOptions options;
  options.filter.question_id = "zoo_train_001";
  options.step_budget = 1000;
  return std::move(*environment.reset(options));
}

class Habits : public testing::Test {
 protected:
  std::string error_of(const std::string& sql) {
    const StepResult result = episode_.step({"QUERY", sql});
    EXPECT_EQ(episode_.steps().back().action.argument, sql);
    return result.observation.error;
  }
  std::string result_of(const std::string& sql) {
    const StepResult result = episode_.step({"QUERY", sql});
    EXPECT_EQ(result.observation.error, "") << sql;
    EXPECT_EQ(episode_.steps().back().action.argument, sql);
    return result.observation.result;
  }

  Environment environment_{test::small_catalog()};
  Episode episode_ = start(environment_);
};

TEST_F(Habits, WrappingsOfAQueryAreTakenOff) {
  const std::string want = result_of("SELECT count(*) FROM animal");
  for (const char* sql : {"```sql\nSELECT count(*) FROM animal\n```",
                          "```\nSELECT count(*) FROM animal\n```",
                          "```SELECT count(*) FROM animal```",
                          "```sql\nSELECT count(*) FROM animal",
                          "```sql SELECT count(*) FROM animal```",
                          "``` sql\nSELECT count(*)\nFROM animal;\n```\n",
                          "```SELECT\ncount(*) FROM animal```",
                          "SQL: SELECT count(*) FROM animal",
                          "Query: SELECT count(*) FROM animal",
                          "SQL Query:\nSELECT count(*) FROM animal",
                          "**SQL:** SELECT count(*) FROM animal",
                          "**SQL**: SELECT count(*) FROM animal",
                          "sql\nSELECT count(*) FROM animal",
                          "`SELECT count(*) FROM animal`",
                          "\"SELECT count(*) FROM animal\"",
                          "'SELECT count(*) FROM animal'",
                          "'''sql\nSELECT count(*) FROM animal\n'''",
                          "SQLQuery: SELECT count(*) FROM animal",
                          "SQL:\n```sql\nSELECT count(*) FROM animal;\n```",
                          "SELECT count(*) FROM animal;;",
                          "SELECT count(*) FROM animal; -- done\n/* x */",
                          "-- look\nSELECT count(*) FROM animal",
                          "  SELECT count(*) FROM animal ; ; "})
    EXPECT_EQ(result_of(sql), want) << sql;
}

TEST_F(Habits, AWrappedQueryIsARepeat) {
  episode_.step({"QUERY", "SELECT count(*) FROM animal"});
  const StepResult again = episode_.step({"QUERY", "```sql\nSELECT  count(*) FROM animal;\n```"});
  EXPECT_LT(again.terms.repeat, 0);
}

TEST_F(Habits, InPiecesTheSame) {
  for (const char* sql : {"```sql\nSELECT 1\n```", "SHOW TABLES", "SELECT TOP 5 * FROM animal"}) {
    Episode other = episode_;
    const StepResult whole = episode_.step({"QUERY", sql});
    EXPECT_EQ(other.finish(other.begin({"QUERY", sql})).observation, whole.observation);
    // The past is rebuilt from what was recorded.
    episode_.step({"QUERY", "SELECT 2"});
    EXPECT_EQ(episode_.until(episode_.steps().size() - 1).latest().observation, whole.observation);
  }
}

TEST(Layers, OfAQuery) {
  EXPECT_EQ(without_layers(" SELECT `a` FROM `t` ", Wrapped::kQuery), "SELECT `a` FROM `t`");
  EXPECT_EQ(without_layers("```sql\n```", Wrapped::kQuery), "");
  EXPECT_EQ(without_layers("```sql\nSELECT 1\n```\n```sql\nSELECT 2\n```", Wrapped::kQuery),
            "```sql\nSELECT 1\n```\n```sql\nSELECT 2\n```");
  EXPECT_EQ(without_layers("sqlite", Wrapped::kQuery), "sqlite");
  EXPECT_EQ(without_layers("SQL: x", Wrapped::kAnswer), "SQL: x");
  EXPECT_EQ(without_layers("answer: SQL: x", Wrapped::kAnswer), "SQL: x");
}

struct Habit {
  const char* sql;
  const char* code;
  const char* hint;  // a part of it
};

TEST_F(Habits, OtherDialectsAreAnsweredWithWhatThereIs) {
  const Habit habits[] = {
      {"SHOW TABLES", "SYNTAX", "the action DESCRIBE"},
      {"SHOW COLUMNS FROM animal", "SYNTAX", "the action DESCRIBE"},
      {"show create table animal", "SYNTAX", "the action DESCRIBE"},
      {"DESCRIBE animal", "SYNTAX", "the action DESCRIBE"},
      {"DESC animal", "SYNTAX", "the action DESCRIBE"},
      {".tables", "SYNTAX", "the action DESCRIBE"},
      {".schema animal", "SYNTAX", "the action DESCRIBE"},
      {"\\dt", "SYNTAX", "the action DESCRIBE"},
      {"PRAGMA table_info(animal)", "NOT_READ_ONLY", "the action DESCRIBE"},
      {"PRAGMA index_list(animal)", "NOT_READ_ONLY", "the action DESCRIBE"},
      {"SELECT * FROM pragma_table_info('animal')", "NOT_READ_ONLY", "the action DESCRIBE"},
      {"SELECT table_name FROM information_schema.tables", "NO_SUCH_TABLE", "the action DESCRIBE"},
      {"SELECT * FROM INFORMATION_SCHEMA.COLUMNS WHERE table_name = 'x'", "NO_SUCH_TABLE",
       "the action DESCRIBE"},
      {"(SELECT 1)", "SYNTAX", "without parentheses"},
      {"SELECT TOP 5 * FROM animal", "SYNTAX", "LIMIT 5"},
      {"SELECT TOP (5) name FROM animal", "SYNTAX", "LIMIT 5"},
      {"SELECT DISTINCT TOP 5 name FROM animal", "SYNTAX", "LIMIT 5"},
      {"SELECT name FROM animal FETCH FIRST 5 ROWS ONLY", "SYNTAX", "LIMIT 5"},
      {"SELECT name FROM animal OFFSET 5 ROWS FETCH NEXT 5 ROWS ONLY", "SYNTAX", "LIMIT 5"},
      {"SELECT name FROM animal LIMIT ALL", "", "LIMIT 5"},
      {"SELECT name FROM animal WHERE ROWNUM <= 5", "NO_SUCH_COLUMN", "LIMIT 5"},
      {"SELECT name FROM animal WHERE name ILIKE 'r%'", "SYNTAX", "LIKE ignores the case"},
      {"SELECT weight::int FROM animal", "SYNTAX", "CAST(x AS INTEGER)"},
      {"SELECT CONVERT(INT, name) FROM animal", "", "CAST(x AS INTEGER)"},
      {"SELECT TRY_CAST(name AS INT) FROM animal", "SYNTAX", "CAST(x AS INTEGER)"},
      {"SELECT DATE_FORMAT(name, '%Y') FROM animal", "SYNTAX", "strftime"},
      {"SELECT EXTRACT(YEAR FROM name) FROM animal", "SYNTAX", "strftime"},
      {"SELECT YEAR(name) FROM animal", "SYNTAX", "strftime"},
      {"SELECT month (name) FROM animal", "SYNTAX", "strftime"},
      {"SELECT STR_TO_DATE(name, '%Y') FROM animal", "SYNTAX", "strftime"},
      {"SELECT TO_CHAR(name, 'YYYY') FROM animal", "SYNTAX", "strftime"},
      {"SELECT DATE_TRUNC('month', name) FROM animal", "SYNTAX", "strftime"},
      {"SELECT DATEPART(year, name) FROM animal", "", "strftime"},
      {"SELECT NOW()", "SYNTAX", "no clock"},
      {"SELECT GETDATE()", "SYNTAX", "no clock"},
      {"SELECT DATEDIFF(name, name) FROM animal", "SYNTAX", "julianday"},
      {"SELECT DATE_ADD(name, INTERVAL 1 DAY) FROM animal", "SYNTAX", "julianday"},
      {"SELECT name - INTERVAL '1 day' FROM animal", "", "julianday"},
      {"SELECT name FROM animal WHERE name > DATE '2024-01-31'", "", "plain text"},
      {"SELECT IF(weight > 3, 1, 0) FROM animal", "SYNTAX", "iif("},
      {"SELECT ISNULL(name, 'x') FROM animal", "SYNTAX", "ifnull("},
      {"SELECT NVL(name, 'x') FROM animal", "SYNTAX", "ifnull("},
      {"SELECT LEFT(name, 2) FROM animal", "SYNTAX", "substr("},
      {"SELECT RIGHT(name, 2) FROM animal", "SYNTAX", "substr("},
      {"SELECT LEN(name) FROM animal", "SYNTAX", "length("},
      {"SELECT CHARINDEX('a', name) FROM animal", "SYNTAX", "instr("},
      {"SELECT POSITION('a' IN name) FROM animal", "", "instr("},
      {"SELECT name FROM animal WHERE name REGEXP '^R'", "SYNTAX", "regular expressions"},
      {"SELECT name FROM animal WHERE name RLIKE '^R'", "SYNTAX", "regular expressions"},
      {"SELECT name FROM animal WHERE name ~ '^R'", "SYNTAX", "regular expressions"},
      {"SELECT GROUP_CONCAT(name SEPARATOR ', ') FROM animal", "SYNTAX", "group_concat(x, ', ')"},
      {"SELECT ARRAY_AGG(name) FROM animal", "SYNTAX", "group_concat(x, ', ')"},
      {"SELECT GREATEST(1, 2)", "SYNTAX", "max(x, y)"},
      {"SELECT STDDEV(weight) FROM animal", "SYNTAX", "aggregates"},
      {"SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY weight) FROM animal", "", "("},
      {"SELECT SQRT(weight) FROM animal", "SYNTAX", "x * x"},
      {"SELECT FLOOR(weight) FROM animal", "SYNTAX", "CAST(x AS INTEGER)"},
      {"SELECT name FROM animal WHERE weight > ALL (SELECT 1)", "SYNTAX", "min() or max()"},
      {"SELECT DISTINCT ON (name) * FROM animal", "SYNTAX", "row_number()"},
      {"SELECT name, count(*) FROM animal GROUP BY ROLLUP (name)", "", "UNION ALL"},
      {"SELECT name FROM animal MINUS SELECT 'x'", "SYNTAX", "EXCEPT"},
      {"SELECT 1 <=> 2", "SYNTAX", "IS"},
      {"Here it is:\n```sql\nSELECT 1\n```", "SYNTAX", "statement alone"},
      {"```sql\nSELECT 1\n```\nIt counts.", "SYNTAX", "statement alone"},
  };
  for (const Habit& habit : habits) {
    const std::string error = error_of(habit.sql);
    const std::string_view hint =
        query_hint(habit.sql, episode_.steps().back().result.error.value().code);
    EXPECT_TRUE(error.starts_with(habit.code)) << habit.sql << "\n" << error;
    EXPECT_NE(hint.find(habit.hint), std::string_view::npos) << habit.sql << "\n" << error;
    EXPECT_TRUE(error.ends_with(". " + std::string(hint))) << error;
  }
}

TEST_F(Habits, AHintIsGivenOnlyWhereItIsOne) {
  for (const char* sql :
       {"SELEC name FROM animal", "SELECT nam FROM animal", "SELECT name FROM animals",
        "SELECT 'SHOW TABLES' FROM nowhere", "SELECT name AS top FROM animal ORDER BY nam",
        "SELECT name /* TOP 5 */ FROM animals", "DROP TABLE animal", "SELECT 1; SELECT NOW()",
        "PRAGMA writable_schema = 1", "INSERT INTO animal VALUES (NOW())",
        "SELECT \"year\" (name) FROM animals",
        "SELECT a.login FROM animal a LEFT JOIN (SELECT 1) b", "SELECT isnull FROM",
        "SELECT name FROM animal WHERE name = date", "SELECT foo(name) FROM animal", "x",
        "SELECT first, next, days, years, months, lens, ifs, logs FROM animal"}) {
    error_of(sql);
    const Error error = episode_.steps().back().result.error.value();
    EXPECT_EQ(query_hint(sql, error.code), "") << sql;
  }
  for (const ErrorCode code : {ErrorCode::kTooLarge, ErrorCode::kOperationBudget,
                               ErrorCode::kTimeout, ErrorCode::kExecution})
    EXPECT_EQ(query_hint("SELECT NOW() LIMIT ALL", code), "");
}

TEST_F(Habits, WhatSqliteHasRuns) {
  for (
      const char* sql :
      {"SELECT concat('a', name), iif(1, 2, 3) FROM animal", "SELECT name FROM animal LIMIT 1, 2",
       "SELECT string_agg(name, ',') FROM animal", "SELECT `name` FROM `animal` WHERE name = \"x\"",
       "SELECT * FROM animal FULL OUTER JOIN keeper ON 1 = 0",
       "SELECT group_concat(name, ', ' ORDER BY name) FROM animal", "SELECT name FROM main.animal",
       "SELECT strftime('%Y', '2024-05-06'), julianday('2024-05-06'), date('2024-05-06', '+1 day')",
       "SELECT name FROM animal LIMIT 5 -- it's"})
    result_of(sql);
}

// The zoo with one more table.
std::shared_ptr<const Catalog> zoo_with(const std::string& sql) {
  std::map<std::string, std::string> files = test::small_pack_files();
  files["zoo.sql"] += sql;
  std::vector<Pack> packs;
  packs.push_back(load_pack(test::MemoryFiles(files)).value());
  return std::make_shared<const Catalog>(std::move(packs));
}

StepResult sample(const std::string& sql, const std::string& table) {
  Environment environment(zoo_with(sql));
  return start(environment).step({"SAMPLE", table});
}

TEST(LongValues, AreShortenedInASample) {
  const StepResult result = sample(
      "CREATE TABLE doc (id INTEGER PRIMARY KEY, photo BLOB, body TEXT, n REAL);"
      "INSERT INTO doc VALUES (1, zeroblob(2000000), 'short', 0.5), (2, x'01ff', "
      "replace(hex(zeroblob(500000)), '00', 'é'), NULL), (3, NULL, hex(zeroblob(4000000)), 7);",
      "doc");
  EXPECT_EQ(result.observation.error, "");
  std::string accents;
  for (int i = 0; i < 200; ++i) accents += "é";
  EXPECT_EQ(result.observation.result,
            "id | photo | body | n\n1 | … (2000000 bytes) | short | 0.5\n2 | x'01ff' | " + accents +
                "… | NULL\n3 | NULL | … (8000000 bytes) | 7.0\n(3 rows)");
  ASSERT_NE(result.table, nullptr);
  EXPECT_EQ(result.table->columns, (std::vector<std::string>{"id", "photo", "body", "n"}));
  EXPECT_TRUE(std::get<std::string>(result.table->rows[1][2]).ends_with("é…"));
}

TEST(LongValues, InAWideTableAreShortened) {
  std::string columns, values;
  for (int c = 0; c < 90; ++c) {
    columns += ", \"c " + std::to_string(c) + "\" TEXT";
    values += ", hex(zeroblob(100000))";
  }
  std::string script = "CREATE TABLE wide (id INTEGER" + columns + ");";
  for (int r = 0; r < 5; ++r)
    script.append("INSERT INTO wide VALUES (1").append(values).append(");");
  const StepResult result = sample(script, "wide");
  EXPECT_EQ(result.observation.error, "");
  EXPECT_LT(result.observation.result.size(), 250'000u);
  EXPECT_TRUE(result.observation.result.ends_with("(5 rows)"));
}

TEST(LongValues, ThatCanBeShownStayWhole) {
  const StepResult result = sample(
      "CREATE TABLE note (body TEXT); INSERT INTO note VALUES (hex(zeroblob(100000)));", "note");
  EXPECT_EQ(std::get<std::string>(result.table->rows[0][0]).size(), 200'000u);
  EXPECT_EQ(result.observation.result, "body\n" + std::string(400, '0') + "…\n(1 row)");
}

TEST(LongValues, OfAViewAreShortened) {
  const StepResult result = sample(
      "CREATE TABLE note (id INTEGER, body TEXT); INSERT INTO note VALUES (1, "
      "hex(zeroblob(300000)));"
      "CREATE VIEW shout AS SELECT id, lower(body) AS said FROM note;",
      "shout");
  EXPECT_EQ(result.observation.result, "id | said\n1 | " + std::string(400, '0') + "…\n(1 row)");
}

TEST(LongValues, AQueryStillRefuses) {
  Environment environment(
      zoo_with("CREATE TABLE note (body TEXT); INSERT INTO note VALUES (hex(zeroblob(300000)));"));
  Episode episode = start(environment);
  episode.step({"SAMPLE", "note"});
  const StepResult refused = episode.step({"QUERY", "SELECT body FROM note"});
  EXPECT_TRUE(refused.observation.error.starts_with("TOO_LARGE")) << refused.observation.error;
  EXPECT_EQ(episode.step({"QUERY", "SELECT octet_length(body) FROM note"}).observation.result,
            "octet_length(body)\n600000\n(1 row)");
}

}  // namespace
}  // namespace sqlenv
