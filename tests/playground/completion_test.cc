#include "app/playground/completion.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace sqlenv::ui {
namespace {

const std::vector<KnownTable>& tables() {
  static const std::vector<KnownTable> all = {
      {"animal", {"animal_id", "name", "species", "keeper_id"}},
      {"keeper", {}},  // not described
      {"order", {"total amount", "name"}}};
  return all;
}

// The labels of the candidates at the "|" of `sql`.
std::string labels(const std::string& sql) {
  const std::size_t caret = sql.find('|');
  std::string out;
  for (const Candidate& c :
       complete_sql(sql.substr(0, caret) + sql.substr(caret + 1), caret, tables()).candidates)
    out += (out.empty() ? "" : " ") + c.label;
  return out;
}

std::string completed(const std::string& sql) {
  const std::size_t caret = sql.find('|');
  const Completion completion =
      complete_sql(sql.substr(0, caret) + sql.substr(caret + 1), caret, tables());
  if (completion.candidates.empty()) return "";
  return sql.substr(0, completion.begin) + completion.candidates[0].text + sql.substr(caret + 1);
}

TEST(Completion, AfterFromAndJoinComeTables) {
  EXPECT_EQ(labels("SELECT * FROM |"), "animal keeper order");
  EXPECT_EQ(labels("SELECT * FROM a|"), "animal");
  EXPECT_EQ(labels("SELECT * FROM animal JOIN k|"), "keeper");
  EXPECT_EQ(labels("SELECT * FROM animal, |"), "animal keeper order");
  EXPECT_EQ(labels("SELECT name, |"), "") << "no table comes between columns";
  EXPECT_EQ(labels("SELECT max(1, |"), "");
}

TEST(Completion, AfterADotComeThatTablesColumns) {
  EXPECT_EQ(labels("SELECT a.| FROM animal AS a"), "animal_id name species keeper_id");
  EXPECT_EQ(labels("SELECT a.s| FROM animal a"), "species");
  EXPECT_EQ(labels("SELECT animal.k|"), "keeper_id");
  EXPECT_EQ(labels("SELECT keeper.|"), "") << "its columns are known after DESCRIBE";
  EXPECT_EQ(labels("SELECT nothing.|"), "");
  EXPECT_EQ(labels("SELECT 1.|"), "");
}

TEST(Completion, ColumnsOfTheStatementsTablesComeFirst) {
  EXPECT_EQ(labels("SELECT na| FROM keeper"), "name");
  EXPECT_EQ(labels("SELECT ke| FROM animal"), "keeper_id keeper");
  EXPECT_EQ(completed("SELECT to| FROM \"order\""), "SELECT \"total amount\" FROM \"order\"");
  const Completion shared = complete_sql("SELECT nam", 10, tables());
  ASSERT_EQ(shared.candidates.size(), 1u);
  EXPECT_EQ(shared.candidates[0].note, "") << "two tables have it";
}

TEST(Completion, NamesThatNeedQuotesGetThem) {
  EXPECT_EQ(completed("SELECT * FROM or|"), "SELECT * FROM \"order\"");
  EXPECT_EQ(completed("SELECT * FROM ani|"), "SELECT * FROM animal");
}

TEST(Completion, KeywordsKeepTheCaseOfTheWord) {
  EXPECT_EQ(completed("sel|"), "select");
  EXPECT_EQ(completed("SEL|"), "SELECT");
  EXPECT_EQ(completed("Sel|"), "SELECT");
  EXPECT_EQ(completed("SELECT cou|"), "SELECT count(");
  EXPECT_EQ(labels("SELECT * FROM animal gr|"), "group_concat group by");
}

TEST(Completion, NothingWhereNoWordIsBegun) {
  for (const char* sql : {"|", "SELECT |", "SELECT name |", "SELECT 'an|", "SELECT 'an|'", "-- an|",
                          "SELECT 12|", "SELECT name AS na|", "SELECT (|", "SELECT an|imal_id"}) {
    SCOPED_TRACE(sql);
    EXPECT_EQ(labels(sql), "");
  }
}

TEST(Completion, NothingWhereTheWordIsComplete) {
  EXPECT_EQ(labels("SELECT * FROM animal|"), "");
  EXPECT_EQ(labels("SELECT|"), "");
  EXPECT_EQ(labels("SELECT animal.NAME|"), "");
}

TEST(Completion, AnyBytesAnyCaret) {
  Random random(11);
  const std::string alphabet = "an.,('\"-/*; from\xc3\xa9\n";
  for (int round = 0; round < 3000; ++round) {
    std::string sql;
    for (std::uint64_t i = random.below(24); i > 0; --i)
      sql += alphabet[random.below(alphabet.size())];
    const std::size_t caret = random.below(30);
    const Completion completion = complete_sql(sql, caret, tables());
    EXPECT_LE(completion.begin, std::min(caret, sql.size()));
    error_place(sql, "SYNTAX: near \"" + sql + "\": syntax error");
  }
}

std::string marked(const std::string& sql, const std::string& error) {
  const std::optional<SqlToken> place = error_place(sql, error);
  return place ? sql.substr(place->begin, place->end - place->begin) : "";
}

TEST(ErrorPlace, IsWhatTheMessageNames) {
  EXPECT_EQ(marked("SELEC 1", "SYNTAX: near \"SELEC\": syntax error"), "SELEC");
  EXPECT_EQ(marked("SELECT nme FROM animal",
                   "NO_SUCH_COLUMN: there is no column \"nme\". Did you mean \"name\"?"),
            "nme");
  EXPECT_EQ(marked("SELECT 1 FROM Nowhere",
                   "NO_SUCH_TABLE: there is no table \"nowhere\". Tables: animal."),
            "Nowhere");
  EXPECT_EQ(marked("SELECT a.nme, b.nme FROM animal a, animal b",
                   "NO_SUCH_COLUMN: there is no column \"a.nme\"."),
            "a.nme");
  EXPECT_EQ(marked("SELECT median(x)", "SYNTAX: no such function: median"), "median");
}

TEST(ErrorPlace, IsNowhereIfItIsNotOne) {
  EXPECT_EQ(marked("SELECT x, x", "NO_SUCH_COLUMN: there is no column \"x\"."), "");
  EXPECT_EQ(marked("SELECT 'x' -- y", "NO_SUCH_COLUMN: there is no column \"y\"."), "");
  EXPECT_EQ(marked("SELECT 1", "TIMEOUT: the query took too long and was stopped."), "");
  EXPECT_EQ(marked("", ""), "");
}

}  // namespace
}  // namespace sqlenv::ui
