// Files of the player: databases are opened through the controls, played, and refused.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>

#include "app/desktop/database_opener.h"
#include "app/desktop/open_dialog.h"
#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"
#include "tests/playground/temp_folder.h"

namespace sqlenv::ui::test {
namespace {

namespace fs = std::filesystem;
using sqlenv::test::image_of;
using sqlenv::test::small_catalog;

std::string pet_bytes(int pets = 12) {
  return image_of(
             "CREATE TABLE pet (pet_id INTEGER PRIMARY KEY, name TEXT, weight INTEGER);"
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
             std::to_string(pets) +
             ") INSERT INTO pet SELECT i, char(64 + i) || 'o', i * 7 % 31 FROM n;")
      .bytes();
}

// The playground with what the desktop program puts around it.
struct Desk {
  explicit Desk(ImVec2 size = ImVec2(1280, 800)) : ui(small_catalog(), size, host()) {
    ui.start("zoo_train_001");
  }
  Host host() {
    Host host;
    host.choose_file = [this] { dialog.show(); };
    host.draw_over = [this](Ui& drawn) { dialog.draw(drawn); };
    return host;
  }

  // Waits until nothing is being opened.
  void wait() {
    opener.wait();
    for (Pack& pack : opener.take()) ui.playground().add_pack(std::move(pack));
    ui.settle();
  }

  void open_by_path(const std::string& path) {
    ui.click("header.open");
    ui.click("open.path");
    ui.key(ImGuiMod_Ctrl | ImGuiKey_A);
    ui.type(path);
    ui.click("open.go");
    wait();
  }

  std::string refusal() {
    const auto item = ui.find("open.refusal");
    return item ? item->label : "";
  }

  TempFolder folder;
  desktop::DatabaseOpener opener;
  desktop::RecentFiles recent;
  desktop::OpenDialog dialog{opener, recent, [this](const std::string& path) {
                               recent.add(path);
                               opener.open(path);
                             }};
  Headless ui;
};

TEST(UserFiles, ADatabaseIsOpenedByItsPathAndPlayedToTheEnd) {
  for (const ImVec2 size : {ImVec2(1280, 800), ImVec2(390, 844)}) {
    Desk desk(size);
    desk.open_by_path("\"" + desk.folder.file("My pets.sqlite", pet_bytes()) + "\"");
    EXPECT_EQ(desk.refusal(), "");
    EXPECT_FALSE(desk.ui.find("open.path").has_value()) << "the dialog is gone";
    ASSERT_EQ(desk.ui.episode().task().pack->name, "My pets");
    EXPECT_EQ(desk.ui.find("header.pack")->label, "Pack: My pets");
    desk.ui.click("schema.pet");
    EXPECT_TRUE(holds(desk.ui.texts(), "weight"));
    const Question& question = *desk.ui.episode().task().question;
    desk.ui.playground().step({"QUERY", question.gold_sql});
    desk.ui.settle();
    desk.ui.click("action.kind.answer");
    desk.ui.click("answer.use_result");
    desk.ui.click("action.run");
    ASSERT_TRUE(desk.ui.episode().done());
    EXPECT_TRUE(desk.ui.episode().verdict()->correct) << question.text;
  }
}

TEST(UserFiles, TheDiagramFollows) {
  Desk desk;
  desk.ui.click("schema.view.diagram");
  desk.opener.open(desk.folder.file("pets.db", pet_bytes()));
  desk.wait();
  EXPECT_TRUE(holds(desk.ui.texts(), "pet"));
  EXPECT_FALSE(holds(desk.ui.texts(), "keeper"));
}

TEST(UserFiles, OpeningItAgainTakesThePlaceOfTheFirst) {
  Desk desk;
  const std::string file = desk.folder.file("pets.db", pet_bytes());
  desk.opener.open(file);
  desk.wait();
  const std::string first = desk.ui.episode().task().pack->digest;
  desk.folder.file("pets.db", pet_bytes(20));
  desk.opener.open(file);
  desk.wait();
  EXPECT_NE(desk.ui.episode().task().pack->digest, first);
  desk.ui.click("header.pack");
  int packs = 0;
  for (const Item& item : desk.ui.items()) packs += item.id.starts_with("header.pack.");
  EXPECT_EQ(packs, 2);
  desk.ui.click("header.pack.small");
  EXPECT_EQ(desk.ui.episode().task().pack->name, "small");
}

TEST(UserFiles, SeveralAreOpenedOneAfterAnother) {
  Desk desk;
  for (const char* name : {"a.db", "b.db", "c.db"})
    desk.opener.open(desk.folder.file(name, pet_bytes()));
  desk.wait();
  EXPECT_EQ(desk.ui.episode().task().pack->name, "c");
}

TEST(UserFiles, WhatIsNoDatabaseIsRefusedAndTheEpisodeStays) {
  Desk desk;
  const std::string good = pet_bytes();
  std::string damaged = good;
  damaged.replace(4096, 8, "\xff\xff\xff\xff\xff\xff\xff\xff");
  desk.ui.playground().step({"DESCRIBE", "animal"});
  for (const auto& [name, bytes, word] : std::vector<std::array<std::string, 3>>{
           {"empty.db", "", "the file is empty"},
           {"words.db", "just some words", "not an SQLite database"},
           {"short.db", good.substr(0, good.size() - 4096), "cut short"},
           {"damaged.db", damaged, "damaged"}}) {
    desk.opener.open(desk.folder.file(name, bytes));
    desk.wait();
    EXPECT_TRUE(holds(desk.refusal(), word)) << desk.refusal();
    EXPECT_TRUE(holds(desk.refusal(), name)) << desk.refusal();
    EXPECT_EQ(desk.ui.episode().task().question->id, "zoo_train_001");
    EXPECT_EQ(desk.ui.episode().step_count(), 1);
  }
  desk.ui.click("open.cancel");
  EXPECT_EQ(desk.refusal(), "");
  EXPECT_FALSE(desk.ui.find("open.path").has_value());
  desk.open_by_path((fs::temp_directory_path() / "no such file.db").string());
  EXPECT_TRUE(holds(desk.refusal(), "not there")) << desk.refusal();
  desk.ui.key(ImGuiKey_Escape);
  EXPECT_FALSE(desk.ui.find("open.path").has_value());
}

TEST(UserFiles, ChangesThatAreNotInTheFileYetAreReported) {
  Desk desk;
  const std::string file = desk.folder.file("pets.db", pet_bytes());
  desk.folder.file("pets.db-wal", "changes");
  desk.opener.open(file);
  desk.wait();
  EXPECT_TRUE(holds(desk.refusal(), "pets.db-wal")) << desk.refusal();
}

TEST(UserFiles, NoFaceWithoutFilesShowsTheButton) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  EXPECT_FALSE(ui.find("header.open").has_value());
}

TEST(RecentFilesTest, AreListedNewestFirstAndDroppedWhenGone) {
  Desk desk;
  const std::string first = desk.folder.file("first.sqlite", pet_bytes());
  const std::string second = desk.folder.file("second.sqlite", pet_bytes());
  desk.open_by_path(first);
  desk.open_by_path(second);
  EXPECT_EQ(desk.recent.paths(), (std::vector<std::string>{second, first}));
  fs::remove(second);
  desk.ui.click("header.open");
  desk.ui.click("open.recent.1");
  EXPECT_TRUE(holds(desk.refusal(), "second.sqlite is not there any more")) << desk.refusal();
  EXPECT_EQ(desk.recent.paths(), std::vector<std::string>{first});
  desk.ui.click("open.recent.1");
  desk.wait();
  EXPECT_FALSE(desk.ui.find("open.path"));
  EXPECT_EQ(desk.ui.episode().task().pack->name, "first");
}

TEST(RecentFilesTest, AreKeptAsLinesUpToALimit) {
  TempFolder folder;
  std::string kept;
  desktop::RecentFiles files("", [&](const std::string& lines) { kept = lines; });
  for (int i = 0; i < 9; ++i) files.add(folder.file("f" + std::to_string(i), "x"));
  files.add(folder.file("f5", "x"));
  files.add("/no/such/file");
  ASSERT_EQ(files.paths().size(), desktop::RecentFiles::kMost);
  EXPECT_TRUE(holds(files.paths().front(), "f5"));
  EXPECT_EQ(desktop::RecentFiles(kept).paths(), files.paths());
}

}  // namespace
}  // namespace sqlenv::ui::test
