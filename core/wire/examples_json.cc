#include "core/wire/examples_json.h"

#include <algorithm>
#include <initializer_list>

#include "core/base/text.h"
#include "core/wire/json.h"

namespace sqlenv {
namespace {

constexpr std::size_t kLongestId = 200;

// The first of these members that is a string or a whole number, as text.
std::string first_of(const Json& object, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    const Json* value = member(object, key);
    if (value == nullptr) continue;
    if (value->is_string()) return value->get<std::string>();
    if (value->is_number_unsigned()) return std::to_string(value->get<std::uint64_t>());
  }
  return "";
}

std::string split_of(const Json& entry, const std::string& otherwise) {
  const std::string word = to_lower(string_member(entry, "split"));
  if (word == "train") return "train";
  return word == "eval" || word == "dev" || word == "test" ? "eval" : otherwise;
}

bool is_plain_id(const std::string& id) {
  for (const char c : id)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f) return false;
  return id.size() <= kLongestId;
}

Example read_example(const Json& entry, const ExampleFile& file, const std::string& database) {
  Example example;
  example.id = first_of(entry, {"question_id", "id"});
  example.question = first_of(entry, {"question", "question_text"});
  example.evidence = first_of(entry, {"evidence"});
  example.sql = first_of(entry, {"query", "SQL", "sql", "gold_sql"});
  example.database = first_of(entry, {"db_id", "database_name", "database"});
  if (example.database.empty()) example.database = database;
  example.difficulty = first_of(entry, {"difficulty", "hardness"});
  example.split = split_of(entry, file.split);
  return example;
}

std::string what_is_missing(const Json& entry, const Example& example) {
  if (!entry.is_object()) return "it is not an object";
  if (trim(example.question).empty()) return "it has no question";
  if (trim(example.sql).empty()) return "it has no gold query";
  if (example.database.empty()) return "it does not say which database";
  return is_plain_id(example.id) ? "" : "its id is too long or holds blanks";
}

std::optional<Json> parse_lines(std::string_view text) {
  Json list = Json::array();
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (trim(line).empty()) continue;
    std::optional<Json> entry = parse_json(line);
    if (!entry || !entry->is_object()) return std::nullopt;
    list.push_back(std::move(*entry));
  }
  return list.empty() ? std::nullopt : std::optional<Json>(std::move(list));
}

Result<Json> parse_list(std::string_view text, const std::string& name) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.substr(0, kMark.size()) == kMark) text.remove_prefix(kMark.size());
  if (const std::size_t good = valid_utf8_bytes(text); good < text.size())
    return fail(ErrorCode::kBadJson, name + " is not UTF-8 text: see byte " +
                                         std::to_string(good + 1) + ". Save it as UTF-8.");
  std::optional<Json> json = parse_json(text);
  if (json && json->is_array()) return std::move(*json);
  // A single value that is not a list may be the only line of JSON Lines.
  const bool one_line = json && !first_of(*json, {"question", "question_text"}).empty();
  if (!json || one_line) json = parse_lines(text);
  if (json && json->is_array()) return std::move(*json);
  return fail(ErrorCode::kBadJson, name + " is not a JSON list of examples.");
}

}  // namespace

Result<ExampleList> parse_examples(std::string_view text, const ExampleFile& file,
                                   const std::string& only_database) {
  const Result<Json> json = parse_list(text, file.name);
  if (!json) return fail(json.error());
  ExampleList list;
  int position = 0;
  for (const Json& entry : *json) {
    Example example = read_example(entry, file, only_database);
    example.place = file.name + ", example " + std::to_string(++position);
    const std::string missing = what_is_missing(entry, example);
    if (missing.empty()) list.examples.push_back(std::move(example));
    else list.skipped.push_back({example.place, missing});
  }
  return list;
}

}  // namespace sqlenv
