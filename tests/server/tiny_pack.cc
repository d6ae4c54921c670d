#include "tests/server/tiny_pack.h"

#include <map>

#include "core/base/check.h"
#include "core/wire/pack_json.h"

namespace sqlenv {
namespace {

class TinyFiles : public PackFiles {
 public:
  Result<std::string> read(const std::string& path) const override {
    const auto found = files_.find(path);
    if (found == files_.end()) return fail(ErrorCode::kNotFound, "there is no " + path + ".");
    return found->second;
  }

 private:
  const std::map<std::string, std::string> files_ = {
      {"pack.json",
       R"({"format": "sqlenv-pack/1", "name": "tiny", "title": "Tiny", "license": "MIT",
          "databases": [{"name": "music", "file": "music.sql"}], "questions": ["questions.json"]})"},
      {"music.sql", R"(
          CREATE TABLE band (id INTEGER PRIMARY KEY, title TEXT);
          CREATE TABLE singer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age REAL,
                               band_id INTEGER REFERENCES band(id));
          INSERT INTO band VALUES (1, 'Die Ärzte');
          INSERT INTO singer VALUES (1, 'Bo', 61.5, 1), (2, 'Al', 30, 1), (3, 'Cy', 44, NULL);)"},
      {"questions.json", R"([
          {"question_id": "music_train_001", "question_text": "How many singers are there?",
           "database_name": "music", "gold_sql": "SELECT count(*) FROM singer /*gold-marker*/",
           "answer_type": "integer", "difficulty": "easy", "split": "train"},
          {"question_id": "music_eval_001", "question_text": "Which singer is oldest?",
           "database_name": "music",
           "gold_sql": "SELECT name FROM singer ORDER BY age DESC LIMIT 1 /*gold-marker*/",
           "answer_type": "string", "difficulty": "medium", "split": "eval"}])"},
  };
};

}  // namespace

std::shared_ptr<const Catalog> tiny_catalog() {
  Result<Pack> pack = load_pack(TinyFiles());
  SQLENV_CHECK(pack.has_value());
  std::vector<Pack> packs;
  packs.push_back(std::move(*pack));
  return std::make_shared<const Catalog>(std::move(packs));
}

}  // namespace sqlenv
