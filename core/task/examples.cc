#include "core/task/examples.h"

#include <algorithm>
#include <set>

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

std::string stated_difficulty(const std::string& word) {
  static const std::map<std::string, std::string> words = {
      {"easy", "easy"}, {"simple", "easy"}, {"medium", "medium"},    {"moderate", "medium"},
      {"hard", "hard"}, {"extra", "hard"},  {"challenging", "hard"}, {"extra hard", "hard"}};
  const auto found = words.find(to_lower(trim(word)));
  return found == words.end() ? "" : found->second;
}

std::string text_of(const Example& example) {
  const std::string_view evidence = trim(example.evidence);
  std::string text(trim(example.question));
  if (!evidence.empty()) text += " Evidence: " + std::string(evidence);
  return text;
}

bool is_number(const std::string& id) {
  return !id.empty() && id.find_first_not_of("0123456789") == std::string::npos;
}

std::string numbered(const Question& question, std::string digits) {
  if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
  return question.database + "_" + question.split + "_" + digits;
}

Result<Question> make_question(const Example& example, Database& database,
                               const QueryLimits& limits) {
  const Result<ResultTable> table = database.query(example.sql, limits);
  if (!table) return fail(table.error());
  const Result<std::vector<std::string>> tables = database.tables_read(example.sql);
  if (!tables) return fail(tables.error());
  Question question;
  question.text = text_of(example);
  question.database = example.database;
  question.gold_sql = example.sql;
  question.answer_type = answer_type(*table);
  question.difficulty = stated_difficulty(example.difficulty);
  if (question.difficulty.empty()) question.difficulty = difficulty(example.sql, tables->size());
  question.split = example.split;
  question.tables_involved = *tables;
  return question;
}

// Gold queries of published data sets may be slow, so agents' limits do not hold for them.
QueryLimits gold_limits(const std::function<bool()>& stopped) {
  QueryLimits limits;
  limits.max_operations = 2'000'000'000;
  limits.max_memory = 512 << 20;
  limits.deadline_passed = stopped;
  return limits;
}

// Assigns ids to questions.
class Numbering {
 public:
  // Empty if another question has the id.
  std::string id_for(const Question& question, const std::string& own) {
    std::string id = own;
    if (is_number(own)) id = numbered(question, own);
    if (!own.empty()) return taken_.insert(id).second ? id : "";
    int& count = counts_[question.database + "/" + question.split];
    do id = numbered(question, std::to_string(++count));
    while (!taken_.insert(id).second);
    return id;
  }

 private:
  std::set<std::string> taken_;
  std::map<std::string, int> counts_;
};

}  // namespace

ExampleImporter::ExampleImporter(std::vector<Example> examples)
    : examples_(std::move(examples)), questions_(examples_.size()) {
  for (std::size_t i = 0; i < examples_.size(); ++i) {
    if (is_plain_name(examples_[i].database)) by_database_[examples_[i].database].push_back(i);
    else reasons_[i] = "its database's name cannot be the name of a file";
  }
}

std::vector<std::string> ExampleImporter::databases() const {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const Example& example : examples_)
    if (by_database_.count(example.database) > 0 && seen.insert(example.database).second)
      names.push_back(example.database);
  return names;
}

std::int64_t ExampleImporter::examples_of(const std::string& database) const {
  const auto found = by_database_.find(database);
  return found == by_database_.end() ? 0 : std::ssize(found->second);
}

Result<void> ExampleImporter::take(const std::string& name, Database& database,
                                   const std::function<bool()>& stopped) {
  const QueryLimits limits = gold_limits(stopped);
  for (const std::size_t at : by_database_[name]) {
    Result<Question> question = make_question(examples_[at], database, limits);
    if (question) questions_[at] = std::move(*question);
    else if (question.error().code == ErrorCode::kTimeout) return fail(question.error());
    else reasons_[at] = "its gold query fails: " + question.error().to_string();
  }
  return {};
}

void ExampleImporter::leave_out(const std::string& name, const std::string& why) {
  for (const std::size_t at : by_database_[name]) reasons_[at] = why;
}

std::vector<Question> ExampleImporter::finish() {
  std::vector<Question> taken;
  Numbering numbering;
  for (std::size_t i = 0; i < examples_.size(); ++i) {
    const Example& example = examples_[i];
    Question& question = questions_[i];
    std::string why = reasons_[i];
    if (why.empty() && question.database.empty()) why = "its database is not there";
    if (why.empty()) question.id = numbering.id_for(question, example.id);
    if (why.empty() && question.id.empty()) why = "its id " + example.id + " was taken before";
    if (why.empty()) taken.push_back(std::move(question));
    else
      skipped_.push_back(
          {example.place + " (" + shorten(valid_utf8(example.database), 80) + ")", why});
  }
  return taken;
}

}  // namespace sqlenv
