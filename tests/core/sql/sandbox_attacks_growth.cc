#include "tests/core/sql/attack_text.h"
#include "tests/core/sql/sandbox_attacks.h"

namespace sqlenv::test {
namespace {

constexpr const char* kStopped = "OPERATION_BUDGET";

// Common tables, each of which names the one before it several times.
std::vector<Attack> copied_tables() {
  const auto body = [](const std::string& text) {
    return [text](const std::string& t) {
      std::string sql = text;
      for (std::size_t at = 0; (at = sql.find("@t", at)) != std::string::npos;)
        sql.replace(at, 2, t);
      return sql;
    };
  };
  return {
      {"grown_star", chain(16, body("SELECT * FROM @t, @t")), "SYNTAX"},
      {"grown_left_join", chain(20, body("SELECT a.x FROM @t a LEFT JOIN @t b USING (x)")),
       kStopped},
      {"grown_full_join", chain(20, body("SELECT a.x FROM @t a FULL JOIN @t b USING (x)")),
       kStopped},
      {"grown_natural_join", chain(30, body("SELECT x FROM @t NATURAL JOIN @t AS b")), kStopped},
      {"grown_in", chain(20, body("SELECT x FROM @t WHERE x IN (SELECT x FROM @t)")), kStopped},
      {"grown_exists",
       chain(20, body("SELECT x FROM @t a WHERE EXISTS (SELECT 1 FROM @t b WHERE b.x = a.x)")),
       kStopped},
      {"grown_scalar",
       chain(20, body("SELECT (SELECT max(x) FROM @t) + (SELECT min(x) FROM @t) x")), kStopped},
      {"grown_union_all", chain(20, body("SELECT x FROM @t UNION ALL SELECT x FROM @t")), kStopped},
      {"grown_except", chain(20, body("SELECT x FROM @t EXCEPT SELECT x + 1 FROM @t")), kStopped},
      {"grown_limit", chain(20, body("SELECT a.x FROM @t a, (SELECT x FROM @t LIMIT 1) b")),
       kStopped},
      {"grown_group",
       chain(20, body("SELECT max(a.x) AS x FROM @t a JOIN @t b ON a.x = b.x GROUP BY a.x")),
       kStopped},
      {"grown_window", chain(20, body("SELECT sum(a.x) OVER (ORDER BY b.x) AS x FROM @t a, @t b")),
       kStopped},
      {"grown_materialized",
       "WITH t0 AS (SELECT 1 AS x), " +
           list(20, ", ",
                [](int i) {
                  return numbered("t", i + 1) + " AS MATERIALIZED (" + "SELECT a.x FROM " +
                         numbered("t", i) + " a, " + numbered("t", i) + " b)";
                }) +
           " SELECT count(*) FROM t20",
       kStopped},
      {"grown_by_four", chain(9, body("SELECT a.x FROM @t a, @t b, @t c, @t d")), kStopped},
  };
}

// Expressions that are written out wherever a column of a subquery is named.
std::vector<Attack> copied_expressions() {
  const auto of_chain = [](int length, const std::string& before, const std::string& after) {
    return "SELECT max(x) FROM (" +
           nested(before, length, "SELECT weight AS x FROM animal", after) + ")";
  };
  const std::string long_sum =
      balanced(0, 1000, " + ", [](int i) { return numbered("weight * ", i); });
  return {
      {"grown_sum", of_chain(40, "SELECT x + x AS x FROM (", ")"), kStopped},
      {"grown_case", of_chain(30, "SELECT CASE WHEN x > 1 THEN x ELSE x + x END AS x FROM (", ")"),
       kStopped},
      {"grown_condition", of_chain(30, "SELECT x + x AS x FROM (", ") WHERE x + x < 1000000"),
       kStopped},
      {"alias_in_conditions",
       "SELECT " + long_sum + " AS x FROM animal WHERE " +
           balanced(0, 4000, " AND ", [](int i) { return numbered("x > ", i); }),
       kStopped},
      {"alias_in_order",
       "SELECT " + long_sum + " AS x FROM animal ORDER BY " +
           list(1900, ", ", [](int i) { return numbered("x + ", i); }),
       kStopped},
      {"subquery_in_columns",
       "SELECT " + list(1900, ", ", [](int) { return std::string("x"); }) + " FROM (SELECT " +
           long_sum + " AS x FROM animal)",
       kStopped},
      {"subquery_in_conditions",
       "SELECT count(*) FROM (SELECT " + long_sum + " AS x FROM animal) WHERE " +
           balanced(0, 3000, " AND ", [](int i) { return numbered("x > ", i); }),
       kStopped},
      {"conditions_pushed_down",
       "SELECT count(*) FROM (" +
           list(99, " UNION ",
                [](int i) {
                  return numbered("SELECT name, weight FROM animal WHERE keeper_id = ", i);
                }) +
           ") WHERE " + balanced(0, 3000, " AND ", [](int i) { return numbered("weight > ", i); }),
       kStopped},
      {"common_table_in_joins",
       "WITH w AS (SELECT " + list(1500, ", ", [](int i) { return numbered("weight AS x", i); }) +
           " FROM animal) SELECT count(*) FROM " +
           list(60, ", ", [](int i) { return numbered("w AS w", i); }),
       kStopped},
      {"common_table_in_columns",
       "WITH w AS (SELECT " + list(1000, ", ", [](int i) { return numbered("weight + ", i); }) +
           " FROM animal) SELECT " +
           list(1500, ", ", [](int) { return std::string("(SELECT count(*) FROM w)"); }),
       kStopped},
  };
}

// Terms that are compared with all others.
std::vector<Attack> compared_terms() {
  const auto sums = [](int count) {
    return list(count, ", ", [](int i) { return numbered("weight + animal_id * ", i); });
  };
  const auto backwards = [](int count) {
    return list(count, ", ",
                [count](int i) { return numbered("weight + animal_id * ", count - i); });
  };
  return {
      {"compared_order", "SELECT " + sums(1500) + " FROM animal ORDER BY " + backwards(1500),
       kStopped},
      {"compared_group", "SELECT " + sums(1500) + " FROM animal GROUP BY " + backwards(1500),
       kStopped},
      {"compared_distinct",
       "SELECT DISTINCT " + sums(1500) + " FROM animal ORDER BY " + backwards(1500), kStopped},
      {"compared_union",
       "SELECT " + sums(1100) + " FROM animal UNION SELECT " + sums(1100) +
           " FROM animal ORDER BY " + backwards(1100),
       "SYNTAX"},
      {"compared_windows",
       "SELECT " +
           list(1000, ", ",
                [](int i) {
                  return numbered("nth_value(name, ", i + 1) +
                         numbered(") OVER (ORDER BY weight ROWS ", i, " PRECEDING)");
                }) +
           " FROM animal",
       kStopped},
      {"compared_ranges",
       "SELECT count(*) FROM animal WHERE " +
           balanced(0, 2200, " AND ",
                    [](int i) { return numbered("animal_id BETWEEN ", i) + numbered(" AND ", i); }),
       kStopped},
      {"compared_joins",
       "SELECT count(*) FROM animal a0 " + list(50, " ",
                                                [](int i) {
                                                  return numbered("JOIN animal a", i + 1) +
                                                         " USING (animal_id, species, keeper_id)";
                                                }),
       kStopped},
      {"alternatives",
       "SELECT count(*) FROM " + list(40, ", ", [](int i) { return numbered("animal a", i); }) +
           " WHERE " +
           list(39, " AND ",
                [](int i) {
                  const std::string a = numbered("a", i);
                  const std::string b = numbered("a", i + 1);
                  return "(" + a + ".animal_id = " + b + ".keeper_id OR " + a + ".species = " + b +
                         ".species OR " + a + ".animal_id = " + b + ".animal_id)";
                }),
       kStopped},
  };
}

}  // namespace

std::vector<Attack> growing_attacks() {
  std::vector<Attack> attacks = copied_tables();
  for (const std::vector<Attack>& more : {copied_expressions(), compared_terms()})
    attacks.insert(attacks.end(), more.begin(), more.end());
  return attacks;
}

}  // namespace sqlenv::test
