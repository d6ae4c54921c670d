#include "core/sql/sql_literals.h"

#include <gtest/gtest.h>

namespace sqlenv {
namespace {

TEST(SqlLiterals, AreReadBack) {
  EXPECT_EQ(read_sql_literal("'it''s'"), Value(std::string("it's")));
  EXPECT_EQ(read_sql_literal("-12"), Value(std::int64_t{-12}));
  EXPECT_EQ(read_sql_literal("1.5e3"), Value(1500.0));
  EXPECT_EQ(read_sql_literal("NULL"), Value(Null{}));
  EXPECT_EQ(read_sql_literal("X'0aFF'"), Value(Blob{"\x0a\xff"}));
  for (const char* wrong : {"", "abc", "'a'b'", "X'0'", "1x", "--"})
    EXPECT_FALSE(read_sql_literal(wrong).has_value()) << wrong;
  EXPECT_EQ(quote_text("it's"), "'it''s'");
  EXPECT_EQ(sql_name("order"), "\"order\"");
  EXPECT_EQ(sql_name("Name"), "Name");
}

}  // namespace
}  // namespace sqlenv
