#include "core/task/spider_importer.h"

#include "core/base/text.h"

namespace sqlenv {
namespace {

std::string answer_type(const ResultTable& table) {
  if (table.columns.size() > 1) return "table";
  if (table.rows.size() != 1) return "list";
  const Value& value = table.rows.front().front();
  if (std::holds_alternative<std::int64_t>(value)) return "integer";
  if (std::holds_alternative<double>(value)) return "float";
  return "string";
}

bool is_compound(const std::string& sql) {
  const std::string words = " " + to_lower(collapse_spaces(sql)) + " ";
  const std::size_t first = words.find("select ");
  const bool nested =
      first != std::string::npos && words.find("select ", first + 1) != std::string::npos;
  return nested || words.find(" group by ") != std::string::npos;
}

std::string difficulty(const std::string& sql, std::size_t tables) {
  const std::size_t weight = tables + (is_compound(sql) ? 1 : 0);
  if (weight <= 1) return "easy";
  return weight == 2 ? "medium" : "hard";
}

std::string numbered(const std::string& database, const std::string& split, int number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
  return database + "_" + split + "_" + digits;
}

Result<Question> make_question(const SpiderExample& example, Database& database) {
  const Result<ResultTable> table = database.query(example.query);
  if (!table) return fail(table.error());
  const Result<std::vector<std::string>> tables = database.tables_read(example.query);
  if (!tables) return fail(tables.error());
  Question question;
  question.text = example.question;
  question.database = example.database;
  question.gold_sql = example.query;
  question.answer_type = answer_type(*table);
  question.difficulty = difficulty(example.query, tables->size());
  question.split = example.split;
  question.tables_involved = *tables;
  return question;
}

}  // namespace

SpiderImport import_spider(const std::vector<SpiderExample>& examples,
                           std::map<std::string, Database>& databases) {
  SpiderImport import;
  std::map<std::string, int> numbers;
  int position = 0;
  for (const SpiderExample& example : examples) {
    const std::string what = "example " + std::to_string(++position) + " (" + example.database +
                             ", " + example.split + ")";
    const auto database = databases.find(example.database);
    if (database == databases.end()) {
      import.skipped.push_back({what, "its database is not in the release's folder"});
      continue;
    }
    Result<Question> question = make_question(example, database->second);
    if (!question) {
      import.skipped.push_back({what, "its gold query fails: " + question.error().to_string()});
      continue;
    }
    const int number = ++numbers[example.database + "/" + example.split];
    question->id = numbered(example.database, example.split, number);
    import.questions.push_back(std::move(*question));
  }
  return import;
}

}  // namespace sqlenv
