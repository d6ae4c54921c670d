#include "core/base/check.h"
#include "tests/core/sql/sandbox_attacks.h"

namespace sqlenv::test {
namespace {

constexpr const char* kDatabase = R"sql(
CREATE TABLE animal (animal_id INTEGER PRIMARY KEY, name TEXT NOT NULL, species TEXT, weight REAL,
                     keeper_id INTEGER REFERENCES keeper (keeper_id));
CREATE TABLE keeper (keeper_id INTEGER PRIMARY KEY, full_name TEXT);
CREATE TABLE log (line TEXT);
CREATE INDEX by_species ON animal (species);
CREATE VIEW heavy AS SELECT name FROM animal WHERE weight > 100;
CREATE TRIGGER on_animal AFTER UPDATE ON animal BEGIN INSERT INTO log VALUES ('changed'); END;
INSERT INTO keeper VALUES (1, 'Zoë Ångström'), (2, 'Otto');
INSERT INTO animal VALUES (1, 'Rex', 'lion', 190.5, 1), (2, 'Ella', 'elephant', 3000.0, 1),
                          (3, 'Mia', 'lynx', 28.0, 2), (4, 'Bo', NULL, 32.0, NULL);
)sql";

const std::vector<Attack>& statements_that_write() {
  static const std::vector<Attack> attacks = {
      {"insert", "INSERT INTO keeper VALUES (9, 'x')", "NOT_READ_ONLY"},
      {"insert_select", "INSERT INTO log SELECT name FROM animal", "NOT_READ_ONLY"},
      {"insert_default", "INSERT INTO log DEFAULT VALUES", "NOT_READ_ONLY"},
      {"replace", "REPLACE INTO keeper VALUES (1, 'x')", "NOT_READ_ONLY"},
      {"upsert", "INSERT INTO keeper VALUES (1, 'x') ON CONFLICT DO UPDATE SET full_name = 'x'",
       "NOT_READ_ONLY"},
      {"insert_returning", "INSERT INTO keeper VALUES (9, 'x') RETURNING keeper_id",
       "NOT_READ_ONLY"},
      {"update", "UPDATE animal SET name = 'x'", "NOT_READ_ONLY"},
      {"update_nothing", "UPDATE animal SET name = 'x' WHERE 0", "NOT_READ_ONLY"},
      {"update_returning", "UPDATE animal SET name = 'x' RETURNING *", "NOT_READ_ONLY"},
      {"update_from", "UPDATE animal SET name = full_name FROM keeper", "NOT_READ_ONLY"},
      {"delete", "DELETE FROM animal", "NOT_READ_ONLY"},
      {"delete_returning", "DELETE FROM animal RETURNING name", "NOT_READ_ONLY"},
      {"with_delete", "WITH t AS (SELECT 1) DELETE FROM animal", "NOT_READ_ONLY"},
      {"with_insert", "WITH t AS (SELECT 'x') INSERT INTO log SELECT * FROM t", "NOT_READ_ONLY"},
      {"with_update", "WITH t AS (SELECT 1) UPDATE animal SET name = ''", "NOT_READ_ONLY"},
      {"with_replace", "WITH t AS (SELECT 1) REPLACE INTO log SELECT * FROM t", "NOT_READ_ONLY"},
      {"delete_in_cte", "WITH t AS (DELETE FROM animal RETURNING *) SELECT * FROM t", "SYNTAX"},
      {"delete_in_subquery", "SELECT * FROM (DELETE FROM animal RETURNING *)", "SYNTAX"},
      {"select_into", "SELECT * INTO copy FROM animal", "SYNTAX"},
      {"write_a_view", "DELETE FROM heavy", "NOT_READ_ONLY"},
      {"write_the_schema", "UPDATE sqlite_schema SET sql = ''", "NOT_READ_ONLY"},
      {"write_the_old_schema", "DELETE FROM sqlite_master", "NOT_READ_ONLY"},
      {"write_the_sequence", "UPDATE sqlite_sequence SET seq = 1", "NO_SUCH_TABLE"},
      {"create_table", "CREATE TABLE x (y)", "NOT_READ_ONLY"},
      {"create_table_as", "CREATE TABLE x AS SELECT * FROM animal", "NOT_READ_ONLY"},
      {"create_index", "CREATE INDEX x ON animal (name)", "NOT_READ_ONLY"},
      {"create_view", "CREATE VIEW x AS SELECT 1", "NOT_READ_ONLY"},
      {"create_trigger", "CREATE TRIGGER x DELETE ON animal BEGIN SELECT 1; END", "NOT_READ_ONLY"},
      {"create_virtual", "CREATE VIRTUAL TABLE x USING fts5(y)", "NOT_READ_ONLY"},
      {"create_temp_table", "CREATE TEMP TABLE x (y)", "NOT_READ_ONLY"},
      {"create_temp_view", "CREATE TEMP VIEW x AS SELECT 1", "NOT_READ_ONLY"},
      {"create_temp_trigger", "CREATE TEMP TRIGGER x DELETE ON animal BEGIN SELECT 1; END",
       "NOT_READ_ONLY"},
      {"write_the_temp_schema", "INSERT INTO temp.sqlite_schema VALUES (1, 2, 3, 4, 5)",
       "NOT_READ_ONLY"},
      {"drop_table", "DROP TABLE animal", "NOT_READ_ONLY"},
      {"drop_missing", "DROP TABLE IF EXISTS missing", "NOT_READ_ONLY"},
      {"drop_index", "DROP INDEX by_species", "NOT_READ_ONLY"},
      {"drop_view", "DROP VIEW heavy", "NOT_READ_ONLY"},
      {"drop_trigger", "DROP TRIGGER on_animal", "NOT_READ_ONLY"},
      {"alter_rename", "ALTER TABLE animal RENAME TO x", "NOT_READ_ONLY"},
      {"alter_add", "ALTER TABLE animal ADD COLUMN x", "NOT_READ_ONLY"},
      {"alter_drop", "ALTER TABLE animal DROP COLUMN weight", "NOT_READ_ONLY"},
      {"reindex", "REINDEX", "NOT_READ_ONLY"},
      {"reindex_one", "REINDEX by_species", "NOT_READ_ONLY"},
      {"analyze", "ANALYZE", "NOT_READ_ONLY"},
      {"begin", "BEGIN", "NOT_READ_ONLY"},
      {"begin_exclusive", "BEGIN EXCLUSIVE", "NOT_READ_ONLY"},
      {"commit", "COMMIT", "NOT_READ_ONLY"},
      {"rollback", "ROLLBACK", "NOT_READ_ONLY"},
      {"savepoint", "SAVEPOINT x", "NOT_READ_ONLY"},
      {"release", "RELEASE x", "NOT_READ_ONLY"},
  };
  return attacks;
}

const std::vector<Attack>& statements_that_reach() {
  static const std::vector<Attack> attacks = {
      {"attach", "ATTACH 'new.db' AS x", "NOT_READ_ONLY"},
      {"attach_memory", "ATTACH ':memory:' AS x", "NOT_READ_ONLY"},
      {"attach_uri", "ATTACH 'file:/etc/passwd?mode=rw' AS x", "NOT_READ_ONLY"},
      {"attach_expression", "ATTACH (SELECT name FROM animal) AS x", "NOT_READ_ONLY"},
      {"detach", "DETACH main", "NOT_READ_ONLY"},
      {"vacuum", "VACUUM", "NOT_READ_ONLY"},
      {"vacuum_into", "VACUUM INTO 'copy.db'", "NOT_READ_ONLY"},
      {"pragma_query_only", "PRAGMA query_only = OFF", "NOT_READ_ONLY"},
      {"pragma_writable_schema", "PRAGMA writable_schema = 1", "NOT_READ_ONLY"},
      {"pragma_user_version", "PRAGMA user_version = 3", "NOT_READ_ONLY"},
      {"pragma_table_info", "PRAGMA table_info(animal)", "NOT_READ_ONLY"},
      {"pragma_journal_mode", "PRAGMA journal_mode = WAL", "NOT_READ_ONLY"},
      {"pragma_temp_store", "PRAGMA temp_store_directory = '/tmp'", "NOT_READ_ONLY"},
      {"pragma_cache_size", "PRAGMA cache_size = 1000000", "NOT_READ_ONLY"},
      {"pragma_trusted_schema", "PRAGMA trusted_schema = ON", "NOT_READ_ONLY"},
      {"pragma_integrity_check", "PRAGMA integrity_check", "NOT_READ_ONLY"},
      {"pragma_unknown", "PRAGMA nothing_of_the_kind", "NOT_READ_ONLY"},
      {"pragma_function", "SELECT * FROM pragma_table_info('animal')", "NOT_READ_ONLY"},
      {"pragma_function_list", "SELECT * FROM pragma_function_list", "NOT_READ_ONLY"},
      {"pragma_database_list", "SELECT file FROM pragma_database_list", "NOT_READ_ONLY"},
      {"pragma_compile_options", "SELECT * FROM pragma_compile_options", "NOT_READ_ONLY"},
      {"explain", "EXPLAIN SELECT 1", "NOT_READ_ONLY"},
      {"explain_query_plan", "EXPLAIN QUERY PLAN SELECT * FROM animal", "NOT_READ_ONLY"},
      {"explain_delete", "EXPLAIN DELETE FROM animal", "NOT_READ_ONLY"},
      {"load_extension", "SELECT load_extension('evil.so')", "SYNTAX"},
      {"fts3_tokenizer", "SELECT fts3_tokenizer('simple')", "SYNTAX"},
      {"readfile", "SELECT readfile('/etc/passwd')", "SYNTAX"},
      {"writefile", "SELECT writefile('x', 'y')", "SYNTAX"},
      {"edit", "SELECT edit('x')", "SYNTAX"},
      {"lsmode", "SELECT lsmode(1)", "SYNTAX"},
      {"fsdir", "SELECT * FROM fsdir('/')", "NO_SUCH_TABLE"},
      {"csv", "SELECT * FROM csv('x')", "NO_SUCH_TABLE"},
      {"dbstat", "SELECT * FROM dbstat", "NO_SUCH_TABLE"},
      {"sqlite_dbpage", "SELECT * FROM sqlite_dbpage", "NO_SUCH_TABLE"},
      {"sqlite_stmt", "SELECT * FROM sqlite_stmt", "NO_SUCH_TABLE"},
      {"bytecode", "SELECT * FROM bytecode('SELECT 1')", "NO_SUCH_TABLE"},
      {"sqlite_log", "SELECT sqlite_log(1, 'x')", "SYNTAX"},
      {"rename_internals", "SELECT sqlite_rename_table('main','','','','','',0)", "SYNTAX"},
      {"drop_column_internals", "SELECT sqlite_drop_column(0, '', 0)", "SYNTAX"},
      {"sqlite_offset", "SELECT sqlite_offset(name) FROM animal", "SYNTAX"},
      {"random", "SELECT random()", "SYNTAX"},
      {"random_upper_case", "SELECT RANDOM()", "SYNTAX"},
      {"random_in_order", "SELECT name FROM animal ORDER BY random()", "SYNTAX"},
      {"random_quoted", "SELECT \"random\"()", "SYNTAX"},
      {"randomblob", "SELECT hex(randomblob(8))", "SYNTAX"},
      {"sqlite_version", "SELECT sqlite_version()", "SYNTAX"},
      {"sqlite_source_id", "SELECT sqlite_source_id()", "SYNTAX"},
      {"compile_options", "SELECT sqlite_compileoption_get(1)", "SYNTAX"},
      {"now", "SELECT date('now'), time(), datetime('now', 'localtime'), CURRENT_TIMESTAMP", "ok"},
      {"local_time", "SELECT datetime('2024-01-01', 'localtime'), datetime(0, 'auto', 'utc')",
       "ok"},
      {"history", "SELECT changes(), total_changes(), last_insert_rowid()", "ok"},
      {"names_of_columns", "SELECT * FROM (SELECT 1 x, 2 x, 3 x, 4 x, 5 x, 6 x, 7 x)", "ok"},
      {"schema_is_readable", "SELECT type, name, sql FROM sqlite_schema", "ok"},
  };
  return attacks;
}

std::vector<Attack> odd_texts() {
  using namespace std::string_literals;
  return {
      {"empty", "", "SYNTAX"},
      {"blank", " \n\t ", "SYNTAX"},
      {"semicolons", ";;;", "SYNTAX"},
      {"comment_only", "-- SELECT 1", "SYNTAX"},
      {"open_comment", "SELECT 1 /* and no end", "ok"},
      {"two_statements", "SELECT 1; SELECT 2", "MULTIPLE_STATEMENTS"},
      {"select_then_drop", "SELECT 1; DROP TABLE animal", "MULTIPLE_STATEMENTS"},
      {"drop_then_select", "DROP TABLE animal; SELECT 1", "NOT_READ_ONLY"},
      {"hidden_by_comments", "SELECT 1; /* */ -- \n DELETE FROM animal", "MULTIPLE_STATEMENTS"},
      {"broken_second", "SELECT 1; nonsense", "MULTIPLE_STATEMENTS"},
      {"comment_before_delete", "/* SELECT */ DELETE FROM animal", "NOT_READ_ONLY"},
      {"string_with_semicolon", "SELECT ';DROP TABLE animal;'", "ok"},
      {"trailing", "SELECT 1 ; -- ; DELETE FROM animal", "ok"},
      {"zero_byte", "SELECT 1\0; DROP TABLE animal"s, "SYNTAX"},
      {"zero_byte_in_string", "SELECT 'a\0b'"s, "SYNTAX"},
      {"zero_byte_made", "SELECT 'a' || char(0) || 'b', length(char(0)), CAST(x'610062' AS TEXT)",
       "ok"},
      {"byte_order_mark", "\xef\xbb\xbfSELECT 1", "ok"},
      {"invalid_utf8", "SELECT '\xff\xc0\xaf\xed\xa0\x80', upper('\xe2\x82'), length('\xf8')",
       "ok"},
      {"invalid_utf8_name", "SELECT 1 AS \"\xff\xfe\"", "ok"},
      {"invalid_utf8_made", "SELECT CAST(x'fffe80c0' AS TEXT) LIKE '%\xff%'", "ok"},
      {"surrogates", "SELECT char(55296, 57343, 1114112, -1), unicode(char(65534))", "ok"},
      {"parameter", "SELECT ?", "SYNTAX"},
      {"numbered_parameter", "SELECT ?999", "SYNTAX"},
      {"named_parameters", "SELECT :a, @b, $c", "SYNTAX"},
      {"huge_number", "SELECT " + std::string(5000, '9') + "." + std::string(5000, '9'), "ok"},
      {"huge_hex", "SELECT 0x" + std::string(17, 'f'), "SYNTAX"},
      {"too_long", "SELECT '" + std::string(100'001, 'x') + "'", "TOO_LARGE"},
      {"long_name", "SELECT " + std::string(90'000, 'x'), "NO_SUCH_COLUMN"},
      {"long_comment", "SELECT 1 /*" + std::string(99'000, '*') + "/", "ok"},
      {"overflow", "SELECT abs(-9223372036854775808)", "EXECUTION"},
      {"overflow_in_sum", "SELECT sum(x) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1)",
       "EXECUTION"},
      {"bad_pattern", "SELECT 'x' LIKE 'y' ESCAPE 'zz'", "EXECUTION"},
      {"bad_json", "SELECT json_extract('{', '$.a')", "EXECUTION"},
      {"no_such_function", "SELECT sha3('x')", "SYNTAX"},
  };
}

}  // namespace

std::vector<Attack> writing_attacks() {
  std::vector<Attack> attacks = statements_that_write();
  const std::vector<Attack>& reach = statements_that_reach();
  const std::vector<Attack> odd = odd_texts();
  attacks.insert(attacks.end(), reach.begin(), reach.end());
  attacks.insert(attacks.end(), odd.begin(), odd.end());
  return attacks;
}

std::vector<Attack> all_attacks() {
  std::vector<Attack> attacks = writing_attacks();
  for (const std::vector<Attack>& more :
       {working_attacks(), planning_attacks(), surrounding_attacks()})
    attacks.insert(attacks.end(), more.begin(), more.end());
  return attacks;
}

DatabaseImage attacked_image() {
  const Result<DatabaseImage> image = DatabaseImage::from_sql_text(kDatabase);
  SQLENV_CHECK(image.has_value());
  return *image;
}

QueryLimits attack_limits() {
  QueryLimits limits;
  limits.max_operations = 1'000'000;
  limits.max_rows = 10'000;
  limits.max_bytes = 2 << 20;
  limits.max_memory = 4 << 20;
  return limits;
}

}  // namespace sqlenv::test
