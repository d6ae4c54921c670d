#include "core/sql/sql_literals.h"

#include <gtest/gtest.h>

#include <limits>

namespace sqlenv {
namespace {

TEST(SqlNames, AreQuotedWhereSqlAsksForIt) {
  EXPECT_EQ(sql_name("Name"), "Name");
  EXPECT_EQ(sql_name("_a1"), "_a1");
  for (const char* name : {"order", "KEY", "1a", "a b", "größe", "a$", ""})
    EXPECT_EQ(sql_name(name), quote_identifier(name)) << name;
  EXPECT_EQ(quote_identifier("a\"b"), "\"a\"\"b\"");
}

TEST(SqlLiterals, AreReadBack) {
  EXPECT_EQ(read_sql_literal("'it''s'"), Value(std::string("it's")));
  EXPECT_EQ(read_sql_literal("-12"), Value(std::int64_t{-12}));
  EXPECT_EQ(read_sql_literal("1.5e3"), Value(1500.0));
  EXPECT_EQ(read_sql_literal("NULL"), Value(Null{}));
  EXPECT_EQ(read_sql_literal("X'0aFF'"), Value(Blob{"\x0a\xff"}));
  for (const char* wrong : {"", "abc", "'a'b'", "X'0'", "1x", "--", "+-1"})
    EXPECT_FALSE(read_sql_literal(wrong).has_value()) << wrong;
  for (const Value& value :
       {Value(Null{}), Value(std::numeric_limits<std::int64_t>::min()), Value(0.5), Value(-1e300),
        Value(std::string("it's\n")), Value(Blob{std::string("\0\xff", 2)}), Value(Blob{})})
    EXPECT_EQ(read_sql_literal(sql_literal(value)), value) << sql_literal(value);
}

TEST(SqlLiterals, AreSplitOutsideOfQuotes) {
  EXPECT_EQ(split_literals("'a,''b',2,", ','), (std::vector<std::string_view>{"'a,''b'", "2", ""}));
}

}  // namespace
}  // namespace sqlenv
