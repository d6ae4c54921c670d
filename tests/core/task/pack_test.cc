#include "core/task/pack.h"

#include <gtest/gtest.h>

#include "core/task/folder_files.h"
#include "core/verify/verdict.h"
#include "core/wire/pack_json.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

std::string error_of(std::map<std::string, std::string> files) {
  const Result<Pack> pack = load_pack(test::MemoryFiles(std::move(files)));
  return pack ? "ok" : pack.error().to_string();
}

std::map<std::string, std::string> with(const std::string& file, const std::string& from,
                                        const std::string& to) {
  auto files = test::small_pack_files();
  std::string& text = files.at(file);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  return files;
}

TEST(Pack, LoadsAndNamesItsContents) {
  const Result<Pack> pack = load_pack(test::MemoryFiles(test::small_pack_files()));
  ASSERT_TRUE(pack.has_value()) << pack.error().to_string();
  EXPECT_EQ(pack->questions.size(), 4u);
  EXPECT_NE(pack->find_database("zoo"), nullptr);
  EXPECT_EQ(pack->find_question("nope"), nullptr);
  EXPECT_EQ(pack->digest.substr(0, 7), "sha256:");
  EXPECT_EQ(pack->digest.size(), 71u);
}

TEST(Pack, TheDigestFollowsTheContents) {
  const auto digest = [](std::map<std::string, std::string> files) {
    return load_pack(test::MemoryFiles(std::move(files)))->digest;
  };
  const std::string same = digest(test::small_pack_files());
  EXPECT_EQ(digest(test::small_pack_files()), same);
  EXPECT_NE(digest(with("zoo.sql", "Otto", "Otta")), same);
  EXPECT_NE(digest(with("questions.json", "count(*)", "count(1)")), same);
  EXPECT_EQ(digest(with("pack.json", "\"Small\"", "\"Other title\"")), same);
}

TEST(Pack, SaysWhatIsWrong) {
  EXPECT_EQ(error_of({}), "NOT_FOUND: no file pack.json");
  EXPECT_EQ(error_of({{"pack.json", "{"}}), "BAD_PACK: the pack's file pack.json is not JSON.");
  EXPECT_EQ(error_of({{"pack.json", "{}"}}),
            "BAD_PACK: pack.json is not of the format sqlenv-pack/1.");
  EXPECT_EQ(error_of(with("pack.json", "zoo.sql", "gone.sql")), "NOT_FOUND: no file gone.sql");
  EXPECT_EQ(error_of(with("questions.json", "zoo_train_002", "zoo_train_001")),
            "BAD_PACK: two questions have the id zoo_train_001.");
  EXPECT_EQ(
      error_of(with("questions.json", "\"database_name\": \"zoo\"", "\"database_name\": \"x\"")),
      "BAD_PACK: question zoo_train_001 asks about x, which the pack does not hold.");
  EXPECT_EQ(error_of(with("zoo.sql", "CREATE TABLE animal", "CREATE TABL animal")).substr(0, 39),
            "BAD_PACK: database zoo: the SQL text do");
  auto empty = test::small_pack_files();
  empty["questions.json"] = "[]";
  EXPECT_EQ(error_of(empty), "BAD_PACK: the pack holds no questions.");
}

TEST(Pack, AWrittenManifestIsReadBack) {
  PackManifest manifest;
  manifest.name = "small";
  manifest.databases = {{"zoo", "zoo.sql", "Zoo", "Animals"}};
  manifest.question_files = {"questions.json"};
  const Result<Pack> before = load_pack(test::MemoryFiles(test::small_pack_files()));
  auto files = test::small_pack_files();
  files["pack.json"] = pack_manifest_json(manifest);
  files["questions.json"] = questions_json(before->questions);
  const Result<Pack> after = load_pack(test::MemoryFiles(files));
  ASSERT_TRUE(after.has_value()) << after.error().to_string();
  EXPECT_EQ(after->digest, before->digest);
}

TEST(Pack, FolderFilesStayInside) {
  const FolderFiles files(test::source_path("data").string());
  EXPECT_TRUE(files.read("pack.json").has_value());
  EXPECT_EQ(files.read("../README.md").error().code, ErrorCode::kBadPack);
  EXPECT_EQ(files.read("/etc/hostname").error().code, ErrorCode::kBadPack);
  EXPECT_EQ(files.read("none.json").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(files.read("databases").error().code, ErrorCode::kNotFound);
}

std::string tar_entry(const std::string& name, const std::string& contents) {
  std::string header(512, '\0');
  header.replace(0, name.size(), name);
  char size[12];
  std::snprintf(size, sizeof size, "%011o", static_cast<unsigned>(contents.size()));
  header.replace(124, 11, size);
  header[156] = '0';
  header.replace(257, 5, "ustar");
  std::string padded = contents;
  padded.resize((padded.size() + 511) / 512 * 512);
  return header + padded;
}

TEST(Pack, ArchivesGiveTheSamePack) {
  std::string archive;
  for (const auto& [name, contents] : test::small_pack_files())
    archive += tar_entry("./" + name, contents);
  const Result<ArchiveFiles> files = ArchiveFiles::open(archive + std::string(1024, '\0'));
  ASSERT_TRUE(files.has_value()) << files.error().to_string();
  EXPECT_EQ(load_pack(*files)->digest,
            load_pack(test::MemoryFiles(test::small_pack_files()))->digest);
}

TEST(Pack, DamagedArchivesAreRefused) {
  const std::string entry = tar_entry("pack.json", std::string(2000, 'x'));
  EXPECT_EQ(ArchiveFiles::open("").error().code, ErrorCode::kBadPack);
  EXPECT_EQ(ArchiveFiles::open(std::string(4096, 'x')).error().code, ErrorCode::kBadPack);
  EXPECT_EQ(ArchiveFiles::open(entry.substr(0, 1500)).error().code, ErrorCode::kBadPack);
}

// The gold rows of every bundled question, written as a JSON answer, are right.
TEST(StarterPack, EveryGoldAnswersItsQuestion) {
  const auto catalog = test::starter_catalog();
  Environment environment(catalog);
  std::map<std::string, int> per_database;
  const Result<std::vector<Task>> tasks = catalog->select({});
  ASSERT_TRUE(tasks.has_value());
  for (const Task& task : *tasks) {
    const Result<const Gold*> gold = environment.gold(task);
    ASSERT_TRUE(gold.has_value()) << task.question->id;
    std::string answer;
    for (const auto& row : (*gold)->table.rows) {
      answer += answer.empty() ? "[[" : "], [";
      for (std::size_t c = 0; c < row.size(); ++c) {
        const bool text = std::holds_alternative<std::string>(row[c]);
        std::string cell = display_text(row[c]);
        for (std::size_t at = 0; text && (at = cell.find('"', at)) != std::string::npos; at += 2)
          cell.insert(at, "\\");
        answer += (c == 0 ? "" : ", ") + (text ? "\"" + cell + "\"" : cell);
      }
    }
    EXPECT_EQ(verify(**gold, answer + "]]").reason, Reason::kMatch)
        << task.question->id << " " << answer;
    ++per_database[task.database->name];
  }
  EXPECT_GE(per_database.size(), 2u);
  for (const auto& [name, count] : per_database) EXPECT_GE(count, 20) << name;
}

}  // namespace
}  // namespace sqlenv
