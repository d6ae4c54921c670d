#include "tests/core/sql/attack_text.h"
#include "tests/core/sql/sandbox_attacks.h"

namespace sqlenv::test {
namespace {

constexpr const char* kStoppedCode = "OPERATION_BUDGET";

std::string tables(int count) {
  return list(count, ", ", [](int i) { return numbered("animal a", i); });
}

std::string of_all_pairs(int count, const std::string& by,
                         const std::function<std::string(std::string, std::string)>& part) {
  std::string text;
  for (int i = 0; i < count; ++i)
    for (int j = 0; j < count; j += 5)
      if (i != j) text += (text.empty() ? "" : by) + part(numbered("a", i), numbered("a", j));
  return text;
}

std::vector<Attack> deep() {
  return {
      {"parentheses", "SELECT " + nested("(", 40'000, "1", ")"), "SYNTAX"},
      {"parentheses_some", "SELECT " + nested("(", 150, "1", ")"), "ok"},
      {"operators", "SELECT " + list(2000, " + ", [](int) { return std::string("1"); }), "SYNTAX"},
      {"minus", "SELECT " + nested("- ", 1000, "1", ""), "SYNTAX"},
      {"not", "SELECT " + nested("NOT ", 1000, "1", ""), "SYNTAX"},
      {"functions", "SELECT " + nested("abs(", 400, "1", ")"), "SYNTAX"},
      {"cases", "SELECT " + nested("CASE WHEN 1 THEN ", 250, "1", " END"), "SYNTAX"},
      {"between", "SELECT " + nested("(", 60, "1", " BETWEEN 1 AND 2)") + " FROM animal", "ok"},
      {"scalar_subqueries", "SELECT " + nested("(SELECT ", 5000, "1", ")"), "SYNTAX"},
      {"exists", "SELECT 1 WHERE " + nested("EXISTS (SELECT 1 WHERE ", 1000, "1", ")"), "SYNTAX"},
      {"from_subqueries", "SELECT * FROM " + nested("(SELECT * FROM ", 4000, "animal", ")"),
       "SYNTAX"},
      {"joins", "SELECT 1 FROM " + nested("(animal JOIN ", 4000, "animal", ")"), "SYNTAX"},
      {"common_tables",
       chain(2000, [](const std::string& t) { return "SELECT x FROM " + t + " LIMIT 9"; }),
       "SYNTAX"},
      {"common_tables_grouped",
       chain(2000, [](const std::string& t) { return "SELECT max(x) x FROM " + t; }), "SYNTAX"},
      {"json_arrows", "SELECT '{}' " + nested("-> 'a' ", 1000, "", ""), "SYNTAX"},
  };
}

std::vector<Attack> wide() {
  return {
      {"compound", list(2000, " UNION ALL ", [](int) { return std::string("SELECT 1"); }),
       "SYNTAX"},
      {"compound_union", list(2000, " UNION ", [](int) { return std::string("SELECT 1"); }),
       "SYNTAX"},
      {"columns", "SELECT " + list(20'000, ", ", [](int) { return std::string("1"); }), "SYNTAX"},
      {"arguments", "SELECT max(" + list(2000, ", ", [](int i) { return numbered("", i); }) + ")",
       "SYNTAX"},
      {"values", "VALUES " + list(11'000, ",", [](int i) { return numbered("(", i, ")"); }),
       "TOO_LARGE"},
      {"in_list", "SELECT 7 IN (" + list(16'000, ",", [](int i) { return numbered("", i); }) + ")",
       "ok"},
      {"or_terms",
       "SELECT count(*) FROM animal WHERE " +
           balanced(0, 2000, " OR ", [](int i) { return numbered("weight = ", i); }),
       "ok"},
      {"and_terms",
       "SELECT count(*) FROM animal WHERE " +
           balanced(0, 2000, " AND ", [](int i) { return numbered("weight < ", i); }),
       "ok"},
      {"aggregates",
       "SELECT 1 IN (" + list(5000, ", ", [](int i) { return numbered("sum(weight + ", i, ")"); }) +
           ") FROM animal",
       kStoppedCode},
      {"windows",
       "SELECT " +
           list(1000, ", ",
                [](int i) { return numbered("sum(weight) OVER (ORDER BY weight + ", i, ")"); }) +
           " FROM animal",
       kStoppedCode},
      {"vectors",
       "SELECT (" + list(9000, ",", [](int) { return std::string("1"); }) + ") = (" +
           list(9000, ",", [](int) { return std::string("1"); }) + ")",
       "ok"},
  };
}

std::vector<Attack> exploding() {
  const auto pair = [](const std::string& t) { return "SELECT a.x FROM " + t + " a, " + t + " b"; };
  const auto twice = [](const std::string& t) {
    return "SELECT x FROM " + t + " UNION SELECT x FROM " + t;
  };
  return {
      {"doubled_tables", chain(15, pair), kStoppedCode},
      {"doubled_tables_far", chain(100, pair), kStoppedCode},
      {"doubled_unions", chain(20, twice), kStoppedCode},
      {"doubled_unions_far", chain(100, twice), kStoppedCode},
      {"sixty_five_tables", "SELECT count(*) FROM " + tables(65), "SYNTAX"},
      {"sixty_four_tables", "SELECT count(*) FROM " + tables(64), kStoppedCode},
      {"joined_pairs",
       "SELECT count(*) FROM " + tables(30) + " WHERE " +
           of_all_pairs(30, " AND ",
                        [](const std::string& a, const std::string& b) {
                          return a + ".animal_id = " + b + ".keeper_id";
                        }),
       "ok"},
      {"any_of_pairs",
       "SELECT count(*) FROM " + tables(12) + " WHERE " +
           of_all_pairs(12, " OR ",
                        [](const std::string& a, const std::string& b) {
                          return "(" + a + ".animal_id = " + b + ".weight)";
                        }),
       kStoppedCode},
      {"natural_joins",
       "SELECT * FROM " + list(10, " NATURAL JOIN ", [](int) { return std::string("animal"); }),
       "ok"},
      {"natural_joins_many",
       "SELECT * FROM " + list(20, " NATURAL JOIN ", [](int) { return std::string("animal"); }),
       kStoppedCode},
      {"full_joins",
       "SELECT count(*) FROM animal a0 " + nested("", 0,
                                                  list(63, " ",
                                                       [](int i) {
                                                         return "FULL JOIN animal " +
                                                                numbered("a", i + 1) +
                                                                " USING (animal_id)";
                                                       }),
                                                  ""),
       "ok"},
      {"stars", "SELECT " + list(500, ", ", [](int) { return std::string("*"); }) + " FROM animal",
       "SYNTAX"},
  };
}

}  // namespace

std::vector<Attack> planning_attacks() {
  std::vector<Attack> attacks = deep();
  for (const std::vector<Attack>& more : {wide(), exploding(), growing_attacks()})
    attacks.insert(attacks.end(), more.begin(), more.end());
  return attacks;
}

}  // namespace sqlenv::test
