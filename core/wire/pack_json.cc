#include "core/wire/pack_json.h"

#include "core/wire/json.h"

namespace sqlenv {
namespace {

constexpr const char* kPackFormat = "sqlenv-pack/1";

Result<Json> read_json(const PackFiles& files, const std::string& path) {
  const Result<std::string> text = files.read(path);
  if (!text) return fail(text.error());
  std::optional<Json> json = parse_json(*text);
  if (!json) return fail(ErrorCode::kBadPack, "the pack's file " + path + " is not JSON.");
  return std::move(*json);
}

Result<PackManifest> read_manifest(const Json& json) {
  if (string_member(json, "format") != kPackFormat)
    return fail(ErrorCode::kBadPack,
                std::string("pack.json is not of the format ") + kPackFormat + ".");
  PackManifest manifest;
  manifest.name = string_member(json, "name");
  manifest.title = string_member(json, "title");
  manifest.license = string_member(json, "license");
  const Json* databases = member(json, "databases");
  const Json* questions = member(json, "questions");
  if (manifest.name.empty() || databases == nullptr || !databases->is_array() ||
      questions == nullptr || !questions->is_array())
    return fail(ErrorCode::kBadPack, "pack.json needs a name, databases and questions.");
  for (const Json& entry : *databases)
    manifest.databases.push_back({string_member(entry, "name"), string_member(entry, "file"),
                                  string_member(entry, "title"),
                                  string_member(entry, "description")});
  for (const Json& file : *questions)
    if (file.is_string()) manifest.question_files.push_back(file.get<std::string>());
  return manifest;
}

Question read_question(const Json& json) {
  Question question;
  question.id = string_member(json, "question_id");
  question.text = string_member(json, "question_text");
  question.database = string_member(json, "database_name");
  question.gold_sql = string_member(json, "gold_sql");
  question.answer_type = string_member(json, "answer_type");
  question.difficulty = string_member(json, "difficulty");
  question.split = string_member(json, "split");
  if (const Json* tables = member(json, "tables_involved"); tables != nullptr && tables->is_array())
    for (const Json& table : *tables)
      if (table.is_string()) question.tables_involved.push_back(table.get<std::string>());
  return question;
}

Json write_question(const Question& question) {
  return {{"question_id", question.id},
          {"question_text", question.text},
          {"database_name", question.database},
          {"gold_sql", question.gold_sql},
          {"answer_type", question.answer_type},
          {"difficulty", question.difficulty},
          {"tables_involved", question.tables_involved},
          {"split", question.split}};
}

}  // namespace

Result<PackManifest> load_manifest(const PackFiles& files) {
  const Result<Json> json = read_json(files, "pack.json");
  if (!json) return fail(json.error());
  return read_manifest(*json);
}

Result<Pack> load_pack(const PackFiles& files, PackUse use) {
  const Result<PackManifest> manifest = load_manifest(files);
  if (!manifest) return fail(manifest.error());
  std::vector<Question> questions;
  for (const std::string& path : manifest->question_files) {
    const Result<Json> list = read_json(files, path);
    if (!list) return fail(list.error());
    if (!list->is_array())
      return fail(ErrorCode::kBadPack, "the pack's file " + path + " is not a list of questions.");
    for (const Json& entry : *list) questions.push_back(read_question(entry));
  }
  return assemble_pack(*manifest, std::move(questions), files, use);
}

std::string pack_manifest_json(const PackManifest& manifest) {
  Json databases = Json::array();
  for (const PackManifest::DatabaseFile& entry : manifest.databases)
    databases.push_back({{"name", entry.name},
                         {"file", entry.file},
                         {"title", entry.title},
                         {"description", entry.description}});
  const Json json = {{"format", kPackFormat},   {"name", manifest.name},
                     {"title", manifest.title}, {"license", manifest.license},
                     {"databases", databases},  {"questions", manifest.question_files}};
  return write_json(json, 2) + "\n";
}

std::string questions_json(const std::vector<Question>& questions) {
  Json list = Json::array();
  for (const Question& question : questions) list.push_back(write_question(question));
  return write_json(list, 1) + "\n";
}

std::string questions_jsonl(const std::vector<Question>& questions) {
  std::string lines;
  for (const Question& question : questions) lines += write_json(write_question(question)) + "\n";
  return lines;
}

}  // namespace sqlenv
