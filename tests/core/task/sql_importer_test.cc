#include "core/task/sql_importer.h"

#include <gtest/gtest.h>

#include "core/task/mysql_dialect.h"
#include "core/task/sql_script.h"

namespace sqlenv {
namespace {

std::vector<std::string> split(const std::string& text, SqlDialect dialect = SqlDialect::kSqlite) {
  SqlScript script(text, dialect);
  std::vector<std::string> statements;
  for (SqlScript::Statement statement; script.next(statement);)
    statements.push_back(std::to_string(statement.line) + " " + std::string(statement.text) +
                         (statement.complete ? "" : " …"));
  return statements;
}

using Texts = std::vector<std::string>;

TEST(SqlScript, CutsAtSemicolonsOutsideOfQuotes) {
  EXPECT_EQ(split("A;B ;\n\n C"), (Texts{"1 A", "1 B", "3 C"}));
  EXPECT_EQ(split("-- x;\nA ';' \"a;b\" `;` [;] -- ;\n, 'it''s;' /* ; */;B"),
            (Texts{"2 A ';' \"a;b\" `;` [;] -- ;\n, 'it''s;' /* ; */", "3 B"}));
  EXPECT_EQ(split(";;;  /* only */ "), Texts{});
  EXPECT_EQ(split("A 'open"), Texts{"1 A 'open …"});
  EXPECT_EQ(split(".mode csv\nA;"), (Texts{"1 .mode csv", "2 A"}));
}

TEST(SqlScript, TriggersEndWithEnd) {
  EXPECT_EQ(
      split("CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET x = CASE WHEN 1 THEN 2 END; "
            "DELETE FROM c; END; SELECT 1;"),
      (Texts{"1 CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET x = CASE WHEN 1 THEN 2 "
             "END; DELETE FROM c; END",
             "1 SELECT 1"}));
}

TEST(SqlScript, MySqlEscapesAndDelimiters) {
  EXPECT_EQ(split("A 'it\\'s; \\\\';# c;\nB", SqlDialect::kMySql),
            (Texts{"1 A 'it\\'s; \\\\'", "2 B"}));
  EXPECT_EQ(split("DELIMITER ;;\nCREATE PROCEDURE p() BEGIN x; END ;;\nDELIMITER ;\nB;",
                  SqlDialect::kMySql)
                .back(),
            "4 B");
}

TEST(SqlScript, GuessesTheDialect) {
  EXPECT_EQ(guess_dialect("PRAGMA foreign_keys=OFF;"), SqlDialect::kSqlite);
  EXPECT_EQ(guess_dialect("CREATE TABLE t (a int) ENGINE=InnoDB;"), SqlDialect::kMySql);
  EXPECT_EQ(guess_dialect("COPY public.t (a) FROM stdin;\n"), SqlDialect::kPostgres);
  EXPECT_EQ(guess_dialect("CREATE TABLE [dbo].[t] (a int)\nGO\n"), SqlDialect::kSqlServer);
}

TEST(MySql, TablesLoseWhatSqliteDoesNotHave) {
  EXPECT_EQ(from_mysql(
                "CREATE TABLE `city` (\n"
                "  `id` int(11) unsigned NOT NULL AUTO_INCREMENT COMMENT 'the, key',\n"
                "  `name` varchar(35) CHARACTER SET utf8 COLLATE utf8_bin DEFAULT NULL,\n"
                "  `kind` enum('a','b') NOT NULL DEFAULT 'a',\n"
                "  `at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,\n"
                "  `rate` decimal(10,2) DEFAULT -1.50,\n"
                "  PRIMARY KEY (`id`) USING BTREE,\n"
                "  UNIQUE KEY `u` (`name`(10)),\n"
                "  KEY `k` (`kind`),\n"
                "  CONSTRAINT `f` FOREIGN KEY (`id`) REFERENCES `x` (`id`) ON DELETE CASCADE,\n"
                "  CONSTRAINT `c` CHECK (json_valid(`name`))\n"
                ") ENGINE=InnoDB AUTO_INCREMENT=4080 DEFAULT CHARSET=latin1"),
            "CREATE TABLE \"city\" (\"id\" int NOT NULL, \"name\" varchar(35) DEFAULT NULL, "
            "\"kind\" TEXT "
            "NOT NULL DEFAULT 'a', \"at\" timestamp NOT NULL, \"rate\" decimal(10,2) DEFAULT "
            "-1.50, PRIMARY "
            "KEY (\"id\"), UNIQUE (\"name\"), FOREIGN KEY ( \"id\" ) REFERENCES \"x\" ( \"id\" ) "
            "ON DELETE "
            "CASCADE)");
}

TEST(MySql, ValuesKeepTheirMeaning) {
  EXPECT_EQ(from_mysql(R"(INSERT INTO `t` VALUES (1,'it\'s \"x\"\n','a''b',-2.5e-3,NULL))"),
            "INSERT INTO \"t\" VALUES ( 1 , 'it''s \"x\"\n' , 'a''b' , -2.5e-3 , NULL )");
  EXPECT_EQ(from_mysql("INSERT IGNORE INTO t VALUES (0xDEAD, _binary '\\0a', b'101', \"q\")"),
            "INSERT OR IGNORE INTO t VALUES ( X'DEAD' , x'0061' , 5 , 'q' )");
}

Result<Import> import_one(const std::string& text) { return import_sql({{"d.sql", text}}, {}); }

ResultTable query(const Import& import, const std::string& sql) {
  Result<Database> database = Database::open(import.databases.front().image);
  Result<ResultTable> table = database->query(sql);
  EXPECT_TRUE(table.has_value()) << table.error().to_string();
  return table ? *table : ResultTable();
}

TEST(SqlImport, TakesADumpOfSqlite) {
  const Result<Import> import = import_one(
      "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n"
      "CREATE TABLE a(id INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT);\n"
      "INSERT INTO a VALUES(1,'x;y');\nINSERT INTO a VALUES(2,replace('l\\nm','\\n',char(10)));\n"
      "CREATE TABLE b(v BLOB, r REAL);\nINSERT INTO b VALUES(X'00ff',1e3);\n"
      "DELETE FROM sqlite_sequence;\nINSERT INTO sqlite_sequence VALUES('a',2);\n"
      "CREATE INDEX i ON a(t);\nCREATE VIEW v AS SELECT t FROM a;\n"
      "CREATE TRIGGER g AFTER INSERT ON a BEGIN DELETE FROM b; END;\nCOMMIT;\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->name, "d");
  EXPECT_EQ(import->databases[0].image.schema().table_names(),
            (std::vector<std::string>{"a", "b", "v"}));
  EXPECT_EQ(query(*import, "SELECT t FROM v ORDER BY 1").rows[0][0], Value("l\nm"));
  const std::vector<ImportRemark> skipped = {
      {"d.sql, line 12 (CREATE TRIGGER g)", "such statements are not taken"}};
  EXPECT_EQ(import->skipped, skipped);
}

TEST(SqlImport, TakesADumpOfMySql) {
  const Result<Import> import = import_one(
      "-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\nDROP TABLE IF EXISTS `t`;\n"
      "CREATE TABLE `t` (`id` int(11) NOT NULL AUTO_INCREMENT, `s` varchar(9), PRIMARY KEY (`id`), "
      "KEY `k` (`s`)) ENGINE=InnoDB;\nLOCK TABLES `t` WRITE;\n"
      "INSERT INTO `t` VALUES (1,'it\\'s'),(2,'b;c');\nUNLOCK TABLES;\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(query(*import, "SELECT group_concat(s, '|') FROM t").rows[0][0], Value("it's|b;c"));
  ASSERT_EQ(import->notes.size(), 1u);
  EXPECT_EQ(import->notes[0].why.substr(0, 20), "read as MySQL's SQL;");
  EXPECT_TRUE(import->skipped.empty());
}

std::string refusal(const std::string& text) {
  const Result<Import> import = import_one(text);
  return import ? "taken" : import.error().to_string();
}

TEST(SqlImport, HalfADumpIsRefused) {
  EXPECT_EQ(refusal("CREATE TABLE t (a);\nINSERT INTO u VALUES (1);"),
            "SYNTAX: d.sql, line 2 (INSERT INTO u): no such table: u");
  EXPECT_EQ(refusal("CREATE TABLE t (a);\nINSERT INTO t VALUES ('x"),
            "SYNTAX: d.sql, line 2: the file ends inside a string, a name or a comment; it is cut "
            "short.");
  EXPECT_EQ(refusal("BEGIN; CREATE TABLE t (a); ROLLBACK; -- due to errors").substr(0, 31),
            "NOT_A_DATABASE: d.sql, line 1: ");
  EXPECT_EQ(refusal(""), "NOT_A_DATABASE: the script makes no table that can be read.");
  EXPECT_EQ(refusal("-- PostgreSQL database dump\n").substr(0, 42),
            "NOT_A_DATABASE: this is a PostgreSQL dump,");
  EXPECT_EQ(refusal(std::string("SELECT\0", 7)).substr(0, 21), "NOT_A_DATABASE: d.sql");
}

TEST(SqlImport, AScriptReachesNothingAndEnds) {
  const Result<Import> import = import_one(
      "CREATE TABLE t (a);\nATTACH 'x.db' AS x;\nSELECT load_extension('x');\n"
      "CREATE TEMP TABLE z (a);\nPRAGMA writable_schema=ON;\n"
      "INSERT INTO sqlite_schema VALUES ('table','v','v',0,'CREATE VIRTUAL TABLE v USING "
      "fts5(a)');\n"
      "CREATE VIRTUAL TABLE w USING fts5(a);\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->databases[0].image.schema().table_names(), std::vector<std::string>{"t"});
  EXPECT_EQ(import->skipped.size(), 5u);
  EXPECT_EQ(refusal("CREATE TABLE t AS SELECT random() AS r;").substr(0, 21),
            "SYNTAX: d.sql, line 1");
  EXPECT_EQ(
      refusal("CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(900000000));").substr(0, 10),
      "TOO_LARGE:");
  ImportOptions options;
  int asked = 0;
  options.stopped = [&asked] { return ++asked > 3; };
  const std::string endless =
      "CREATE TABLE t (a); INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
      "FROM n) SELECT max(i) FROM n;";
  EXPECT_EQ(import_sql({{"d.sql", endless}}, options).error().code, ErrorCode::kTimeout);
}

TEST(SqlImport, AFailedIndexLeavesTheTableWhole) {
  const Result<Import> import = import_one(
      "CREATE TABLE t (a); INSERT INTO t VALUES (1),(1),(2); CREATE UNIQUE INDEX u ON t (a);");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(query(*import, "SELECT count(*) FROM t").rows[0][0], Value(std::int64_t{3}));
  ASSERT_EQ(import->skipped.size(), 1u);
  EXPECT_EQ(import->skipped[0].why, "UNIQUE constraint failed: t.a");
}

}  // namespace
}  // namespace sqlenv
