#include "tests/core/sql/sandbox_attacks.h"

namespace sqlenv::test {
namespace {

// Endless numbers beside a text of 240,000 bytes.
const std::string kNumbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)";

std::string numbers(const std::string& select) {
  return kNumbers + " SELECT " + select + " FROM n";
}

std::string texts(const std::string& select, const std::string& letter = "a") {
  return kNumbers + ", b(t) AS MATERIALIZED (SELECT printf('%.*c', 240000, '" + letter +
         "')) SELECT " + select + " FROM n, b";
}

// An array of 100,000 numbers, parsed anew for each row.
std::string jsons(const std::string& select, const std::string& from = "") {
  return kNumbers +
         ", j(t) AS MATERIALIZED (SELECT '[1' || replace(printf('%.*c', 100000, 'x'), "
         "'x', ',1') || ']') SELECT " +
         select + " FROM n, j" + from;
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

const std::string kFresh = "t || substr('      ', 1, i % 6)";
const std::string kStopped = "OPERATION_BUDGET";

std::vector<Attack> loops() {
  return {
      {"recursion_counted", numbers("count(*)"), kStopped},
      {"recursion_returned", numbers("i"), "TOO_LARGE"},
      {"recursion_union",
       "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT (i * 7 + 1) % 1000003 "
       "FROM n) SELECT count(*) FROM n",
       kStopped},
      {"recursion_squared", kNumbers + " SELECT count(*) FROM n AS a, n AS b", kStopped},
      {"cross_join",
       "SELECT count(*) FROM animal a, animal b, animal c, animal d, animal e, animal f,"
       " animal g, animal h, animal i, animal j, animal k, animal l",
       kStopped},
      {"cross_join_returned",
       "SELECT a.name FROM animal a, animal b, animal c, animal d, animal e, "
       "animal f, animal g, animal h",
       "TOO_LARGE"},
      {"cells", "SELECT 1" + repeated(", 1", 1900) + " FROM animal, animal, animal, animal, animal",
       "TOO_LARGE"},
      {"sort", numbers("i") + " ORDER BY -i", kStopped},
      {"sort_texts", texts("substr(t, 1, 1000) || i") + " ORDER BY 1", kStopped},
      {"sort_wide",
       kNumbers + " SELECT count(*) FROM (SELECT " + repeated("NULL, ", 1900) +
           "i FROM n ORDER BY 1901 DESC LIMIT -1 OFFSET 1)",
       kStopped},
      {"distinct", kNumbers + " SELECT count(*) FROM (SELECT DISTINCT i * 7919 % 1000003 FROM n)",
       kStopped},
      {"distinct_wide",
       kNumbers + " SELECT count(*) FROM (SELECT DISTINCT " + repeated("NULL, ", 1900) +
           "i FROM n)",
       kStopped},
      {"group_wide",
       kNumbers + " SELECT count(*) FROM (SELECT 1 FROM n GROUP BY " + repeated("i % 2, ", 500) +
           "i % 3)",
       kStopped},
      {"window",
       kNumbers + " SELECT sum(g) FROM (SELECT max(i) OVER (ORDER BY i ROWS BETWEEN 1000 "
                  "PRECEDING AND 1000 FOLLOWING) AS g FROM n)",
       kStopped},
      {"window_concat",
       kNumbers + " SELECT count(g) FROM (SELECT group_concat(i) OVER (ROWS 30000 "
                  "PRECEDING) AS g FROM n)",
       kStopped},
      {"window_json",
       kNumbers + " SELECT count(g) FROM (SELECT json_group_array(i) OVER (ROWS 30000 "
                  "PRECEDING) AS g FROM n)",
       kStopped},
      {"subquery_each_row",
       numbers("sum((SELECT name FROM animal WHERE weight > n.i ORDER BY weight))"), kStopped},
      {"table_each_row", numbers("sum((SELECT count(*) FROM (SELECT 1 UNION SELECT n.i)))"),
       kStopped},
      {"memory",
       "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000), "
       "b(t) AS MATERIALIZED (SELECT printf('%.*c', 50000, 'a')) "
       "SELECT count(*) FROM (SELECT DISTINCT t || i FROM n, b)",
       "TOO_LARGE"},
      {"memory_sorted",
       "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n), b(t) AS "
       "MATERIALIZED (SELECT printf('%.*c', 50000, 'a')) "
       "SELECT t FROM n, b ORDER BY i",
       "TOO_LARGE"},
      {"memory_recursive",
       "WITH RECURSIVE n(i, t) AS (SELECT 1, printf('%.*c', 200000, 'a') UNION "
       "SELECT i + 1, t FROM n) SELECT count(*) FROM n",
       "TOO_LARGE"},
      {"doubling",
       "WITH RECURSIVE n(t) AS (SELECT 'x' UNION ALL SELECT t || t FROM n) "
       "SELECT count(*) FROM n",
       "TOO_LARGE"},
  };
}

std::vector<Attack> long_values() {
  return {
      {"zeroblob", "SELECT zeroblob(900000000)", "TOO_LARGE"},
      {"zeroblob_hex", numbers("sum(length(hex(zeroblob(100000 + i % 2))))"), kStopped},
      {"zeroblob_compared", numbers("sum(zeroblob(240000 + i % 2) >= zeroblob(240000))"), kStopped},
      {"printf", "SELECT printf('%1000000000d', 1)", "ok"},
      {"printf_many", numbers("sum(length(printf('%240000d', i)))"), kStopped},
      {"printf_digits", numbers("sum(length(printf('%.200000f', i * 1e300)))"), kStopped},
      {"printf_formats",
       numbers("sum(length(printf('" + repeated("%!.20e", 60) + "', i" + repeated(", 0.1", 59) +
               ")))"),
       kStopped},
      {"strftime", numbers("sum(length(strftime('" + repeated("%J", 500) + "', i)))"), kStopped},
      {"date_modifiers",
       numbers("sum(length(date(i" + repeated(", '+1 month', 'weekday 2'", 30) + ")))"), kStopped},
      {"replace_bomb", "SELECT replace(hex(zeroblob(1000)), '0', hex(zeroblob(1000)))",
       "TOO_LARGE"},
      {"replace_many", texts("sum(length(replace(t, 'a', 'b')) + i)"), kStopped},
      {"replace_searches", texts("sum(length(replace(t, substr(t, 1, 1000) || i, 'b')))"),
       kStopped},
      {"instr", texts("sum(instr(t, substr(t, 1, 120000) || i))"), kStopped},
      {"trim", texts("sum(length(trim(t, printf('%.*c', 100000, 'b') || 'a')))"), kStopped},
      {"unhex", texts("sum(length(unhex(t || i, printf('%.*c', 100000, 'b') || 'a')))"), kStopped},
      {"like", texts("sum(t LIKE '" + repeated("%a", 49) + "b')"), kStopped},
      {"like_one", texts("sum(t LIKE '" + repeated("%_", 49) + "b')"), kStopped},
      {"like_short",
       numbers("sum('" + repeated("a", 40) + "' || i LIKE '" + repeated("%a", 40) + "%b')"),
       kStopped},
      {"like_pattern_too_long", "SELECT 'x' LIKE '" + repeated("%x", 100) + "'", "EXECUTION"},
      {"glob", texts("sum(t GLOB '" + repeated("*a", 49) + "b')"), kStopped},
      {"glob_classes", texts("sum(t GLOB '*" + repeated("[a-z]", 15) + "b')"), kStopped},
      {"upper", texts("sum(length(upper(t || i)))"), kStopped},
      {"quote", texts("sum(length(quote(t || i)))"), kStopped},
      {"length", texts("sum(length(t || i))"), kStopped},
      {"concat", texts("sum(t || i > 'a')"), kStopped},
      {"equal_texts", texts("sum(t || 'x' = t || 'y')"), kStopped},
      {"equal_nocase", texts("sum(t || 'x' = t || 'y' COLLATE NOCASE)"), kStopped},
      {"equal_rtrim", texts("sum(t || 'x ' = t || 'x' COLLATE RTRIM)"), kStopped},
      {"number_from_text", texts("sum(t + i)", "1"), kStopped},
      {"integer_from_text", texts("sum(CAST(t AS INTEGER) + i)", "1"), kStopped},
      {"blank_to_number", texts("sum(round(t || i, 2))", " "), kStopped},
      {"materialised_texts",
       "WITH b(t) AS MATERIALIZED (SELECT printf('%.*c', 240000, 'a') || column1 "
       "FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9))) SELECT max(x.t), "
       "min(y.t) FROM b x, b y, b z, b u, b v, b w",
       kStopped},
      {"group_concat", numbers("group_concat(hex(zeroblob(1000)))"), kStopped},
      {"group_concat_separator",
       "SELECT length(group_concat(1, printf('%.*c', 240000, ','))) FROM animal, animal",
       "TOO_LARGE"},
  };
}

std::vector<Attack> json() {
  return {
      {"json", jsons("sum(length(json(" + kFresh + ")))"), kStopped},
      {"json_valid", jsons("sum(json_valid(" + kFresh + "))"), kStopped},
      {"json_each", jsons("count(value)", ", json_each(" + kFresh + ")"), kStopped},
      {"json_tree", jsons("count(fullkey)", ", json_tree(" + kFresh + ")"), kStopped},
      {"json_tree_columns", jsons("count(json)", ", json_tree(t)"), kStopped},
      {"json_extract",
       jsons("sum(length(json_extract(" + kFresh + repeated(", '$[99999]'", 60) + ")))"), kStopped},
      {"json_arrow", jsons("sum(" + kFresh + " -> '$[#-1]')"), kStopped},
      {"json_set",
       jsons("sum(length(json_set(" + kFresh + repeated(", '$[0]', 'abcdefgh'", 31) + ")))"),
       kStopped},
      {"json_remove", jsons("sum(length(json_remove(" + kFresh + repeated(", '$[0]'", 60) + ")))"),
       kStopped},
      {"json_patch",
       "WITH RECURSIVE m(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM m WHERE i < 9000) "
       "SELECT json_patch((SELECT json_group_object('k' || i, i) FROM m), "
       "(SELECT json_group_object('q' || i, i) FROM m))",
       kStopped},
      {"json_pretty",
       "SELECT json_pretty(printf('%.*c', 900, '[') || printf('%.*c', 900, ']'), "
       "printf('%.*c', 200000, ' '))",
       kStopped},
      {"json_deep", "SELECT json_valid(printf('%.*c', 100000, '[') || printf('%.*c', 100000, ']'))",
       "ok"},
      {"json_group_array", numbers("json_group_array(i)"), kStopped},
      {"json_group_object", numbers("length(json_group_object(i, i))"), kStopped},
      {"json_quote", texts("sum(length(json_quote(t || i)))"), kStopped},
      {"jsonb_damaged", "SELECT json(x'" + repeated("cb", 2000) + "')", "EXECUTION"},
      {"jsonb_length_lies", "SELECT json_extract(x'fbffffffffffffffff', '$.a')", "EXECUTION"},
  };
}

}  // namespace

std::vector<Attack> working_attacks() {
  std::vector<Attack> attacks = loops();
  for (const std::vector<Attack>& more : {long_values(), json()})
    attacks.insert(attacks.end(), more.begin(), more.end());
  return attacks;
}

}  // namespace sqlenv::test
