#include "app/cli/spider_release.h"

#include <algorithm>
#include <fstream>
#include <ostream>
#include <set>

#include "core/task/folder_files.h"
#include "core/wire/pack_json.h"
#include "core/wire/spider_json.h"

namespace sqlenv::cli {
namespace {

namespace fs = std::filesystem;

// The ten databases that the original SQLEnv plays on.
const std::vector<std::string>& wanted_databases() {
  static const std::vector<std::string> names = {"student_assessment",
                                                 "concert_singer",
                                                 "world_1",
                                                 "car_1",
                                                 "employee_hire_evaluation",
                                                 "pets_1",
                                                 "cre_Doc_Template_Mgt",
                                                 "dog_kennels",
                                                 "flight_2",
                                                 "poker_player"};
  return names;
}

Result<std::vector<SpiderExample>> read_examples(const fs::path& release) {
  std::vector<SpiderExample> examples;
  const std::pair<const char*, const char*> files[] = {{"train_spider.json", "train"},
                                                       {"dev.json", "eval"}};
  for (const auto& [file, split] : files) {
    const Result<std::string> text = read_file(release / file);
    if (!text) return fail(text.error().code, text.error().message + " Is this Spider's release?");
    Result<std::vector<SpiderExample>> read = parse_spider_examples(*text, split);
    if (!read) return fail(read.error().code, std::string(file) + ": " + read.error().message);
    for (SpiderExample& example : *read) {
      const auto& names = wanted_databases();
      if (std::find(names.begin(), names.end(), example.database) != names.end())
        examples.push_back(std::move(example));
    }
  }
  return examples;
}

Result<void> write_file(const fs::path& path, const std::string& text) {
  std::error_code ignored;
  fs::create_directories(path.parent_path(), ignored);
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (out) return {};
  return fail(ErrorCode::kNotFound, "cannot write " + path.filename().string() +
                                        "; is there room, and may you write there?");
}

// Copies each database that is there and opens it.
Result<std::map<std::string, Database>> take_databases(const fs::path& release,
                                                       const fs::path& pack,
                                                       std::ostream& progress) {
  std::map<std::string, Database> databases;
  for (const std::string& name : wanted_databases()) {
    const fs::path file = release / "database" / name / (name + ".sqlite");
    if (!fs::exists(file)) continue;
    Result<std::string> bytes = read_file(file);
    if (!bytes) return fail(bytes.error());
    if (auto ok = write_file(pack / "databases" / (name + ".sqlite"), *bytes); !ok)
      return fail(ok.error());
    Result<DatabaseImage> image = DatabaseImage::from_file_bytes(std::move(*bytes));
    if (!image) return fail(image.error().code, name + ": " + image.error().message);
    Result<Database> database = Database::open(*image);
    if (!database) return fail(database.error());
    databases.emplace(name, std::move(*database));
    progress << "database " << name << "\n";
  }
  if (databases.empty())
    return fail(ErrorCode::kNotFound,
                "none of the ten databases is under the folder's database/. Is this Spider's "
                "release?");
  return databases;
}

PackManifest make_manifest(const std::map<std::string, Database>& databases) {
  PackManifest manifest;
  manifest.name = "spider";
  manifest.title = "Spider 1.0, ten databases";
  manifest.license = "CC BY-SA 4.0 (Yu et al., EMNLP 2018)";
  for (const std::string& name : wanted_databases())
    if (databases.count(name) > 0)
      manifest.databases.push_back({name, "databases/" + name + ".sqlite", name, ""});
  manifest.question_files = {"questions/questions_train.json", "questions/questions_eval.json"};
  return manifest;
}

std::vector<Question> of_split(const std::vector<Question>& questions, const std::string& split) {
  std::vector<Question> chosen;
  for (const Question& question : questions)
    if (question.split == split) chosen.push_back(question);
  return chosen;
}

Result<ImportReport> build(const fs::path& release, const fs::path& pack, std::ostream& progress) {
  const Result<std::vector<SpiderExample>> examples = read_examples(release);
  if (!examples) return fail(examples.error());
  Result<std::map<std::string, Database>> databases = take_databases(release, pack, progress);
  if (!databases) return fail(databases.error());
  SpiderImport import = import_spider(*examples, *databases);
  const std::pair<std::string, std::string> files[] = {
      {"pack.json", pack_manifest_json(make_manifest(*databases))},
      {"questions/questions_train.json", questions_json(of_split(import.questions, "train"))},
      {"questions/questions_eval.json", questions_json(of_split(import.questions, "eval"))}};
  for (const auto& [name, text] : files)
    if (auto ok = write_file(pack / name, text); !ok) return fail(ok.error());
  // What was written must load; a pack that does not is never put in place.
  if (const Result<Pack> loaded = load_pack(FolderFiles(pack)); !loaded)
    return fail(loaded.error());
  return ImportReport{databases->size(), import.questions.size(), std::move(import.skipped)};
}

bool may_replace(const fs::path& target) {
  return !fs::exists(target) || fs::is_empty(target) || fs::exists(target / "pack.json");
}

}  // namespace

Result<ImportReport> import_spider_release(const fs::path& release, const fs::path& target,
                                           std::ostream& progress) {
  std::error_code error;
  if (!may_replace(target))
    return fail(ErrorCode::kBadOption,
                "the output folder exists and is not a pack; name another with --output.");
  fs::path draft = target;
  draft += ".partial";
  fs::remove_all(draft, error);
  Result<ImportReport> report = build(release, draft, progress);
  if (report) {
    fs::remove_all(target, error);
    fs::rename(draft, target, error);
    if (error) report = fail(ErrorCode::kNotFound, "the pack could not be moved into place.");
  }
  fs::remove_all(draft, error);
  return report;
}

}  // namespace sqlenv::cli
