#include "tests/core/play.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "tests/core/test_packs.h"

namespace sqlenv::test {
namespace {

std::string json_text(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else if (c == '\t') out += "\\t";
    else out += c;
  }
  return out + "\"";
}

std::string json_cell(const Value& value) {
  if (is_null(value)) return "null";
  if (std::holds_alternative<std::string>(value)) return json_text(std::get<std::string>(value));
  if (std::holds_alternative<Blob>(value)) return json_text(display_text(value));
  return display_text(value);
}

template <class Items>
const auto& one_of(const Items& items, Random& random) {
  return items[static_cast<std::size_t>(random.below(items.size()))];
}

std::string valid_query(const Schema& schema, Random& random) {
  const Table& table = one_of(schema.tables, random);
  const std::string name = quote_identifier(table.name);
  const std::string column = quote_identifier(one_of(table.columns, random).name);
  const std::string other = quote_identifier(one_of(table.columns, random).name);
  const std::string number = std::to_string(random.below(40));
  switch (random.below(10)) {
    case 0: return "SELECT * FROM " + name;
    case 1: return "SELECT count(*) FROM " + name;
    case 2: return "select " + column + ", count(*) from " + name + " group by 1 order by 2, 1";
    case 3: return "SELECT DISTINCT " + column + " FROM " + name + " LIMIT " + number;
    case 4:
      return "SELECT min(" + column + "), max(" + other + "), avg(" + column + ") FROM " + name;
    case 5: return "VALUES (" + number + "), ('é\n" + number + "')";
    case 6: return "WITH t AS (SELECT " + column + " AS c FROM " + name + ") SELECT c FROM t;";
    case 7: return "SELECT " + column + " FROM " + name + " WHERE " + other + " IS NULL";
    case 8: return "SELECT count(*)/**/FROM " + name + " -- " + number;
    default: return "SELECT " + number + " * 0.1, NULL, x'00ff', " + number;
  }
}

std::string hostile_query(const Schema& schema, Random& random) {
  const std::string name = quote_identifier(one_of(schema.tables, random).name);
  switch (random.below(15)) {
    case 0: return "DELETE FROM " + name;
    case 1: return "DROP TABLE " + name;
    case 2: return "WITH t AS (SELECT 1) INSERT INTO " + name + " SELECT * FROM t";
    case 3: return "PRAGMA writable_schema = 1";
    case 4: return "ATTACH 'other.db' AS other";
    case 5: return "SELECT 1; DROP TABLE " + name;
    case 6: return "SELECT load_extension('x')";
    case 7: return "SELECT * FROM sqlite_master";
    case 8: return "SELECT " + std::string(400, '(') + "1" + std::string(400, ')');
    case 9: return "SELECT * FROM " + name + " WHERE missing_column = 1";
    case 10: return "SELECT 'never ends";
    case 11: return std::string("SELECT 1\0, 2", 12);
    case 12: return "SELEC * FORM " + name;
    case 13: return "SELECT zeroblob(999999999)";
    default: return "\xff\xfe\xc3 SELECT 1";
  }
}

std::string odd_text(Random& random) {
  static const std::vector<std::string> texts = {
      "",  " \n\t ",          "no_such_table", "\xc3\x28",  "'; --",    "NULL",
      "0", "Correct (MATCH)", "[[1, 2], [3",   "{\"a\":1}", "gold_sql", std::string(5000, 'a')};
  return one_of(texts, random);
}

}  // namespace

Episode start_episode(Environment& environment, const std::string& question,
                      const std::string& reward, int step_budget) {
  ResetOptions options;
  options.filter.question_id = question;
  options.reward = reward;
  options.step_budget = step_budget;
  Result<Episode> episode = environment.reset(options);
  if (!episode) ADD_FAILURE() << episode.error().to_string();
  SQLENV_CHECK(episode.has_value());
  return std::move(*episode);
}

std::string rows_as_answer(const ResultTable& table) {
  std::string out = "[";
  for (const auto& row : table.rows) {
    out += out.size() > 1 ? ", [" : "[";
    for (std::size_t i = 0; i < row.size(); ++i) out += (i > 0 ? ", " : "") + json_cell(row[i]);
    out += "]";
  }
  return out + "]";
}

std::string gold_answer(Environment& environment, const Task& task) {
  const Result<const Gold*> gold = environment.gold(task);
  SQLENV_CHECK(gold.has_value());
  const ResultTable& table = (*gold)->table;
  if (table.rows.size() == 1 && table.rows[0].size() == 1) return json_cell(table.rows[0][0]);
  return rows_as_answer(table);
}

std::vector<Task> tasks_of(const Catalog& catalog, std::size_t stride) {
  const Result<std::vector<Task>> all = catalog.select({});
  SQLENV_CHECK(all.has_value());
  std::vector<Task> tasks;
  for (std::size_t i = 0; i < all->size(); i += stride) tasks.push_back((*all)[i]);
  return tasks;
}

Action random_action(const Episode& episode, Random& random) {
  const Schema& schema = episode.task().database->image.schema();
  if (!episode.steps().empty() && random.below(8) == 0)
    return one_of(episode.steps(), random).action;
  switch (random.below(16)) {
    case 0: return {odd_text(random), odd_text(random)};
    case 1: return {"DESCRIBE", odd_text(random)};
    case 2: return {"SAMPLE", odd_text(random)};
    case 3: return {"ANSWER", odd_text(random)};
    case 4: return {" describe ", to_lower(one_of(schema.tables, random).name)};
    case 5: return {"DESCRIBE", quote_identifier(one_of(schema.tables, random).name)};
    case 6:
    case 7: return {"Sample", one_of(schema.tables, random).name};
    case 8:
    case 9:
    case 10: return {"QUERY", hostile_query(schema, random)};
    default: return {"query", valid_query(schema, random)};
  }
}

std::string amount_text(Micros amount) {
  const std::string digits = std::to_string(kOne + std::abs(amount) % kOne).substr(1);
  const std::size_t last = digits.find_last_not_of('0');
  const std::string fraction = last == std::string::npos ? "" : "." + digits.substr(0, last + 1);
  return (amount < 0 ? "-" : "") + std::to_string(std::abs(amount) / kOne) + fraction;
}

void expect_block(const std::string& document, const std::string& name, const std::string& text) {
  const std::string whole = read_test_file(source_path("docs/" + document).string());
  const std::string begin = "<!-- begin " + name + " -->\n";
  const std::size_t from = whole.find(begin);
  const std::size_t to = whole.find("<!-- end " + name + " -->");
  const bool there = from != std::string::npos && to != std::string::npos && from < to;
  const std::string found =
      there ? whole.substr(from + begin.size(), to - from - begin.size()) : "";
  EXPECT_EQ(found, text) << "docs/" << document << " should hold between its marks of " << name
                         << ":\n"
                         << text;
}

}  // namespace sqlenv::test
