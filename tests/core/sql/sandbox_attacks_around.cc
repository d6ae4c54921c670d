#include "tests/core/sql/attack_text.h"
#include "tests/core/sql/sandbox_attacks.h"

namespace sqlenv::test {
namespace {

constexpr const char* kStopped = "OPERATION_BUDGET";
constexpr const char* kNumbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) ";

// Other spellings and places of what is denied.
std::vector<Attack> other_spellings() {
  return {
      {"pragma_in_a_join", "SELECT * FROM animal, pragma_table_info('animal') LIMIT 1",
       "NOT_READ_ONLY"},
      {"pragma_in_a_common_table", "WITH t AS (SELECT * FROM pragma_database_list) SELECT * FROM t",
       "NOT_READ_ONLY"},
      {"pragma_of_a_schema", "SELECT * FROM main.pragma_table_list", "NOT_READ_ONLY"},
      {"pragma_in_an_expression", "SELECT (SELECT count(*) FROM pragma_collation_list)",
       "NOT_READ_ONLY"},
      {"pragma_of_temp_store", "SELECT * FROM pragma_temp_store", "NOT_READ_ONLY"},
      {"pragma_that_writes", "SELECT * FROM pragma_wal_checkpoint", "NO_SUCH_TABLE"},
      {"pragma_of_journals", "SELECT * FROM pragma_journal_mode", "NOT_READ_ONLY"},
      {"write_the_schema_by_a_common_table",
       "WITH t AS (SELECT * FROM sqlite_schema) UPDATE sqlite_schema SET sql = (SELECT sql FROM t)",
       "NOT_READ_ONLY"},
      {"insert_into_the_schema",
       "INSERT INTO main.sqlite_master VALUES ('table', 'x', 'x', 2, 'CREATE TABLE x (y)')",
       "NOT_READ_ONLY"},
      {"delete_from_the_temp_schema", "DELETE FROM sqlite_temp_master", "NOT_READ_ONLY"},
      {"read_the_temp_schema", "SELECT count(*) FROM sqlite_temp_schema", "ok"},
      {"schema_of_an_index", "SELECT * FROM by_species", "NO_SUCH_TABLE"},
      {"trigger_as_a_table", "SELECT * FROM on_animal", "NO_SUCH_TABLE"},
      {"vacuum_into_an_expression", "VACUUM main INTO (SELECT 'x' || '.db')", "NOT_READ_ONLY"},
      {"attach_by_a_common_table", "WITH t AS (SELECT 1) ATTACH 'x' AS y", "SYNTAX"},
      {"explain_in_a_subquery", "SELECT * FROM (EXPLAIN SELECT 1)", "SYNTAX"},
      {"load_extension_two", "SELECT \"Load_Extension\"('a', 'b')", "SYNTAX"},
      {"load_extension_in_order", "SELECT name FROM animal ORDER BY load_extension(name)",
       "SYNTAX"},
      {"load_extension_in_having",
       "SELECT species FROM animal GROUP BY 1 HAVING [load_extension](species)", "SYNTAX"},
      {"load_extension_in_a_filter",
       "SELECT count(*) FILTER (WHERE load_extension(name)) FROM animal", "SYNTAX"},
      {"load_extension_in_a_window",
       "SELECT sum(1) OVER (ORDER BY load_extension(name)) FROM animal", "SYNTAX"},
      {"fts3_tokenizer_two", "SELECT fts3_tokenizer('simple', x'00')", "SYNTAX"},
      {"generate_series", "SELECT * FROM generate_series(1, 1000000000)", "NO_SUCH_TABLE"},
      {"json_each_of_a_file", "SELECT * FROM json_each('/etc/passwd')", "EXECUTION"},
      {"function_as_a_table", "SELECT * FROM random()", "NO_SUCH_TABLE"},
      {"sqlite_offset_in_a_view", "SELECT sqlite_offset(name) FROM heavy", "SYNTAX"},
      {"compile_option_by_name", "SELECT sqlite_compileoption_used('OS_OTHER')", "SYNTAX"},
      {"random_in_a_limit", "SELECT 1 LIMIT abs(random()) % 3", "SYNTAX"},
      {"random_in_a_common_table",
       "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT abs(random()) FROM t LIMIT 3) SELECT * "
       "FROM t",
       "SYNTAX"},
      {"now_by_default", "SELECT strftime('%s'), unixepoch(), julianday(), time('now', '+1 day')",
       "ok"},
      {"now_as_a_difference", "SELECT timediff('now', '2000-01-01')", "ok"},
      {"subsecond_now", "SELECT strftime('%f', 'now', 'subsec'), unixepoch('now', 'subsec')", "ok"},
      {"changes_in_where", "SELECT count(*) FROM animal WHERE changes() > 0 OR total_changes() > 0",
       "ok"},
      {"likely", "SELECT likelihood(1, 0.5), likely(1), unlikely(0)", "ok"},
      {"likelihood_out_of_range", "SELECT likelihood(1, 2)", "SYNTAX"},
      {"index_by_name", "SELECT name FROM animal INDEXED BY by_species WHERE species = 'lion'",
       "ok"},
      {"two_schemas", "SELECT * FROM temp.animal", "NO_SUCH_TABLE"},
  };
}

// Values and results that grow.
std::vector<Attack> growing_values() {
  const std::string numbers = kNumbers;
  return {
      {"printf_many_widths",
       numbers + "SELECT sum(length(printf('%*d', 200000 + i % 9, i))) FROM n", kStopped},
      {"printf_commas", numbers + "SELECT sum(length(printf('%,240000d', i))) FROM n", kStopped},
      {"printf_quoted",
       numbers + "SELECT sum(length(printf('%q', printf('%.*c', 120000, '''')))) + i FROM n",
       kStopped},
      {"format_json", numbers + "SELECT sum(length(format('%w', hex(zeroblob(100000))))) FROM n",
       kStopped},
      {"char_many",
       numbers + "SELECT sum(length(char(" +
           list(60, ", ", [](int i) { return numbered("i + ", i); }) + "))) FROM n",
       kStopped},
      {"hex_of_hex", "SELECT hex(hex(hex(hex(hex(hex(hex(hex(zeroblob(1000)))))))))", "TOO_LARGE"},
      {"quote_of_quote",
       "SELECT length(" + nested("quote(", 18, "printf('%.*c', 1000, '''')", ")") + ")",
       "TOO_LARGE"},
      {"concat_ws",
       numbers + "SELECT sum(length(concat_ws(hex(zeroblob(9000)), i, i, i, i))) FROM n", kStopped},
      {"replace_grows",
       "WITH RECURSIVE r(t, k) AS (SELECT 'a', 1 UNION ALL SELECT replace(t, 'a', 'aa'), k + 1 "
       "FROM r "
       "WHERE k < 40) SELECT max(length(t)) FROM r",
       "TOO_LARGE"},
      {"group_concat_in_order", numbers + "SELECT length(group_concat(i, ',' ORDER BY -i)) FROM n",
       kStopped},
      {"group_concat_distinct", numbers + "SELECT length(group_concat(DISTINCT i)) FROM n",
       kStopped},
      {"json_nested",
       numbers +
           "SELECT sum(json_valid(printf('%.*c', 900, '[') || i || printf('%.*c', 900, ']'))) "
           "FROM n",
       kStopped},
      {"json_paths",
       numbers +
           "SELECT sum(json_extract('{\"a\":1}', '$' || printf('%.*c', 90000, '.') || i)) FROM n",
       "EXECUTION"},
      {"json_group_deep",
       "WITH RECURSIVE j(t, k) AS (SELECT '1', 0 UNION ALL SELECT json_array(json(t), json(t)), k "
       "+ 1 "
       "FROM j WHERE k < 30) SELECT max(length(t)) FROM j",
       "TOO_LARGE"},
      {"json_insert_many",
       numbers + "SELECT sum(length(json_insert('[]'" +
           list(31, "", [](int) { return std::string(", '$[#]', hex(zeroblob(1000))"); }) +
           "))) FROM n",
       kStopped},
      {"wide_rows_sorted",
       numbers + "SELECT count(*) FROM (SELECT i, hex(zeroblob(20000)) AS h FROM n ORDER BY h, -i)",
       "TOO_LARGE"},
      {"union_of_wide_rows",
       "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 90000) SELECT "
       "count(*) "
       "FROM (SELECT hex(zeroblob(1000)) || i FROM n UNION SELECT hex(zeroblob(1000)) || -i FROM "
       "n)",
       kStopped},
      {"window_range",
       numbers +
           "SELECT sum(g) FROM (SELECT count(*) OVER (ORDER BY i RANGE BETWEEN 20000 PRECEDING "
           "AND 20000 FOLLOWING) AS g FROM n)",
       kStopped},
      {"window_groups",
       numbers +
           "SELECT sum(g) FROM (SELECT nth_value(i, 9000) OVER (ORDER BY i / 3 GROUPS BETWEEN "
           "9000 PRECEDING AND CURRENT ROW EXCLUDE TIES) AS g FROM n)",
       kStopped},
      {"window_min_of_texts",
       numbers + "SELECT count(g) FROM (SELECT min(printf('%09000d', i)) OVER (ROWS BETWEEN 900 "
                 "PRECEDING AND 900 FOLLOWING) AS g FROM n)",
       "TOO_LARGE"},
      {"like_of_itself", numbers + "SELECT sum(i LIKE '%' || i || '%' ESCAPE '!') FROM n",
       kStopped},
      {"glob_stars",
       numbers + "SELECT sum(printf('%.*c', 20000, 'a') GLOB '" +
           list(45, "", [](int) { return std::string("*a"); }) + "*b') FROM n",
       kStopped},
      {"correlated_counts",
       "SELECT count(*) FROM animal a, animal b, animal c, animal d, animal e, animal f, animal g "
       "WHERE (SELECT "
       "count(*) FROM "
       "animal x, animal y, animal z WHERE x.weight + y.weight + z.weight > a.weight + b.weight) > "
       "(SELECT count(*) FROM animal x, animal y, animal z, animal w WHERE x.weight > c.weight + "
       "d.weight)",
       kStopped},
      {"recursion_of_pairs",
       "WITH RECURSIVE r(a, b) AS (SELECT 1, 1 UNION SELECT (a * 31 + b) % 9973, (b * 17 + a) % "
       "9967 "
       "FROM r UNION SELECT b, a FROM r) SELECT count(*) FROM r",
       kStopped},
  };
}

}  // namespace

std::vector<Attack> surrounding_attacks() {
  std::vector<Attack> attacks = other_spellings();
  const std::vector<Attack> more = growing_values();
  attacks.insert(attacks.end(), more.begin(), more.end());
  return attacks;
}

}  // namespace sqlenv::test
