#include "core/task/sql_importer.h"

#include <gtest/gtest.h>

#include "core/base/text.h"
#include "core/task/dump_statement.h"
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
  EXPECT_EQ(split("DELIMITER ;;\nP BEGIN x; END;;\nQ ;;\ndelimiter //\nR;S//\nDELIMITER ;\nB;C",
                  SqlDialect::kMySql),
            (Texts{"2 P BEGIN x; END", "3 Q", "5 R;S", "7 B", "7 C"}));
  EXPECT_EQ(split("DELIMITER $$\nP BEGIN x; END$$\nQ$$", SqlDialect::kMySql),
            (Texts{"2 P BEGIN x; END", "3 Q"}));
  EXPECT_EQ(split("/*!40101 SET x */;\nsource a.sql\nA--5", SqlDialect::kMySql),
            (Texts{"1 SET x */", "2 source a.sql", "3 A--5"}));
}

TEST(SqlScript, GuessesTheDialect) {
  EXPECT_EQ(guess_dialect("PRAGMA foreign_keys=OFF;"), SqlDialect::kSqlite);
  EXPECT_EQ(guess_dialect("CREATE TABLE t (a int) ENGINE=InnoDB;"), SqlDialect::kMySql);
  EXPECT_EQ(guess_dialect("COPY public.t (a) FROM stdin;\n"), SqlDialect::kPostgres);
  EXPECT_EQ(guess_dialect("CREATE TABLE [dbo].[t] (a int)\nGO\n"), SqlDialect::kSqlServer);
  EXPECT_EQ(guess_dialect("CREATE TABLE t (a VARCHAR2(3));"), SqlDialect::kOracle);
  // What stands in a string is data.
  EXPECT_EQ(guess_dialect("INSERT INTO t VALUES ('ENGINE=InnoDB AUTO_INCREMENT /*! [dbo].');"),
            SqlDialect::kSqlite);
}

std::string translated(const std::string& statement, SqlDialect dialect = SqlDialect::kMySql) {
  return join(translate(read_statement(statement, dialect), {}, dialect, {}).sql, "; ");
}

TEST(MySql, TablesLoseWhatSqliteDoesNotHave) {
  EXPECT_EQ(
      translated(
          "CREATE TABLE `city` (\n"
          "  `id` int(11) unsigned NOT NULL AUTO_INCREMENT COMMENT 'the, key',\n"
          "  `name` varchar(35) CHARACTER SET utf8 COLLATE utf8_bin DEFAULT NULL,\n"
          "  `kind` enum('a','b') NOT NULL DEFAULT 'a',\n"
          "  `at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,\n"
          "  `rate` decimal(10,2) DEFAULT -1.50,\n"
          "  `flag` bit(1) NOT NULL DEFAULT b'1',\n"
          "  PRIMARY KEY (`id`) USING BTREE,\n"
          "  UNIQUE KEY `u` (`name`(10)),\n"
          "  KEY `k` (`kind`),\n"
          "  FULLTEXT KEY `ft` (`name`),\n"
          "  CONSTRAINT `f` FOREIGN KEY (`id`) REFERENCES `db`.`x` (`id`) ON DELETE CASCADE,\n"
          "  CONSTRAINT `c` CHECK (json_valid(`name`))\n"
          ") ENGINE=InnoDB AUTO_INCREMENT=4080 DEFAULT CHARSET=latin1 COMMENT='a; ''b'' \\''\n"
          "/*!50100 PARTITION BY RANGE (`id`) (PARTITION p0 VALUES LESS THAN (9)) */"),
      "CREATE TABLE \"city\" (\"id\" INTEGER NOT NULL, \"name\" varchar(35) DEFAULT NULL, "
      "\"kind\" TEXT NOT NULL DEFAULT 'a', \"at\" timestamp, \"rate\" decimal(10,2) DEFAULT -1.50, "
      "\"flag\" bit(1) NOT NULL DEFAULT 1, PRIMARY KEY (\"id\"), UNIQUE (\"name\"), "
      "FOREIGN KEY (\"id\") REFERENCES \"x\" (\"id\"))");
}

TEST(MySql, TypesKeepValuesAsTheyAreWritten) {
  // SQLite would read a number in a text of type JSON, BINARY or NATIONAL VARCHAR.
  EXPECT_EQ(translated("CREATE TABLE t (a json, b binary(4), c national varchar(3), d double "
                       "precision, e point, f character varying(4), g longtext)"),
            "CREATE TABLE \"t\" (\"a\" TEXT, \"b\" BLOB, \"c\" TEXT, \"d\" double precision, "
            "\"e\" TEXT, \"f\" character varying(4), \"g\" longtext)");
}

TEST(MySql, ValuesKeepTheirMeaning) {
  EXPECT_EQ(translated(R"(INSERT INTO `t` VALUES (1,'it\'s \"x\"\n','a''b',-2.5e-3,NULL))"),
            "INSERT INTO \"t\" VALUES ( 1 , 'it''s \"x\"\n' , 'a''b' , -2.5e-3 , NULL )");
  EXPECT_EQ(translated("INSERT IGNORE INTO t VALUES (0xDEAD, _binary '\\0a', b'101', \"q\")"),
            "INSERT OR IGNORE INTO \"t\" VALUES ( X'DEAD' , x'0061' , 5 , 'q' )");
  EXPECT_EQ(translated(R"(INSERT t VALUE (_utf8mb4'x',_latin1 'y',N'z',x'0f','\Z\%\_',5 - -1))"),
            "INSERT INTO \"t\" VALUES ( 'x' , 'y' , 'z' , X'0f' , '\x1a\\%\\_' , 5 - -1 )");
}

TEST(MySql, FormsOfInsert) {
  EXPECT_EQ(translated("INSERT INTO d.t SET `a` = 1, b = concat('x', ',')"),
            "INSERT INTO \"t\" (\"a\", b) VALUES (1, concat ( 'x' , ',' ))");
  EXPECT_EQ(translated("REPLACE INTO t () VALUES ()"), "REPLACE INTO \"t\" DEFAULT VALUES");
  EXPECT_EQ(translated("INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a) + 1"),
            "INSERT INTO \"t\" ( a ) VALUES ( 1 ) ON CONFLICT DO UPDATE SET a = excluded.a +1");
  EXPECT_EQ(translated("TRUNCATE TABLE a, `d`.`b`"), "DELETE FROM \"a\"; DELETE FROM \"b\"");
  EXPECT_EQ(translated("DROP TABLE a, b"),
            "DROP TABLE IF EXISTS \"a\"; DROP TABLE IF EXISTS \"b\"");
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

TEST(SqlImport, TakesADumpOfANewerShell) {
  const Result<Import> import = import_one(
      "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE note(id INTEGER, body TEXT);\n"
      "INSERT INTO note VALUES(1,unistr('one\\u000atwo \\\\ \\U0001F600 \\00e9\\+00263a'));\n"
      "COMMIT;\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(query(*import, "SELECT body FROM note").rows[0][0], Value("one\ntwo \\ 😀 é☺"));
  EXPECT_EQ(import_one("CREATE TABLE t(a); INSERT INTO t VALUES(unistr('\\u00'));").error().message,
            "d.sql, line 1 (INSERT INTO t): invalid Unicode escape");
}

// The lists that a person reads, a line each.
std::string remarks(const std::vector<ImportRemark>& list) {
  std::string text;
  for (const ImportRemark& remark : list) text += remark.what + ": " + remark.why + "\n";
  return text;
}

TEST(SqlImport, AVirtualTableIsLeftOutWithItsIndex) {
  const Result<Import> import = import_one(
      "PRAGMA writable_schema=ON;\nCREATE TABLE t(a);\n"
      "INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','docs','docs',0,"
      "'CREATE VIRTUAL TABLE docs USING fts5(body)');\n"
      "CREATE TABLE IF NOT EXISTS 'docs_data'(id INTEGER PRIMARY KEY, block BLOB);\n"
      "INSERT INTO docs_data VALUES(1,X'00');\nCREATE TABLE IF NOT EXISTS 'docs_content'(c0);\n"
      "CREATE TABLE docs_of_mine(a);\nPRAGMA writable_schema=OFF;\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->databases[0].image.schema().table_names(), (Texts{"t", "docs_of_mine"}));
  EXPECT_EQ(remarks(import->skipped),
            "d.sql, line 3 (virtual table docs): virtual tables and the "
            "tables of their index are not taken\n");
}

TEST(SqlImport, TakesADumpOfMySql) {
  const Result<Import> import = import_one(
      "-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\nDROP TABLE IF EXISTS `t`;\n"
      "CREATE TABLE `t` (`id` int(11) NOT NULL AUTO_INCREMENT, `s` varchar(9), PRIMARY KEY (`id`), "
      "KEY `k` (`s`)) ENGINE=InnoDB;\nLOCK TABLES `t` WRITE;\n"
      "/*!40000 ALTER TABLE `t` DISABLE KEYS */;\n"
      "INSERT INTO `t` VALUES (1,'it\\'s'),(2,'b;c');\nUNLOCK TABLES;\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(query(*import, "SELECT group_concat(s, '|') FROM t").rows[0][0], Value("it's|b;c"));
  ASSERT_EQ(import->notes.size(), 1u);
  EXPECT_EQ(import->notes[0].why.substr(0, 20), "read as MySQL's SQL;");
  EXPECT_TRUE(import->skipped.empty());
}

TEST(SqlImport, ViewsInVersionCommentsAreTaken) {
  const Result<Import> import = import_one(
      "-- MySQL dump 10.13\nCREATE TABLE `t` (`a` int) ENGINE=InnoDB;\n"
      "INSERT INTO `t` VALUES (1),(7);\n"
      "/*!50001 CREATE VIEW `v` AS SELECT \n 1 AS `a`*/;\n"
      "/*!50001 CREATE TABLE `w` (`a` tinyint NOT NULL) ENGINE=MyISAM */;\n"
      "/*!50001 DROP VIEW IF EXISTS `v`*/;\n"
      "/*!50001 CREATE ALGORITHM=UNDEFINED */\n"
      "/*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */\n"
      "/*!50001 VIEW `v` AS select `t`.`a` AS `a` from `t` where `t`.`a` >= 2 */;\n"
      "/*!50001 DROP TABLE IF EXISTS `w`*/;\n/*!50001 DROP VIEW IF EXISTS `w`*/;\n"
      "/*!50001 CREATE VIEW `w` AS select nonsense(`a`) AS `a` from `t` */;\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->databases[0].image.schema().table_names(), (Texts{"t", "v"}));
  EXPECT_EQ(query(*import, "SELECT a FROM v").rows,
            (std::vector<std::vector<Value>>{{Value(std::int64_t{7})}}));
  EXPECT_EQ(remarks(import->skipped), "view w: no such function: nonsense\n");
}

TEST(MySql, ViewsCallWhatSqliteHas) {
  EXPECT_EQ(translated("CREATE VIEW v AS SELECT CONCAT(a, _utf8' ', IF(b, UCASE(c), 'x')) AS d, "
                       "GROUP_CONCAT(CONCAT(a, ',') SEPARATOR '; ') AS e FROM t"),
            "CREATE VIEW \"v\" AS SELECT ( a || ' ' || iif ( b , upper ( c ) , 'x' ) ) AS d , "
            "GROUP_CONCAT ( ( a || ',' ) , '; ' ) AS e FROM t");
  // SQLite would take the separator for a second key.
  EXPECT_NE(translated("CREATE VIEW v AS SELECT GROUP_CONCAT(a ORDER BY b SEPARATOR '; ') FROM t")
                .find("SEPARATOR"),
            std::string::npos);
}

TEST(SqlImport, KeysThatPhpMyAdminAddsAtTheEndAreKept) {
  const Result<Import> import = import_one(
      "-- phpMyAdmin SQL Dump\nCREATE TABLE `c` (`id` int(11) NOT NULL) ENGINE=InnoDB;\n"
      "CREATE TABLE `o` (`id` int(11) NOT NULL, `c` int(11)) ENGINE=InnoDB;\n"
      "INSERT INTO `c` (`id`) VALUES\n(1),\n(2);\n"
      "ALTER TABLE `c`\n  ADD PRIMARY KEY (`id`),\n  ADD KEY `k` (`id`);\n"
      "ALTER TABLE `c`\n  MODIFY `id` int(11) NOT NULL AUTO_INCREMENT, AUTO_INCREMENT=3;\n"
      "ALTER TABLE `o`\n  ADD CONSTRAINT `f` FOREIGN KEY (`c`) REFERENCES `c` (`id`);\n"
      "ALTER TABLE `o` ADD COLUMN `w` varchar(3) NOT NULL DEFAULT 'x' AFTER `id`;\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  const Schema& schema = import->databases[0].image.schema();
  EXPECT_EQ(schema.find("c")->columns[0].primary_key, 1);
  ASSERT_EQ(schema.find("o")->foreign_keys.size(), 1u);
  EXPECT_EQ(schema.find("o")->foreign_keys[0].table, "c");
  EXPECT_EQ(schema.find("o")->columns.back().name, "w");
  EXPECT_TRUE(import->skipped.empty()) << remarks(import->skipped);
}

TEST(SqlImport, EachDatabaseOfADumpIsKept) {
  const Result<Import> import = import_one(
      "-- MySQL dump 10.13\nUSE `mysql`;\nCREATE TABLE `user` (`h` char(60)) ENGINE=MyISAM;\n"
      "CREATE DATABASE /*!32312 IF NOT EXISTS*/ `a` /*!40100 DEFAULT CHARACTER SET utf8 */;\n"
      "USE `a`;\nCREATE TABLE `t` (`id` int) ENGINE=InnoDB;\nINSERT INTO `t` VALUES (1),(2);\n"
      "USE `b`;\nDROP TABLE IF EXISTS `t`;\nCREATE TABLE `t` (`id` int) ENGINE=InnoDB;\n"
      "INSERT INTO `a`.`t` VALUES (3);\nALTER TABLE `t` ADD PRIMARY KEY (`id`);\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  ASSERT_EQ(import->databases.size(), 2u);
  EXPECT_EQ(import->databases[0].name, "a");
  EXPECT_EQ(import->databases[0].image.schema().find("t")->row_count, 3);
  EXPECT_EQ(import->databases[0].image.schema().find("t")->columns[0].primary_key, 0);
  EXPECT_EQ(import->databases[1].name, "b");
  EXPECT_EQ(import->databases[1].image.schema().find("t")->columns[0].primary_key, 1);
  EXPECT_EQ(remarks(import->skipped),
            "d.sql, line 3 (CREATE TABLE user): tables of the server itself are not taken\n");
}

TEST(SqlImport, AQualifiedNameIsATableOfTheDump) {
  const Result<Import> import = import_one(
      "CREATE TABLE IF NOT EXISTS `db`.`t` (`a` int unsigned NOT NULL, INDEX `x` (`a`), CONSTRAINT "
      "`pk` PRIMARY KEY (`a`)) TYPE=MyISAM AUTO_INCREMENT=3 ;\n"
      "INSERT INTO `db`.`t` (`a`) VALUES (1);\nINSERT INTO t VALUES (3);\n"
      "CREATE VIEW `v` AS SELECT `db`.`t`.`a` FROM `db`.`t`;\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  ASSERT_EQ(import->databases.size(), 1u);
  EXPECT_EQ(import->databases[0].name, "d");
  EXPECT_EQ(query(*import, "SELECT count(*) FROM v").rows[0][0], Value(std::int64_t{2}));
}

TEST(SqlImport, ComputedColumnsAreKeptWhereTheyCanBe) {
  const Result<Import> import = import_one(
      "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED) ENGINE=InnoDB;\n"
      "CREATE TABLE u (a int, b char(64) AS (sha2(a, 256)) VIRTUAL) ENGINE=InnoDB;\n"
      "INSERT INTO t (a) VALUES (1); INSERT INTO u (a) VALUES (1);\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(query(*import, "SELECT b FROM t").rows[0][0], Value(std::int64_t{2}));
  EXPECT_EQ(remarks(import->skipped), "d.sql, line 2 (column \"b\"): no such function: sha2\n");
}

TEST(SqlImport, WhatIsLeftOutIsCountedWithAnExample) {
  const Result<Import> import = import_one(
      "CREATE TABLE t (a int) ENGINE=InnoDB;\nDELIMITER ;;\n"
      "CREATE TRIGGER `g` AFTER INSERT ON t FOR EACH ROW BEGIN x; END;;\n"
      "CREATE TRIGGER `h` AFTER INSERT ON t FOR EACH ROW BEGIN x; END;;\nDELIMITER ;\n"
      "CREATE DEFINER=`r`@`%` PROCEDURE p() SELECT 1;\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(remarks(import->skipped),
            "d.sql, line 3 (CREATE TRIGGER `g`) and 1 more: such statements are not taken\n"
            "d.sql, line 6 (CREATE PROCEDURE p): such statements are not taken\n");
}

TEST(SqlImport, AScriptRunsTheFilesThatItNames) {
  const std::string script =
      "CREATE TABLE t (a int) ENGINE=InnoDB;\nsource data/rows.dump ;\nINSERT INTO t VALUES (2);\n";
  const Result<Import> import =
      import_sql({{"d.sql", script}, {"rows.dump", "INSERT INTO `t` VALUES ('it\\'s');"}}, {});
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(query(*import, "SELECT a FROM t").rows,
            (std::vector<std::vector<Value>>{{Value("it's")}, {Value(std::int64_t{2})}}));
  EXPECT_EQ(import_one(script).error().to_string(),
            "NOT_FOUND: d.sql, line 2: \"source data/rows.dump ;\" reads another file. Import both "
            "together, this one first.");
}

TEST(Postgres, TablesAndValues) {
  EXPECT_EQ(
      translated("CREATE TABLE public.film (\n"
                 "  film_id integer DEFAULT nextval('public.film_seq'::regclass) NOT NULL,\n"
                 "  title character varying(255) NOT NULL,\n"
                 "  rate numeric(4,2) DEFAULT 4.99 NOT NULL,\n"
                 "  rating public.mpaa_rating DEFAULT 'G'::public.mpaa_rating,\n"
                 "  at timestamp without time zone DEFAULT ('now'::text)::date NOT NULL,\n"
                 "  tags text[], key bigserial, ok boolean DEFAULT true, doc jsonb, u uuid,\n"
                 "  CONSTRAINT y CHECK ((rate > 0)), UNIQUE (title),\n"
                 "  EXCLUDE USING gist (at WITH &&)\n)\nWITH (fillfactor='70')",
                 SqlDialect::kPostgres),
      "CREATE TABLE \"film\" (\"film_id\" INTEGER, \"title\" character varying(255) NOT NULL, "
      "\"rate\" numeric(4,2) NOT NULL DEFAULT 4.99, \"rating\" DEFAULT 'G', \"at\" timestamp, "
      "\"tags\" TEXT, \"key\" INTEGER, \"ok\" boolean DEFAULT true, \"doc\" TEXT, \"u\" TEXT, "
      "UNIQUE (title))");
  EXPECT_EQ(
      translated("INSERT INTO s.t OVERRIDING SYSTEM VALUE VALUES (E'a\\n\\x41\\'', "
                 "'2020-01-31'::timestamp with time zone, $$it's$$, U&'\\00e9', B'101', "
                 "CAST('7' AS numeric(5,2)), DATE '2020-01-31', 'a\\b') ON CONFLICT DO NOTHING",
                 SqlDialect::kPostgres),
      "INSERT INTO \"t\" VALUES ( 'a\nA''' , '2020-01-31' , 'it''s' , unistr('\\00e9') , "
      "'101' , '7' , '2020-01-31' , 'a\\b' ) ON CONFLICT DO NOTHING");
  EXPECT_EQ(translated("INSERT INTO t (a, b) VALUES (DEFAULT, 1), (2, DEFAULT), (DEFAULT, DEFAULT)",
                       SqlDialect::kPostgres),
            "INSERT INTO \"t\" (b) VALUES (1); INSERT INTO \"t\" (a) VALUES (2); "
            "INSERT INTO \"t\" DEFAULT VALUES");
}

TEST(Postgres, AViewLosesNoCastThatMatters) {
  EXPECT_EQ(translated("CREATE VIEW public.v AS SELECT (a.b)::text || 'x'::character varying AS c, "
                       "NULL::integer AS d FROM public.a WITH NO DATA",
                       SqlDialect::kPostgres),
            "CREATE VIEW \"v\" AS SELECT ( a.b ) || 'x' AS c , NULL AS d FROM \"a\"");
  EXPECT_NE(translated("CREATE VIEW v AS SELECT '3'::integer", SqlDialect::kPostgres).find("::"),
            std::string::npos);
}

constexpr const char* kPostgresDump =
    "--\n-- PostgreSQL database dump\n--\n\n\\restrict abc\n\nSET client_encoding = 'UTF8';\n"
    "SELECT pg_catalog.set_config('search_path', '', false);\nCREATE SCHEMA sales;\n"
    "CREATE TYPE public.rating AS ENUM (\n    'G',\n    '07'\n);\n"
    "CREATE DOMAIN public.year AS integer CHECK (VALUE > 1900);\n"
    "CREATE FUNCTION public.f(text) RETURNS text LANGUAGE sql AS $_$\n"
    "SELECT $1; INSERT INTO x VALUES ('\n$_$;\n"
    "CREATE TABLE public.film (\n    film_id integer NOT NULL,\n    title text,\n"
    "    made public.year,\n    rating public.rating,\n    ok boolean,\n    pic bytea\n);\n"
    "CREATE TABLE public.pay (id integer, film_id integer) PARTITION BY RANGE (id);\n"
    "CREATE TABLE public.pay_1 (id integer, film_id integer);\n"
    "CREATE TABLE sales.film (x text);\n"
    "CREATE VIEW public.names AS\n SELECT (film.title)::text AS t FROM public.film;\n"
    "ALTER TABLE ONLY public.pay ATTACH PARTITION public.pay_1 FOR VALUES FROM (1) TO (9);\n"
    "COPY public.film (film_id, title, made, rating, ok, pic) FROM stdin;\n"
    "1\ta\\tb\\\\c;'\\n\t2006\t07\tt\t\\\\x4142\n2\t\t\\N\t\\N\tf\t\\N\n\\.\n\n"
    "COPY sales.film (x) FROM stdin;\n007\n\\.\n"
    "COPY public.pay_1 (id, film_id) FROM stdin;\n5\t1\n\\.\n"
    "INSERT INTO public.film VALUES (3, 'c', 1999, 'G', true, '\\x00ff');\n"
    "ALTER TABLE ONLY public.film\n    ADD CONSTRAINT film_pkey PRIMARY KEY (film_id);\n"
    "ALTER TABLE ONLY public.pay\n    ADD CONSTRAINT pay_fkey FOREIGN KEY (film_id) REFERENCES "
    "public.film(film_id) ON DELETE RESTRICT;\n"
    "CREATE INDEX i ON public.film USING gist (title);\n\\unrestrict abc\n";

TEST(SqlImport, TakesADumpOfPostgres) {
  const Result<Import> import = import_one(kPostgresDump);
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  const Schema& schema = import->databases[0].image.schema();
  EXPECT_EQ(schema.table_names(), (Texts{"film", "pay", "sales_film", "names"}));
  EXPECT_EQ(schema.find("film")->columns[0].primary_key, 1);
  ASSERT_EQ(schema.find("pay")->foreign_keys.size(), 1u);
  EXPECT_EQ(schema.find("pay")->foreign_keys[0].table, "film");
  EXPECT_EQ(query(*import, "SELECT * FROM film WHERE film_id < 3").rows,
            (std::vector<std::vector<Value>>{
                {Value(std::int64_t{1}), Value("a\tb\\c;'\n"), Value(std::int64_t{2006}),
                 Value("07"), Value(std::int64_t{1}), Value(Blob{"AB"})},
                {Value(std::int64_t{2}), Value(""), Value(Null{}), Value(Null{}),
                 Value(std::int64_t{0}), Value(Null{})}}));
  EXPECT_EQ(query(*import, "SELECT hex(pic), ok FROM film WHERE film_id = 3").rows[0],
            (std::vector<Value>{Value("00FF"), Value(std::int64_t{1})}));
  EXPECT_EQ(query(*import, "SELECT group_concat(id) FROM pay").rows[0][0], Value("5"));
  EXPECT_EQ(query(*import, "SELECT x FROM sales_film").rows[0][0], Value("007"));
  EXPECT_EQ(remarks(import->skipped),
            "d.sql, line 8 (SELECT pg_catalog.set_config('search_path',): such statements are not "
            "taken\nd.sql, line 15 (CREATE FUNCTION public.f): such statements are not taken\n"
            "d.sql, line 27 (CREATE TABLE pay_1): a partition: its rows go into its table\n");
  EXPECT_EQ(import->notes.size(), 2u) << remarks(import->notes);
}

TEST(SqlImport, CopyFailsWithItsLine) {
  const std::string dump = kPostgresDump;
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string text = dump;
    text.replace(text.find(from), from.size(), to);
    const Result<Import> import = import_one(text);
    return import ? "taken" : import.error().to_string();
  };
  EXPECT_EQ(changed("2\t\t\\N\t\\N\tf\t\\N\n", "2\n"),
            "SYNTAX: d.sql, line 32 (COPY public.film): line 34: the row has 1 cells, "
            "not 6.");
  EXPECT_EQ(changed("5\t1\n\\.\n", "5\t1\n").substr(0, 16), "SYNTAX: d.sql, l");
  EXPECT_EQ(changed("pic) FROM stdin;", "pic) FROM stdin WITH (FORMAT csv);").substr(0, 72),
            "SYNTAX: d.sql, line 32 (COPY public.film): rows in this format (CSV) are");
  EXPECT_EQ(changed("pic) FROM stdin;", "pic) FROM '$$PATH$$/3057.dat';").substr(0, 74),
            "NOT_FOUND: d.sql, line 32 (COPY public.film): its rows are in another file");
}

TEST(SqlImport, ARestoreScriptReadsItsFiles) {
  const Result<Import> import =
      import_sql({{"1.dat", "1\tx\n2\t\\N\n\\.\n\n"},
                  {"2.dat", ""},
                  {"restore.sql",
                   "-- PostgreSQL database dump\nCREATE TABLE public.t (a integer, b text);\n"
                   "COPY public.t (a, b) FROM stdin;\n\\.\n"
                   "COPY public.t (a, b) FROM '$$PATH$$/1.dat';\n"}},
                 {});
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->databases[0].image.schema().find("t")->row_count, 2);
  EXPECT_EQ(remarks(import->skipped), "2.dat: no script reads it\n");
}

TEST(SqlImport, PostgresDatabasesAreKept) {
  const Result<Import> import = import_one(
      "-- PostgreSQL database cluster dump\nCREATE DATABASE a;\n\\connect a\n"
      "CREATE TABLE public.t (x integer);\n\\connect \"b\"\nCREATE TABLE public.t (y serial "
      "PRIMARY KEY);\nINSERT INTO t (y) VALUES (DEFAULT);\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  ASSERT_EQ(import->databases.size(), 2u);
  EXPECT_EQ(import->databases[1].name, "b");
  EXPECT_EQ(import->databases[1].image.schema().find("t")->row_count, 1);
}

TEST(SqlImport, TheCurrentTimeIsNotKnown) {
  const Result<Import> import = import_one(
      "CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY, b datetime NOT NULL DEFAULT NOW());\n"
      "INSERT INTO t (b) VALUES (NOW());\nINSERT INTO t VALUES (7, CURRENT_TIMESTAMP);\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(query(*import, "SELECT a, b FROM t").rows[1],
            (std::vector<Value>{Value(std::int64_t{7}), Value(Null{})}));
  EXPECT_EQ(remarks(import->skipped),
            "d.sql, line 2 (INSERT) and 1 more: the current time, such as "
            "NOW(), is not known and becomes NULL\n");
}

TEST(SqlImport, FilesThatAreNoScriptsAreCalledByTheirNames) {
  const auto refused = [](const std::string& bytes) { return import_one(bytes).error().message; };
  EXPECT_EQ(
      refused(std::string("PGDMP\x01\x0e\0", 8)),
      "d.sql: this is a PostgreSQL dump in the custom format, not SQL text. Dump the database "
      "as SQL text: pg_dump --format=plain.");
  EXPECT_EQ(refused(std::string("\x1f\x8b\x08\0", 4)),
            "d.sql: this is a gzip archive, not SQL text. Unpack it and import the .sql file "
            "inside.");
  EXPECT_EQ(refused("PK\x03\x04").substr(0, 28), "d.sql: this is a zip archive");
  EXPECT_EQ(refused(std::string(257, '\0') + "ustar").substr(0, 28),
            "d.sql: this is a tar archive");
  EXPECT_EQ(refused("SQLite format 3").substr(0, 31), "d.sql: this is an SQLite databa");
}

TEST(SqlScript, SqlServerNeedsNoSemicolons) {
  EXPECT_EQ(
      split("SET NOCOUNT ON\nGO\nIF EXISTS (SELECT 1)\n  DROP TABLE a\nINSERT a VALUES ('\nGO\n')\n"
            "INSERT INTO b\nSELECT 1\nALTER TABLE a\nDROP CONSTRAINT c\ngo\n"
            "CREATE PROCEDURE p AS\nINSERT a VALUES (1);\nSELECT 2\nGO\nUPDATE a\nSET x = 1\n",
            SqlDialect::kSqlServer),
      (Texts{"1 SET NOCOUNT ON", "2 GO", "3 IF EXISTS (SELECT 1)\n  DROP TABLE a",
             "5 INSERT a VALUES ('\nGO\n')", "8 INSERT INTO b\nSELECT 1",
             "10 ALTER TABLE a\nDROP CONSTRAINT c", "12 go",
             "13 CREATE PROCEDURE p AS\nINSERT a VALUES (1);\nSELECT 2", "16 GO",
             "17 UPDATE a\nSET x = 1"}));
  EXPECT_EQ(
      split("IF 1 = 1\nBEGIN\n  DROP TABLE a;\n  DROP TABLE b;\nEND\nELSE\nPRINT 'x'\nUSE [c]; "
            "BEGIN TRAN\nDROP TABLE d",
            SqlDialect::kSqlServer),
      (Texts{"1 IF 1 = 1\nBEGIN\n  DROP TABLE a;\n  DROP TABLE b;\nEND\nELSE\nPRINT 'x'",
             "8 USE [c]", "8 BEGIN TRAN", "9 DROP TABLE d"}));
}

TEST(SqlScript, OraclesProgramsEndBehindTheirLastEnd) {
  EXPECT_EQ(
      split("REM it's\nSET DEFINE OFF\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW\nBEGIN\n"
            "  IF x THEN y; END IF;\nEND;\n/\nINSERT INTO a VALUES (1)\n/\n"
            "DECLARE n NUMBER; BEGIN CASE n WHEN 1 THEN x; END CASE; END;\nB;",
            SqlDialect::kOracle),
      (Texts{"1 REM it's", "2 SET DEFINE OFF",
             "3 CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW\nBEGIN\n  IF x THEN y; END "
             "IF;\nEND",
             "7 /", "8 INSERT INTO a VALUES (1)", "9 /",
             "10 DECLARE n NUMBER; BEGIN CASE n WHEN 1 THEN x; END CASE; END", "11 B"}));
}

TEST(SqlServer, ValuesKeepTheirMeaning) {
  EXPECT_EQ(translated("INSERT [dbo].[t] ([a b]) VALUES (N'x' + CHAR(13) + N'y', $1.50, 0x0F, "
                       "CAST(N'2013-06-26T09:15:00' AS DateTime), CAST(1.2500 AS Decimal(18, 4)), "
                       "CONVERT(varbinary, 0x01), CAST(0x0000A0F300C5C100 AS DateTime), "
                       "CAST(0xA0F302D0 AS SmallDateTime), CAST(0x5C360B00 AS Date))",
                       SqlDialect::kSqlServer),
            "INSERT INTO \"t\" ( \"a b\" ) VALUES ( 'x' || CHAR ( 13 ) || 'y' , 1.50 , X'0F' , "
            "'2013-06-26T09:15:00' , 1.2500 , X'01' , '2012-10-23 12:00:00' , "
            "'2012-10-23 12:00:00' , '2012-11-06' )");
  EXPECT_EQ(translated("INSERT t VALUES (CAST(0x07 AS datetime2(7)))", SqlDialect::kSqlServer),
            "INSERT INTO \"t\" VALUES ( CAST_OF_BYTES_AS_DATE ( X'07' AS datetime2 ( 7 ) ) )");
}

TEST(SqlServer, AViewJoinsTextsOrIsRefused) {
  EXPECT_EQ(translated("CREATE VIEW v AS SELECT a + N' ' + b AS c, d + 1 AS e FROM [dbo].[t]",
                       SqlDialect::kSqlServer),
            "CREATE VIEW \"v\" AS SELECT a || ' ' || b AS c , d +1 AS e FROM \"t\"");
  EXPECT_EQ(
      import_one("CREATE TABLE t (a int, b int)\nGO\nCREATE VIEW v AS SELECT a + b AS c FROM t\n"
                 "GO\nCREATE VIEW w AS SELECT a FROM dbo.t\nGO\n")
          ->databases[0]
          .image.schema()
          .table_names(),
      (Texts{"t", "w"}));
}

TEST(Oracle, ValuesKeepTheirMeaning) {
  EXPECT_EQ(translated("INSERT INTO t VALUES ('R'||chr(38)||'B', TO_DATE('17-JUN-87','dd-MON-rr'), "
                       "TO_TIMESTAMP('2020-1-31 1:02:03.5 PM','YYYY-MM-DD HH:MI:SS.FF AM'), '', "
                       "q'[it's]', DATE '2020-02-29', TO_DATE('x','yyyy'), SYSDATE)",
                       SqlDialect::kOracle),
            "INSERT INTO \"t\" VALUES ( 'R' || char ( 38 ) || 'B' , '1987-06-17' , "
            "'2020-01-31 13:02:03.5' , NULL , 'it''s' , '2020-02-29' , TO_DATE ( 'x' , 'yyyy' ) , "
            "NULL )");
  EXPECT_EQ(
      translated("INSERT ALL INTO s.a (x) VALUES (1) INTO b VALUES ((2), 3) SELECT * FROM dual",
                 SqlDialect::kOracle),
      "INSERT INTO \"a\" ( x ) VALUES ( 1 ); INSERT INTO \"b\" VALUES ( ( 2 ) , 3 )");
}

TEST(SqlImport, TakesAScriptOfSqlServer) {
  const Result<Import> import = import_one(
      "USE [master]\nGO\nIF EXISTS (SELECT name FROM sys.databases WHERE name = N'Shop')\nBEGIN\n"
      "\tALTER DATABASE [Shop] SET OFFLINE;\n\tDROP DATABASE [Shop];\nEND\n\nGO\n"
      "CREATE DATABASE [Shop];\nGO\nUSE [Shop];\nGO\n"
      "IF NOT EXISTS (SELECT * FROM sys.objects WHERE object_id = OBJECT_ID(N'[dbo].[Genre]'))\n"
      "BEGIN\nCREATE TABLE [dbo].[Genre](\n\t[GenreId] [int] IDENTITY(1,1) NOT NULL,\n"
      "\t[Name] [nvarchar](max) NULL,\n\t[Guid] [uniqueidentifier] ROWGUIDCOL NOT NULL CONSTRAINT "
      "[DF_g] DEFAULT (newid()),\n CONSTRAINT [PK_Genre] PRIMARY KEY CLUSTERED \n(\n\t[GenreId] "
      "ASC\n"
      ")WITH (PAD_INDEX = OFF) ON [PRIMARY]\n) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]\nEND\nGO\n"
      "CREATE TABLE [dbo].[Track](\n\t[TrackId] [int] NOT NULL,\n\t[GenreId] [int] NULL\n) ON "
      "[PRIMARY]\n\nGO\nSET IDENTITY_INSERT [dbo].[Genre] ON \n\n"
      "INSERT [dbo].[Genre] ([GenreId], [Name], [Guid]) VALUES (1, N'Rock; [x]', N'007')\n"
      "INSERT [dbo].[Genre] ([Name]) VALUES (N'it''s')\nGO\n"
      "ALTER TABLE [dbo].[Track] ADD  CONSTRAINT [PK_Track] PRIMARY KEY CLUSTERED \n(\n\t[TrackId] "
      "ASC\n)\nGO\nALTER TABLE [dbo].[Track]  WITH CHECK ADD  CONSTRAINT [FK_TG] FOREIGN "
      "KEY([GenreId])\nREFERENCES [dbo].[Genre] ([GenreId])\nON UPDATE CASCADE\nGO\n"
      "ALTER TABLE [dbo].[Track] CHECK CONSTRAINT [FK_TG]\nGO\n"
      "create view [Names] as\nselect [Name] from [dbo].[Genre]\nGO\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  const Schema& schema = import->databases[0].image.schema();
  EXPECT_EQ(schema.table_names(), (Texts{"Genre", "Track", "Names"}));
  EXPECT_EQ(schema.find("Track")->columns[0].primary_key, 1);
  EXPECT_EQ(schema.find("Track")->foreign_keys.size(), 1u);
  EXPECT_EQ(
      query(*import, "SELECT * FROM Genre").rows,
      (std::vector<std::vector<Value>>{{Value(std::int64_t{1}), Value("Rock; [x]"), Value("007")},
                                       {Value(std::int64_t{2}), Value("it's"), Value(Null{})}}));
  EXPECT_EQ(remarks(import->skipped), "d.sql, line 3 (IF EXISTS): such statements are not taken\n");
}

TEST(SqlImport, TakesAScriptOfOracle) {
  const Result<Import> import = import_one(
      "REM don't\nSET DEFINE OFF\nBEGIN\n  EXECUTE IMMEDIATE 'DROP TABLE Album';\nEND;\n/\n"
      "CREATE TABLE Album\n(\n    AlbumId NUMBER NOT NULL,\n    Title VARCHAR2(160 CHAR) NOT "
      "NULL,\n"
      "    Price NUMBER(10,2),\n    CONSTRAINT PK_Album PRIMARY KEY (AlbumId) USING INDEX\n) "
      "TABLESPACE users;\n"
      "ALTER TABLE Album ADD CONSTRAINT FK_A\n    FOREIGN KEY (AlbumId) REFERENCES Album "
      "(AlbumId);\n"
      "INSERT INTO Album VALUES (1, 'Alt '||chr(38)||' Punk', 1.5);\n"
      "INSERT INTO Album VALUES (2, 'x', NULL)\n/\ncommit;\nEXIT;\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  const Table* table = import->databases[0].image.schema().find("album");
  EXPECT_EQ(table->columns[1].type, "VARCHAR2(160)");
  EXPECT_EQ(table->foreign_keys.size(), 1u);
  EXPECT_EQ(query(*import, "SELECT group_concat(Title) FROM Album").rows[0][0],
            Value("Alt & Punk,x"));
  EXPECT_EQ(remarks(import->skipped),
            "d.sql, line 4 (EXECUTE IMMEDIATE 'DROP): such statements are not taken\n");
}

TEST(SqlImport, ProgramsThatAddRowsAreRunOrRefused) {
  const std::string table = "REM x\nSET DEFINE OFF\nCREATE TABLE t (a NUMBER(3));\n";
  const Result<Import> import =
      import_one(table +
                 "BEGIN\nINSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);\nEND;\n/\n"
                 "ALTER TABLE t\nADD ( CONSTRAINT k\n PRIMARY KEY (a)\n, CHECK (a > 0) ) ;\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->databases[0].image.schema().find("t")->row_count, 2);
  EXPECT_EQ(import->databases[0].image.schema().find("t")->columns[0].primary_key, 1);
  EXPECT_TRUE(import->skipped.empty()) << remarks(import->skipped);
  EXPECT_EQ(import_one(table + "BEGIN\nFOR i IN 1..9 LOOP\nINSERT INTO t VALUES (i);\nEND LOOP;\n"
                               "END;\n/\n")
                .error()
                .to_string(),
            "SYNTAX: d.sql, line 5: a program that adds rows is not run. Write its rows as INSERT "
            "statements.");
}

TEST(SqlImport, AScriptWithoutMarksMayBeAnyStandardSql) {
  const Result<Import> import = import_one(
      "CREATE TABLE album\n(\n    album_id INT NOT NULL GENERATED ALWAYS AS IDENTITY,\n    "
      "artist_id "
      "INT NOT NULL,\n    CONSTRAINT album_pkey PRIMARY KEY (album_id)\n);\n"
      "CREATE TABLE artist (artist_id INT NOT NULL, name VARCHAR(120));\n"
      "ALTER TABLE album ADD CONSTRAINT f\n    FOREIGN KEY (artist_id) REFERENCES artist "
      "(artist_id) ON DELETE NO ACTION;\n"
      "INSERT INTO artist (artist_id, name) VALUES (1, N'Guns N'' Roses');\n"
      "INSERT INTO album (artist_id) VALUES (1);\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(query(*import, "SELECT name FROM album JOIN artist USING (artist_id)").rows[0][0],
            Value("Guns N' Roses"));
  EXPECT_EQ(import->databases[0].image.schema().find("album")->foreign_keys.size(), 1u);
}

TEST(SqlImport, AVariableIsNotTakenForNull) {
  EXPECT_EQ(import_one("CREATE TABLE t (a int) ENGINE=x; SET @a = 1; INSERT INTO t VALUES (@a);")
                .error()
                .to_string(),
            "SYNTAX: d.sql, line 1 (INSERT INTO t): the value of @a is not known.");
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
  EXPECT_EQ(refusal(std::string("SELECT\0", 7)).substr(0, 16), "NOT_A_DATABASE: ");
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
