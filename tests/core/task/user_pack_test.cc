#include "core/task/user_pack.h"

#include <gtest/gtest.h>

#include "core/task/import.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

std::string shop_bytes() {
  return test::image_of(
             "CREATE TABLE customer (customer_id INTEGER PRIMARY KEY, name TEXT, age INTEGER);"
             "CREATE TABLE purchase (purchase_id INTEGER PRIMARY KEY, customer_id INTEGER "
             "REFERENCES "
             "customer, amount REAL, bought_on TEXT);"
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 26) INSERT "
             "INTO customer SELECT i, char(64 + i) || 'ea', 20 + i * 7 % 50 FROM n;"
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 90) INSERT "
             "INTO purchase SELECT i, i * 7 % 23 + 1, i * 1.25, date('2024-01-01', i || ' days') "
             "FROM n;")
      .bytes();
}

TEST(UserPack, IsTheSameOnEveryPlatform) {
  const Result<Pack> pack = user_pack({"my shop.sqlite", shop_bytes()});
  ASSERT_TRUE(pack.has_value()) << pack.error().message;
  EXPECT_EQ(pack->name, "my shop");
  ASSERT_EQ(pack->databases.size(), 1u);
  EXPECT_EQ(pack->databases.front().name, "my shop");
  EXPECT_EQ(pack->questions.size(), 100u);
  // The digest of the file and each question, which the native and the wasm build must share.
  EXPECT_EQ(pack->digest,
            "sha256:5b4334a8b90cf8634857774d29e11bd0ae491fc5eab7403b4363695b069415bd");
}

TEST(UserPack, NeverHasTheBundledPacksName) {
  const Result<Pack> pack = user_pack({"starter.db", shop_bytes()});
  ASSERT_TRUE(pack.has_value());
  EXPECT_EQ(pack->name, "own_starter");
}

TEST(UserPack, ReportsProgressAndStops) {
  int last = 0;
  const auto progress = [&](UserPackStage stage) {
    EXPECT_GE(stage.questions, last);
    EXPECT_EQ(stage.of, 100);
    last = stage.questions;
    return last == 10;
  };
  EXPECT_EQ(user_pack({"shop.db", shop_bytes()}, progress).error().code, ErrorCode::kTimeout);
  EXPECT_EQ(last, 10);
  const auto at_once = [](UserPackStage) { return true; };
  EXPECT_EQ(user_pack({"shop.db", shop_bytes()}, at_once).error().code, ErrorCode::kTimeout);
}

TEST(UserPack, RefusalsSayWhatToDo) {
  const auto refusal = [](std::string bytes) {
    const Result<Pack> pack = user_pack({"x.db", std::move(bytes)});
    return pack ? "taken" : pack.error().to_string();
  };
  const std::string good = shop_bytes();
  EXPECT_EQ(refusal(""),
            "NOT_A_DATABASE: the file is empty. Choose a file with tables and rows in it.");
  EXPECT_NE(refusal("name,age\nAnn,3\n").find("sqlenv pack import"), std::string::npos);
  EXPECT_NE(refusal(std::string(8192, '\x5a')).find("decrypt it first"), std::string::npos);
  EXPECT_NE(refusal(good.substr(0, good.size() / 2)).find("Copy it anew"), std::string::npos);
  std::string damaged = good;
  damaged.replace(4096, 8, "\xff\xff\xff\xff\xff\xff\xff\xff");
  EXPECT_NE(refusal(damaged).find(".recover"), std::string::npos) << refusal(damaged);
  EXPECT_NE(refusal(test::image_of("CREATE TABLE hollow (a INTEGER);").bytes())
                .find("Choose a file with tables and rows"),
            std::string::npos);
}

TEST(UserPack, KnowsAWriteAheadLogByTheHeader) {
  std::string bytes = shop_bytes();
  EXPECT_FALSE(has_write_ahead_log(bytes));
  bytes[18] = bytes[19] = 2;
  EXPECT_TRUE(has_write_ahead_log(bytes));
  EXPECT_FALSE(has_write_ahead_log(""));
  // Its last checkpoint is an ordinary database.
  EXPECT_EQ(user_pack({"my shop.sqlite", bytes})->digest,
            user_pack({"my shop.sqlite", shop_bytes()})->digest);
}

}  // namespace
}  // namespace sqlenv
