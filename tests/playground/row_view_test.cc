#include "app/playground/row_view.h"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>

#include "core/base/random.h"

namespace sqlenv::ui {
namespace {

ResultTable column_of(std::vector<Value> values) {
  ResultTable table;
  table.columns = {"c"};
  for (Value& value : values) table.rows.push_back({std::move(value)});
  return table;
}

std::vector<std::uint32_t> sorted(const ResultTable& table, SortOrder order) {
  RowView view;
  view.set_table(table);
  view.sort(table, 0, order);
  return view.rows();
}

using Rows = std::vector<std::uint32_t>;

TEST(RowView, NumbersBeforeTextAndNullLastBothWays) {
  const ResultTable table = column_of({std::string("b"), std::int64_t{10}, Null{}, 9.5,
                                       std::string("B"), Blob{"x"}, std::int64_t{-3}});
  EXPECT_EQ(sorted(table, SortOrder::kAscending), (Rows{6, 3, 1, 4, 0, 5, 2}));
  EXPECT_EQ(sorted(table, SortOrder::kDescending), (Rows{5, 0, 4, 1, 3, 6, 2}));
  EXPECT_EQ(sorted(table, SortOrder::kNone), (Rows{0, 1, 2, 3, 4, 5, 6}));
}

TEST(RowView, EqualValuesKeepTheirOrderBothWays) {
  const ResultTable table = column_of({std::int64_t{2}, std::int64_t{1}, 2.0, 1.0, Null{}, Null{}});
  EXPECT_EQ(sorted(table, SortOrder::kAscending), (Rows{1, 3, 0, 2, 4, 5}));
  EXPECT_EQ(sorted(table, SortOrder::kDescending), (Rows{0, 2, 1, 3, 4, 5}));
}

// As doubles these integers are equal.
TEST(RowView, LargeIntegersKeepTheirOrder) {
  const std::int64_t big = std::int64_t{1} << 60;
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const ResultTable table = column_of({big + 2, most, big, big + 1, most - 1});
  EXPECT_EQ(sorted(table, SortOrder::kAscending), (Rows{2, 3, 0, 4, 1}));
}

TEST(RowView, TheFilterLooksIntoEveryCellWithoutCase) {
  ResultTable table;
  table.columns = {"a", "b"};
  table.rows = {{std::string("Rex"), std::int64_t{42}},
                {std::string("ella"), 4.25},
                {std::string("x42"), Null{}},
                {std::string("Él"), Blob{"\x42"}}};
  RowView view;
  view.set_table(table);
  const auto with = [&](const char* text) {
    view.filter(table, text);
    return view.rows();
  };
  EXPECT_EQ(with("42"), (Rows{0, 2, 3}));
  EXPECT_EQ(with("REX"), (Rows{0}));
  EXPECT_EQ(with("null"), (Rows{2}));
  EXPECT_EQ(with("4.2"), (Rows{1}));
  EXPECT_EQ(with("É"), (Rows{3}));
  EXPECT_EQ(with("x4"), (Rows{2})) << "not from one cell into the next";
  EXPECT_EQ(with(""), (Rows{0, 1, 2, 3}));
}

TEST(RowView, AFilterTypedLetterByLetterIsTheFilterItself) {
  Random random(4);
  ResultTable table;
  table.columns = {"c"};
  for (int i = 0; i < 300; ++i)
    table.rows.push_back({static_cast<std::int64_t>(random.below(5000))});
  RowView typed;
  typed.set_table(table);
  typed.sort(table, 0, SortOrder::kDescending);
  for (const char* text : {"1", "12", "2", "23", "3", "31", "1"}) {
    typed.filter(table, text);
    RowView fresh;
    fresh.set_table(table);
    fresh.filter(table, text);
    fresh.sort(table, 0, SortOrder::kDescending);
    EXPECT_EQ(typed.rows(), fresh.rows()) << text;
    EXPECT_FALSE(typed.rows().empty());
  }
}

TEST(RowView, AnEmptyTableHasNoRows) {
  const ResultTable table = column_of({});
  RowView view;
  view.set_table(table);
  view.filter(table, "x");
  view.sort(table, 0, SortOrder::kAscending);
  EXPECT_TRUE(view.rows().empty());
}

// The times are recorded, not bounded: they depend on the machine.
TEST(RowView, AHundredThousandRows) {
  Random random(9);
  ResultTable table;
  table.columns = {"n", "t"};
  for (std::uint32_t i = 0; i < 100'000; ++i)
    table.rows.push_back({static_cast<std::int64_t>(random.below(1'000'000)),
                          "text " + std::to_string(random.below(1'000'000))});
  RowView view;
  view.set_table(table);
  const auto ms = [](auto work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                std::chrono::steady_clock::now() - begin)
                                .count());
  };
  RecordProperty("sort_numbers_ms", ms([&] { view.sort(table, 0, SortOrder::kAscending); }));
  for (std::size_t i = 1; i < view.rows().size(); ++i)
    ASSERT_LE(std::get<std::int64_t>(table.rows[view.rows()[i - 1]][0]),
              std::get<std::int64_t>(table.rows[view.rows()[i]][0]));
  RecordProperty("sort_text_ms", ms([&] { view.sort(table, 1, SortOrder::kDescending); }));
  RecordProperty("first_filter_ms", ms([&] { view.filter(table, "1"); }));
  RecordProperty("next_filter_ms", ms([&] { view.filter(table, "12"); }));
  EXPECT_GT(view.rows().size(), 1000u);
}

TEST(Export, CsvQuotesWhatNeedsIt) {
  ResultTable table;
  table.columns = {"a,b", "c"};
  table.rows = {{std::string("say \"hi\""), Null{}}, {std::string(""), 2.0}};
  EXPECT_EQ(csv_text(table), "\"a,b\",c\r\n\"say \"\"hi\"\"\",\r\n\"\",2.0\r\n");
}

TEST(Export, JsonKeepsKindsAndEqualNames) {
  ResultTable table;
  table.columns = {"a", "a"};
  table.rows = {{std::int64_t{1}, std::string("1")}, {Null{}, 0.5}};
  EXPECT_EQ(json_text(table),
            "{\"columns\": [\"a\", \"a\"], \"rows\": [\n  [1, \"1\"],\n  [null, 0.5]]}\n");
}

}  // namespace
}  // namespace sqlenv::ui
