#include "core/explorer/join_graph.h"

#include <gtest/gtest.h>

#include "tests/core/explorer/shelter.h"

namespace sqlenv {
namespace {

using test::kCity, test::kOwnership, test::kPerson, test::kPet;

TEST(JoinGraph, FindsTheWayThroughJunctions) {
  const test::Shelter shelter;
  const JoinGraph joins(shelter.schema, {});
  EXPECT_EQ(joins.distance(kCity, kPet), 3u);
  EXPECT_EQ(joins.distance(kCity, kCity), 0u);
  const std::vector<JoinGraph::Edge> way = joins.path({kCity}, kPerson);
  ASSERT_EQ(way.size(), 1u);
  EXPECT_EQ(way[0].from, shelter.column(kCity, "city_id"));
  EXPECT_EQ(way[0].to, shelter.column(kPerson, "city_id"));
  EXPECT_FALSE(way[0].forward) << "from the key to the foreign key";
  EXPECT_TRUE(joins.path({kPerson}, kCity)[0].forward);
  EXPECT_TRUE(joins.path({kCity, kPerson}, kPerson).empty());
}

TEST(JoinGraph, KnowsForeignKeys) {
  const test::Shelter shelter;
  const JoinGraph joins(shelter.schema, {});
  const ColumnRef home = shelter.column(kPerson, "city_id");
  EXPECT_TRUE(joins.is_foreign_key(home));
  EXPECT_TRUE(joins.refers(home, shelter.column(kCity, "city_id")));
  EXPECT_FALSE(joins.refers(shelter.column(kCity, "city_id"), home));
  EXPECT_FALSE(joins.is_foreign_key(shelter.column(kPet, "weight")));
  EXPECT_FALSE(joins.is_one_of_several(home));
}

TEST(JoinGraph, NamesStandInForUndeclaredKeys) {
  const SchemaView schema = test::described(
      test::image_of("CREATE TABLE team (team_id INTEGER PRIMARY KEY, name TEXT);"
                     "CREATE TABLE player (id INTEGER PRIMARY KEY, team_id INTEGER);"
                     "CREATE TABLE kind (name TEXT PRIMARY KEY);"
                     "CREATE TABLE match (match_id INTEGER PRIMARY KEY, kind TEXT);"
                     "CREATE TABLE alone (x INTEGER);"));
  const JoinGraph joins(schema, {});
  EXPECT_EQ(joins.distance(0, 1), 1u) << "the name of the other table's key";
  EXPECT_EQ(joins.distance(2, 3), 1u) << "the other table's name";
  EXPECT_FALSE(joins.distance(0, 4).has_value());
  EXPECT_TRUE(joins.path({0}, 4).empty());
}

// A flight has two airports: edges to the same target are told apart by prefer().
TEST(JoinGraph, PrefersOneOfSeveralKeys) {
  const SchemaView schema =
      test::described(test::image_of("CREATE TABLE airport (code TEXT PRIMARY KEY);"
                                     "CREATE TABLE flight (source TEXT REFERENCES airport (code),"
                                     " dest TEXT REFERENCES airport (code));"));
  JoinGraph joins(schema, {});
  EXPECT_TRUE(joins.is_one_of_several({1, 1}));
  EXPECT_EQ(joins.path({1}, 0)[0].from, (ColumnRef{1, 0}));
  joins.prefer({1, 1});
  EXPECT_EQ(joins.path({1}, 0)[0].from, (ColumnRef{1, 1}));
  EXPECT_FALSE(joins.is_one_of_several({1, 1}));
}

TEST(JoinGraph, JoinsCompositeKeysByAllColumns) {
  const SchemaView schema = test::described(
      test::image_of("CREATE TABLE seat (hall INTEGER, number INTEGER, PRIMARY KEY (hall, number));"
                     "CREATE TABLE ticket (h INTEGER, n INTEGER,"
                     " FOREIGN KEY (h, n) REFERENCES seat (hall, number));"));
  const JoinGraph joins(schema, {});
  const std::vector<JoinGraph::Edge> way = joins.path({0}, 1);
  ASSERT_EQ(way.size(), 1u);
  ASSERT_EQ(way[0].more.size(), 1u);
  EXPECT_EQ(way[0].more[0], (std::pair<ColumnRef, ColumnRef>{{0, 1}, {1, 1}}));
}

TEST(JoinGraph, GoesThroughTablesThatTheQuestionMentions) {
  const SchemaView schema = test::described(test::image_of(
      "CREATE TABLE a (a_id INTEGER PRIMARY KEY); CREATE TABLE d (d_id INTEGER PRIMARY KEY);"
      "CREATE TABLE b (x INTEGER REFERENCES a (a_id), y INTEGER REFERENCES d (d_id));"
      "CREATE TABLE c (x INTEGER REFERENCES a (a_id), y INTEGER REFERENCES d (d_id));"));
  EXPECT_EQ(JoinGraph(schema, {}).path({0}, 1)[0].to.table, 2u);
  EXPECT_EQ(JoinGraph(schema, {0, 0, 0, 1}).path({0}, 1)[0].to.table, 3u);
}

TEST(JoinGraph, KeysAndNamesOfRows) {
  const test::Shelter shelter;
  EXPECT_EQ(key_column(shelter.schema, kOwnership), (ColumnRef{kOwnership, 0}));
  EXPECT_EQ(display_columns(shelter.schema, kPerson),
            (std::vector<ColumnRef>{shelter.column(kPerson, "first_name"),
                                    shelter.column(kPerson, "last_name")}));
  EXPECT_EQ(display_columns(shelter.schema, kPet),
            std::vector<ColumnRef>{shelter.column(kPet, "name")});
  EXPECT_EQ(display_columns(shelter.schema, kOwnership), (std::vector<ColumnRef>{{kOwnership, 0}}));
}

}  // namespace
}  // namespace sqlenv
