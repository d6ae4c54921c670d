#include "tests/core/test_packs.h"

#include <gtest/gtest.h>

#include "core/base/check.h"
#include "core/task/folder_files.h"
#include "core/wire/pack_json.h"

namespace sqlenv::test {
namespace {

constexpr const char* kZooSql = R"sql(
CREATE TABLE animal (
  animal_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  species TEXT,
  weight REAL,
  keeper_id INTEGER REFERENCES keeper (keeper_id)
);
CREATE TABLE keeper (keeper_id INTEGER PRIMARY KEY, full_name TEXT);
CREATE TABLE feeding (animal_id INTEGER, day TEXT, PRIMARY KEY (animal_id, day));
CREATE VIEW heavy AS SELECT name FROM animal WHERE weight > 100;
INSERT INTO keeper VALUES (1, 'Zoë Ångström'), (2, 'Otto');
INSERT INTO animal VALUES
  (1, 'Rex', 'lion', 190.5, 1), (2, 'Ella', 'elephant', 3000.0, 1),
  (3, 'Mia', 'lynx', 28.0, 2), (4, 'Bo', NULL, 32.0, NULL);
INSERT INTO feeding VALUES (1, '2024-01-01'), (1, '2024-01-02'), (2, '2024-01-01');
)sql";

constexpr const char* kZooPack = R"json({"format": "sqlenv-pack/1", "name": "small",
  "title": "Small", "license": "MIT",
  "databases": [{"name": "zoo", "file": "zoo.sql", "title": "Zoo", "description": "Animals"}],
  "questions": ["questions.json"]})json";

constexpr const char* kZooQuestions = R"json([
  {"question_id": "zoo_train_001", "question_text": "How many animals are there?",
   "database_name": "zoo", "gold_sql": "SELECT count(*) FROM animal", "answer_type": "integer",
   "difficulty": "easy", "tables_involved": ["animal"], "split": "train"},
  {"question_id": "zoo_train_002", "question_text": "Names of the animals, heaviest first?",
   "database_name": "zoo", "gold_sql": "SELECT name FROM animal ORDER BY weight DESC",
   "answer_type": "list", "difficulty": "medium", "tables_involved": ["animal"], "split": "train"},
  {"question_id": "zoo_eval_001", "question_text": "Name and species of each animal?",
   "database_name": "zoo", "gold_sql": "SELECT name, species FROM animal",
   "answer_type": "table", "difficulty": "easy", "tables_involved": ["animal"], "split": "eval"},
  {"question_id": "zoo_eval_002", "question_text": "What is the mean weight?",
   "database_name": "zoo", "gold_sql": "SELECT avg(weight) FROM animal",
   "answer_type": "float", "difficulty": "hard", "tables_involved": ["animal"], "split": "eval"}
])json";

}  // namespace

Result<std::string> MemoryFiles::read(const std::string& path) const {
  const auto found = files_.find(path);
  if (found == files_.end()) return fail(ErrorCode::kNotFound, "no file " + path);
  return found->second;
}

std::map<std::string, std::string> small_pack_files() {
  return {{"pack.json", kZooPack}, {"zoo.sql", kZooSql}, {"questions.json", kZooQuestions}};
}

std::shared_ptr<const Catalog> catalog_of(const PackFiles& files) {
  Result<Pack> pack = load_pack(files);
  if (!pack) ADD_FAILURE() << pack.error().to_string();
  SQLENV_CHECK(pack.has_value());
  std::vector<Pack> packs;
  packs.push_back(std::move(*pack));
  return std::make_shared<const Catalog>(std::move(packs));
}

std::shared_ptr<const Catalog> small_catalog() {
  return catalog_of(MemoryFiles(small_pack_files()));
}

std::shared_ptr<const Catalog> starter_catalog() {
  return catalog_of(FolderFiles(source_path("data").string()));
}

DatabaseImage image_of(const std::string& sql) {
  Result<DatabaseImage> image = DatabaseImage::from_sql_text(sql);
  if (!image) ADD_FAILURE() << image.error().to_string();
  SQLENV_CHECK(image.has_value());
  return *image;
}

std::filesystem::path source_path(std::string_view inside) {
  return std::filesystem::path(SQLENV_TEST_SOURCE) / inside;
}

std::filesystem::path spider_folder() {
  if (const char* named = std::getenv("SQLENV_SPIDER")) return named;
  return source_path(".").parent_path().parent_path() / "shared" / "spider";
}

std::string read_test_file(const std::string& path) {
  const Result<std::string> text = read_file(path);
  if (!text) ADD_FAILURE() << text.error().to_string() << " " << path;
  return text.value_or("");
}

}  // namespace sqlenv::test
