#include "core/task/import.h"

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/sql/database_builder.h"
#include "core/sql/database_check.h"
#include "core/sql/sql_literals.h"
#include "core/task/archive_writer.h"
#include "core/task/csv_importer.h"
#include "core/task/sql_importer.h"
#include "core/task/sqlite_importer.h"
#include "core/wire/import_json.h"
#include "core/wire/pack_json.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

std::string zoo_bytes() { return test::image_of(test::small_pack_files().at("zoo.sql")).bytes(); }

TEST(Names, ArePlainOrMadeSo) {
  for (const char* good : {"world_1", "cre_Doc_Template_Mgt", "Ünïcode name", "a.b"})
    EXPECT_TRUE(is_plain_name(good)) << good;
  for (const char* bad : {"", "..", ".x", "-x", "a/b", "a\\b", "c:d", " a", "a ", "a\nb", "\xff"})
    EXPECT_FALSE(is_plain_name(bad)) << bad;
  EXPECT_FALSE(is_plain_name(std::string(81, 'a')));
  EXPECT_EQ(plain_name("/tmp/My data.sqlite"), "My data");
  EXPECT_EQ(plain_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(plain_name("C:\\x\\sales.v2.csv"), "sales.v2");
  EXPECT_EQ(plain_name("..."), "data");
  EXPECT_EQ(plain_name(".csv"), "csv");
  for (const std::string& name : {std::string(300, 'a') + ".db", std::string("\xff\xfe:.db"),
                                  std::string(79, 'a') + "é é é.db", std::string("- -.db")})
    EXPECT_TRUE(is_plain_name(plain_name(name))) << plain_name(name);
  std::set<std::string> taken;
  EXPECT_EQ(unused_name("a", taken), "a");
  EXPECT_EQ(unused_name("A", taken), "A_2");
  EXPECT_EQ(unused_name("a", taken), "a_3");
}

TEST(Sizes, AreLimitedAndTheMessageNamesTheLimit) {
  EXPECT_TRUE(check_size("x", kMaxTextBytes, kMaxTextBytes).has_value());
  EXPECT_EQ(check_size("x.csv", kMaxTextBytes + 1, kMaxTextBytes).error().to_string(),
            "TOO_LARGE: x.csv is too large: 257 MiB, at most 256 MiB can be imported.");
}

std::string refusal(std::string bytes) {
  const Result<CheckedDatabase> checked = check_database_file(std::move(bytes));
  return checked ? "taken" : checked.error().message;
}

TEST(DatabaseCheck, SaysWhatAFileIsNot) {
  const std::string good = zoo_bytes();
  EXPECT_EQ(refusal(good), "taken");
  EXPECT_EQ(refusal(""), "the file is empty.");
  EXPECT_EQ(refusal("hello"), "it is not an SQLite database, or it is encrypted.");
  EXPECT_EQ(refusal(good.substr(0, 100)), "the file is cut short.");
  EXPECT_EQ(refusal(good.substr(0, good.size() - 4096)).substr(0, 22), "the file is cut short:");
  std::string damaged = good;
  damaged.replace(4096, 8, "\xff\xff\xff\xff\xff\xff\xff\xff");
  EXPECT_EQ(refusal(damaged).substr(0, 19), "the file is damaged");
  std::string odd = good;
  odd[16] = 3;
  EXPECT_EQ(refusal(odd), "its header is damaged, or it is encrypted.");
}

TEST(DatabaseCheck, TakesFilesWithAWriteAheadLogAsTheyLie) {
  std::string bytes = zoo_bytes();
  bytes[18] = bytes[19] = 2;
  EXPECT_EQ(refusal(bytes), "taken");
}

// Makes every page of the table's tree point to one child many times, on every level, so that
// counting its rows would never end.
TEST(DatabaseCheck, FindsPagesThatPointInCircles) {
  DatabaseBuilder builder;
  ASSERT_TRUE(builder.create_table("t", {{"a", "TEXT"}}).has_value());
  for (int i = 0; i < 2000; ++i) ASSERT_TRUE(builder.add_row({std::string(900, 'x')}).has_value());
  std::string bytes = builder.finish()->bytes();
  const std::size_t page = 4096;
  std::size_t interior = 0;
  for (std::size_t at = page; at < bytes.size() && interior == 0; at += page)
    if (bytes[at] == 5) interior = at;
  ASSERT_NE(interior, 0u);
  // Makes the page its own right-most child.
  const auto number = static_cast<std::uint32_t>(interior / page + 1);
  for (std::size_t i = 0; i < 4; ++i)
    bytes[interior + 8 + i] = static_cast<char>(number >> (24 - 8 * i));
  EXPECT_EQ(refusal(bytes).substr(0, 19), "the file is damaged");
}

TEST(DatabaseCheck, RemarksOnBrokenConstraints) {
  std::string bytes =
      test::image_of("CREATE TABLE t (a TEXT /*----*/); INSERT INTO t VALUES (NULL);").bytes();
  bytes.replace(bytes.find("/*----*/"), 8, "NOT NULL");
  const Result<CheckedDatabase> checked = check_database_file(bytes);
  ASSERT_TRUE(checked.has_value()) << checked.error().message;
  EXPECT_EQ(checked->remarks, std::vector<std::string>{"NULL value in t.a"});
}

TEST(SqliteImport, GoodFilesQuestionsAndBadFiles) {
  Example question;
  question.place = "questions.json, example 1";
  question.question = "How many animals are there?";
  question.sql = "SELECT count(*) FROM animal";
  question.database = "zoo";
  question.split = "eval";
  Example elsewhere = question;
  elsewhere.database = "bad";
  ImportOptions options;
  options.name = "mine";
  const Result<Import> import =
      import_sqlite({{"zoo.sqlite", zoo_bytes()}, {"bad.db", "nothing"}, {"zoo.db", zoo_bytes()}},
                    {question, elsewhere}, options);
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  ASSERT_EQ(import->databases.size(), 2u);
  EXPECT_EQ(import->databases[1].name, "zoo_2");
  ASSERT_EQ(import->questions.size(), 1u);
  EXPECT_EQ(import->questions[0].id, "zoo_eval_001");
  const std::vector<ImportRemark> skipped = {
      {"bad.db", "it is not an SQLite database, or it is encrypted."},
      {"questions.json, example 1 (bad)", "its database is not there"}};
  EXPECT_EQ(import->skipped, skipped);
  const Result<Pack> pack = pack_of(*import);
  ASSERT_TRUE(pack.has_value()) << pack.error().to_string();
  EXPECT_EQ(pack->name, "mine");
  const ImportReport report = report_of(*pack);
  EXPECT_EQ(report.databases[0].questions, 1);
  EXPECT_EQ(report.databases[0].rows, 9);
  EXPECT_EQ(report.eval, 1);
  EXPECT_NE(import_report_json(report).find("\"digest\": \"sha256:"), std::string::npos);
}

TEST(SqliteImport, NothingUsableIsAnError) {
  EXPECT_EQ(import_sqlite({{"bad.db", ""}}, {}, {}).error().message, "bad.db: the file is empty.");
  EXPECT_EQ(import_sqlite({}, {}, {}).error().code, ErrorCode::kNotFound);
}

TEST(Pack, SealedInMemoryItHasTheDigestOfItsFiles) {
  auto files = test::small_pack_files();
  files["zoo.sqlite"] = zoo_bytes();
  std::string& manifest = files["pack.json"];
  manifest.replace(manifest.find("zoo.sql"), 7, "zoo.sqlite");
  const Result<Pack> loaded = load_pack(test::MemoryFiles(files));
  ASSERT_TRUE(loaded.has_value()) << loaded.error().to_string();
  Pack copy = *loaded;
  copy.digest.clear();
  EXPECT_EQ(seal_pack(copy)->digest, loaded->digest);
  copy.questions.clear();
  EXPECT_EQ(seal_pack(copy).error().message, "the pack holds no questions.");
  EXPECT_TRUE(seal_pack(copy, PackUse::kInspect).has_value());
}

// Any bytes give an Import or an Error, and an imported table can be read.
TEST(Import, BytesFromAnywhere) {
  const std::string database = zoo_bytes();
  const std::string script = test::small_pack_files().at("zoo.sql");
  const std::string marked = "-- MySQL dump\n" + script;
  const std::string sheet = "id,name,\"note\"\n1,\"a\"\"b\",2\n2,c,\xc3\xa9\n";
  Random random(20240131);
  const auto mutated = [&random](std::string bytes) {
    for (std::uint64_t i = 0, n = 1 + random.below(8); i < n; ++i) {
      if (bytes.empty()) return bytes;
      const auto at = static_cast<std::size_t>(random.below(bytes.size()));
      switch (random.below(4)) {
        case 0: bytes[at] = static_cast<char>(random.below(256)); break;
        case 1: bytes.erase(at, static_cast<std::size_t>(1 + random.below(3))); break;
        case 2: bytes.insert(at, 1, "'\"`;()\\,\n\r"[random.below(10)]); break;
        default: bytes.resize(std::max<std::size_t>(at, 1)); break;
      }
    }
    return bytes;
  };
  const auto look = [](const Result<Import>& import) {
    if (!import) return;
    for (const PackDatabase& taken : import->databases) {
      Result<Database> opened = Database::open(taken.image);
      ASSERT_TRUE(opened.has_value());
      for (const std::string& table : taken.image.schema().table_names())
        (void)opened->query("SELECT * FROM " + quote_identifier(table));
    }
  };
  for (int i = 0; i < 150; ++i) {
    std::string bytes = database;
    for (int k = 0; k < 4; ++k)
      bytes[static_cast<std::size_t>(random.below(bytes.size()))] =
          static_cast<char>(random.below(256));
    look(import_sqlite({{"x.db", bytes}}, {}, {}));
    look(import_sql({{"x.sql", mutated(script)}}, {}));
    look(import_sql({{"x.sql", mutated(marked)}}, {}));
    look(import_csv({{"x.csv", mutated(sheet)}}, {}));
  }
}

TEST(Archive, IsReadBack) {
  std::string bytes;
  ArchiveWriter writer([&bytes](std::string_view part) { bytes += part; });
  const std::string deep = std::string(120, 'd') + "/" + std::string(90, 'f');
  ASSERT_TRUE(writer.add("pack.json", "{}").has_value());
  ASSERT_TRUE(writer.add(deep, std::string(1000, 'x')).has_value());
  ASSERT_TRUE(writer.add("empty", "").has_value());
  EXPECT_EQ(writer.add(std::string(101, 'n'), "").error().code, ErrorCode::kBadPack);
  writer.finish();
  EXPECT_EQ(bytes.size() % 512, 0u);
  const Result<ArchiveFiles> files = ArchiveFiles::open(bytes);
  ASSERT_TRUE(files.has_value()) << files.error().to_string();
  EXPECT_EQ(*files->read("pack.json"), "{}");
  EXPECT_EQ(*files->read(deep), std::string(1000, 'x'));
  EXPECT_EQ(*files->read("empty"), "");
}

TEST(Archive, PathsStayInside) {
  for (const char* good : {"pack.json", "a/b/c.sql", "a..b"})
    EXPECT_TRUE(stays_inside(good)) << good;
  for (const char* bad : {"", "/etc/passwd", "../x", "a/../x", "a//b", "a/", ".", "a\\b"})
    EXPECT_FALSE(stays_inside(bad)) << bad;
}

}  // namespace
}  // namespace sqlenv
