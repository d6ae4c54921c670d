#include "core/task/csv_importer.h"

#include <gtest/gtest.h>

#include "core/base/text.h"
#include "core/task/column_type.h"
#include "core/task/csv_reader.h"
#include "core/task/csv_sample.h"
#include "core/task/text_encoding.h"

namespace sqlenv {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows read(std::string_view text, CsvDialect dialect = {}) {
  CsvReader reader(text, dialect);
  Rows rows;
  for (std::vector<std::string> row; reader.next(row);) rows.push_back(row);
  return rows;
}

TEST(CsvReader, QuotesLinesAndDelimiters) {
  EXPECT_EQ(read("a,b\n1,2\n"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read("a,b\r\n1,2"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read("a\rb"), (Rows{{"a"}, {"b"}}));
  EXPECT_EQ(read("\"x,\"\"y\"\"\r\nz\",2\n"), (Rows{{"x,\"y\"\r\nz", "2"}}));
  EXPECT_EQ(read("\n\na,\n\n,b\n\n"), (Rows{{"a", ""}, {"", "b"}}));
  EXPECT_EQ(read("5\" pipe,\"a\"b"), (Rows{{"5\" pipe", "ab"}}));
  EXPECT_EQ(read("a;b,c", {';'}), (Rows{{"a", "b,c"}}));
  EXPECT_EQ(read("\"\"\n"), (Rows{{""}}));
  EXPECT_EQ(read("a, \"b, c\" , d"), (Rows{{"a", "b, c", " d"}}));
  EXPECT_EQ(read("a, \"b\" c, \"d"), (Rows{{"a", " \"b\" c", " \"d"}}));
  EXPECT_EQ(read("a\n\xEF\xBB\xBF"
                 "b,\xEF\xBB\xBF"),
            (Rows{{"a"}, {"b", "\xEF\xBB\xBF"}}));
  EXPECT_EQ(read(""), Rows{});
}

TEST(CsvReader, Dialects) {
  EXPECT_EQ(read("'it''s, so',\"b", {',', '\''}), (Rows{{"it's, so", "\"b"}}));
  EXPECT_EQ(read(R"("a\"b\\","c\d","e""f")", {',', '"', true}), (Rows{{"a\"b\\", "c\\d", "e\"f"}}));
  EXPECT_EQ(read("\"a,b\"", {',', '\0'}), (Rows{{"\"a", "b\""}}));
  EXPECT_EQ(read("a, b\n", {'\0'}), (Rows{{"a, b"}}));
  EXPECT_EQ(read("a,  b , \"c\"", {',', '"', false, true}), (Rows{{"a", "b ", "c"}}));
}

TEST(CsvReader, CountsWhatItDrops) {
  CsvReader reader(
      "\"a\"b,c\n1, 2\n\xEF\xBB\xBF"
      "\"x\" y,z\n",
      {',', '"', false, true});
  std::vector<std::string> row;
  while (reader.next(row)) continue;
  EXPECT_EQ(reader.text_after_quote().count, 2);
  EXPECT_EQ(reader.text_after_quote().line, 1);
  EXPECT_EQ(reader.text_after_quote().cell, "ab");
  EXPECT_EQ(reader.skipped_blanks().count, 1);
  EXPECT_EQ(reader.skipped_blanks().line, 2);
  EXPECT_EQ(reader.marks().line, 3);
  EXPECT_EQ(reader.quoted_cells(), 2);
}

TEST(CsvReader, KnowsWhereItIs) {
  CsvReader reader("a\n\n\"b\nc\"\r\nd\n\"never", {});
  std::vector<std::string> row;
  std::vector<std::int64_t> lines;
  while (reader.next(row)) lines.push_back(reader.line());
  EXPECT_EQ(lines, (std::vector<std::int64_t>{1, 3, 5, 6}));
  EXPECT_EQ(reader.open_quote(), 6);
}

TEST(CsvReader, GuessesTheDelimiter) {
  EXPECT_EQ(guess_delimiter("a,b\n1,2\n"), ',');
  EXPECT_EQ(guess_delimiter("a;b\n1,5;2\n"), ';');
  EXPECT_EQ(guess_delimiter("a\tb\n1\t2, 3\n"), '\t');
  EXPECT_EQ(guess_delimiter("a|b|c\n1|2|3\n"), '|');
  EXPECT_EQ(guess_delimiter("one\ntwo\n"), ',');
  EXPECT_EQ(guess_delimiter(""), ',');
  EXPECT_EQ(guess_delimiter("a^b\n1^2\n"), '^');
  EXPECT_EQ(guess_delimiter("a\x01"
                            "b\n1\x01"
                            "2\n"),
            '\x01');
  EXPECT_EQ(guess_delimiter("\"a\" \"b\"\n1 2\n"), ' ');
  EXPECT_EQ(guess_delimiter("New York\nDen Haag\n"), ',');
  EXPECT_EQ(guess_delimiter("name,text\nx,\"a;b;c\"\ny,\"d;e;f\"\n"), ',');
}

TEST(CellKind, WhatACellMayBe) {
  const std::vector<std::pair<CellKind, std::vector<const char*>>> kinds = {
      {CellKind::kEmpty, {"", " ", "\t"}},
      {CellKind::kInteger, {"0", "7", "-12", " 42 ", "123456789012345", "12000000000000000"}},
      {CellKind::kLongInteger, {"9223372036854775807", "-9223372036854775808"}},
      {CellKind::kReal,
       {"0.5", "-3.25", ".5", "5.", "1.50", "0.000000000000001", "0.12345678901234567", "-0.0"}},
      {CellKind::kExponent, {"2.5E-7", "1e-5", "1E+05", "1.e3"}},
      {CellKind::kBareExponent, {"1e5", "314e59"}},
      {CellKind::kDecimalComma, {"1,5", "0,250", "-12,50", "1500,250"}},
      {CellKind::kCommaGroups, {"1,000", "12,345"}},
      {CellKind::kMissing, {"NA", "n/a", "NULL", "NaN", "-", ".", "?", "None", "#N/A", "#DIV/0!"}},
      {CellKind::kNull, {"\\N"}},
      {CellKind::kText,
       {"007",
        "-0",
        "+49",
        "12%",
        "$5",
        "1e",
        "1e9999",
        "1e300",
        "0x1F",
        "inf",
        "1.2.3",
        "12:30",
        "00.5",
        "true",
        "1 000",
        "--1",
        "1,2,3",
        "1,5e3",
        "2024-01-31",
        ",5",
        "5,",
        "00e1",
        "\\n",
        "9223372036854775808",
        "1234567890123456.5"}}};
  for (const auto& [kind, cells] : kinds)
    for (const char* cell : cells) EXPECT_EQ(cell_kind(cell), kind) << cell;
}

ColumnType type_of(const std::vector<std::string>& cells, bool commas = false) {
  ColumnType type;
  type.allow_decimal_comma(commas);
  std::int64_t line = 1;
  for (const std::string& cell : cells) type.see(cell, ++line);
  return type;
}

TEST(ColumnType, TheNarrowestThatFits) {
  EXPECT_EQ(type_of({"1", "", "3"}).name(), "INTEGER");
  EXPECT_EQ(type_of({"1", "2.5"}).name(), "REAL");
  EXPECT_EQ(type_of({"", ""}).name(), "TEXT");
  EXPECT_EQ(type_of({}).name(), "TEXT");
  EXPECT_EQ(type_of({"12", "012"}).name(), "TEXT");
  EXPECT_EQ(type_of({"12", "012"}).why(), "line 3 holds \"012\"");
  EXPECT_EQ(type_of({"a", "b"}).why(), "");
  EXPECT_EQ(type_of({"9007199254740993", "0.5"}).name(), "TEXT");
  EXPECT_EQ(type_of({"9007199254740993", "2"}).name(), "INTEGER");
}

TEST(ColumnType, OtherCellsDecide) {
  EXPECT_EQ(type_of({"314e59", "271e05", "100200"}).why(), "line 2 holds \"314e59\"");
  EXPECT_EQ(type_of({"1e5", "2.5"}).name(), "REAL");
  EXPECT_EQ(type_of({"1e5", "2e-5"}).name(), "REAL");
  EXPECT_EQ(type_of({"1e5", "2e-5"}).exponents().count, 2);
  EXPECT_EQ(type_of({"1", "NA", "3", "n/a"}).name(), "INTEGER");
  EXPECT_EQ(type_of({"1", "NA", "3", "n/a"}).missing().count, 2);
  EXPECT_EQ(type_of({"NA", "-"}).name(), "TEXT");
  EXPECT_EQ(type_of({"1", "NA", "x"}).why(), "line 4 holds \"x\"");
  EXPECT_EQ(type_of({"1", "\\N"}).name(), "INTEGER");
  EXPECT_EQ(type_of({"x", "\\N"}).nulls().line, 3);
  EXPECT_EQ(type_of({"1,5", "2"}, true).name(), "REAL");
  EXPECT_EQ(type_of({"1,5", "2"}).why(), "line 2 holds \"1,5\"");
  EXPECT_EQ(type_of({"1,500", "2"}, true).name(), "TEXT");
  EXPECT_EQ(type_of({"1,500", "2,5"}, true).name(), "REAL");
  EXPECT_EQ(type_of({"1,5", "2.5"}, true).name(), "TEXT");
  EXPECT_EQ(type_of({"0.1234567890123456789", "1.5"}).long_reals().count, 1);
  ColumnType doubted = type_of({"1.500", "2"});
  EXPECT_EQ(doubted.name(), "REAL");
  doubted.doubt_points();
  EXPECT_EQ(doubted.why(), "line 2 holds \"1.500\"");
  ColumnType clear = type_of({"1.500", "2.5"});
  clear.doubt_points();
  EXPECT_EQ(clear.name(), "REAL");
}

std::string decoded(const std::string& bytes) {
  const Result<DecodedText> text = decode_text(bytes);
  return text ? text->encoding + ":" + text->text + join(text->notes, ";") : text.error().message;
}

TEST(TextEncoding, FindsOut) {
  EXPECT_EQ(decoded("caf\xC3\xA9"), "UTF-8:café");
  EXPECT_EQ(decoded("\xEF\xBB\xBF"
                    "a"),
            "UTF-8:a");
  EXPECT_EQ(decoded("caf\xE9"), "Latin-1:café");
  EXPECT_EQ(decoded("\x93"
                    "5 \x80\x94"),
            "Windows-1252:“5 €”");
  EXPECT_EQ(decoded(std::string("\xFF\xFE\x61\x00\x3D\xD8\x00\xDE", 8)), "UTF-16:a😀");
  EXPECT_EQ(decoded(std::string("\xFE\xFF\x00\x61\xD8\x3D", 6)),
            "UTF-16:a\xEF\xBF\xBDreplaced by U+FFFD: 1 half character (line 1, column 2)");
  EXPECT_EQ(decoded(std::string("a\0,\0\n\0\x61", 7)),
            "UTF-16:a,\n\xEF\xBF\xBDreplaced by U+FFFD: 1 half character (line 2, column 1)");
  EXPECT_EQ(decoded(std::string("\0a\0,\0\n", 6)), "UTF-16:a,\n");
  EXPECT_EQ(decoded(std::string("\xFF\xFE\0\0a\0\0\0", 8)), "it is UTF-32; save it as UTF-8.");
  EXPECT_EQ(decoded(std::string("\0\0\0a\0\0\0b", 8)), "it is UTF-32; save it as UTF-8.");
  EXPECT_EQ(decoded("Zoë Ö\r\nKöln\xE9 \xE9"),
            "UTF-8:Zoë Ö\r\nKöln\xEF\xBF\xBD \xEF\xBF\xBD"
            "replaced by U+FFFD, since the rest is UTF-8: 2 bytes (the first: line 2, column 5)");
  EXPECT_EQ(decoded(std::string("id,name,town,country\nAn\0n", 25)),
            "UTF-8:id,name,town,country\nAnnleft out: 1 zero byte (line 2, column 3)");
  EXPECT_EQ(decoded("a\x1A"), "UTF-8:aleft out: the end mark of DOS (0x1A)");
  EXPECT_EQ(decoded(std::string("a\0b", 3)), "it holds zero bytes, so it is no text file.");
}

Result<Import> import_one(const std::string& text, const CsvOptions& options = {},
                          const std::string& file = "sales.csv") {
  return import_csv({{file, text}}, {}, options);
}

ResultTable query(const Import& import, const std::string& sql) {
  Result<Database> database = Database::open(import.databases.front().image);
  Result<ResultTable> table = database->query(sql);
  EXPECT_TRUE(table.has_value()) << table.error().to_string();
  return table ? *table : ResultTable();
}

TEST(CsvImport, StatesWhatItRead) {
  const Result<Import> import = import_one(
      "\xEF\xBB\xBFid,zip,price,day,note\r\n1,01234,9.50,2024-01-31,\"a, "
      "b\"\r\n2,99999,,,\"\"\r\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->name, "sales");
  ASSERT_EQ(import->tables.size(), 1u);
  const ImportedTable& table = import->tables[0];
  EXPECT_EQ(table.table, "sales");
  EXPECT_EQ(table.encoding, "UTF-8");
  EXPECT_EQ(table.delimiter, "comma");
  EXPECT_TRUE(table.header);
  EXPECT_EQ(table.rows, 2);
  std::vector<std::string> types;
  for (const auto& column : table.columns) types.push_back(column.name + " " + column.type);
  EXPECT_EQ(types, (std::vector<std::string>{"id INTEGER", "zip TEXT", "price REAL", "day TEXT",
                                             "note TEXT"}));
  EXPECT_EQ(table.columns[1].why, "line 2 holds \"01234\"");
  const ResultTable rows = query(*import, "SELECT * FROM sales");
  EXPECT_EQ(rows.rows[0],
            (std::vector<Value>{std::int64_t{1}, "01234", 9.5, "2024-01-31", "a, b"}));
  EXPECT_EQ(rows.rows[1], (std::vector<Value>{std::int64_t{2}, "99999", Null{}, Null{}, Null{}}));
}

TEST(CsvImport, FindsTheHeader) {
  const auto has_header = [](const std::string& text) {
    return import_one(text)->tables[0].header;
  };
  EXPECT_TRUE(has_header("name,city\nAnn,Rome\n"));
  EXPECT_TRUE(has_header("name\n"));
  EXPECT_FALSE(has_header("Ann,3\nBob,4\n"));
  EXPECT_FALSE(has_header("Ann,2024-01-01\nBob,2024-01-02\n"));
  EXPECT_FALSE(has_header("Ann,,x\nBob,b,y\n"));
  EXPECT_FALSE(has_header("Ann,Ann\nBob,Cid\n"));
  EXPECT_TRUE(has_header(",name,age\n0,Ann,30\n"));
  CsvOptions forced;
  forced.header = true;
  EXPECT_EQ(import_one("1990,1991\n5,6\n", forced)->tables[0].columns[0].name, "1990");
  const Result<Import> none = import_one("Ann,3\nBob,4\n");
  EXPECT_EQ(none->tables[0].rows, 2);
  EXPECT_EQ(none->tables[0].columns[1].name, "column_2");
  EXPECT_EQ(query(*none, "SELECT sum(column_2) FROM sales").rows[0][0], Value(std::int64_t{7}));
}

TEST(CsvImport, RaggedRowsAreReported) {
  const Result<Import> import = import_one("a,b,c\n1,2\n1,2,3,\n1,2,3,4\n5,6,7\n8\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->tables[0].rows, 4);
  const std::vector<ImportRemark> notes = {
      {"sales.csv",
       "2 rows, the first at line 2, shorter than the table: what is missing is NULL"}};
  EXPECT_EQ(import->notes, notes);
  const std::vector<ImportRemark> skipped = {
      {"sales.csv, 1 row, at line 4", "more cells than the table has columns; the last is \"4\""}};
  EXPECT_EQ(import->skipped, skipped);
  EXPECT_EQ(query(*import, "SELECT count(*), count(c) FROM sales").rows[0],
            (std::vector<Value>{std::int64_t{4}, std::int64_t{2}}));
}

TEST(CsvImport, NamesAreMadeUsable) {
  const Result<Import> import =
      import_one("Name, name ,\"a\nb\",,select\nx,y,z,w,1\n", {}, "sqlite_../we\x01ird.csv");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  std::vector<std::string> names;
  for (const auto& column : import->tables[0].columns) names.push_back(column.name);
  EXPECT_EQ(names, (std::vector<std::string>{"Name", "name_2", "a b", "column_4", "select"}));
  EXPECT_EQ(import->tables[0].table, "we_ird");
  EXPECT_EQ(import_one("a,b\n1,2\n", {}, "sqlite_master.csv")->tables[0].table, "t_sqlite_master");
}

TEST(CsvImport, SeveralFilesAreTablesOfOneDatabase) {
  ImportOptions options;
  options.name = "shop";
  const Result<Import> import = import_csv(
      {{"a.csv", "x\n1\n"}, {"bad.csv", std::string("a\0", 2)}, {"A.tsv", "x\ty\n1\t2\n"}},
      options);
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->databases.size(), 1u);
  EXPECT_EQ(import->databases[0].name, "shop");
  EXPECT_EQ(import->databases[0].image.schema().table_names(),
            (std::vector<std::string>{"a", "A_2"}));
  const std::vector<ImportRemark> skipped = {
      {"bad.csv", "it holds zero bytes, so it is no text file."}};
  EXPECT_EQ(import->skipped, skipped);
}

std::string refusal(const std::string& text) {
  const Result<Import> import = import_one(text);
  return import ? "taken" : import.error().message;
}

TEST(CsvImport, RefusesWhatIsNoTable) {
  EXPECT_EQ(refusal(""), "sales.csv: the file is empty.");
  EXPECT_EQ(refusal("\n\n"), "sales.csv: the file is empty.");
  EXPECT_EQ(
      refusal("\"a\",\"b\"\n1,\"2\n"),
      "sales.csv: the quote that opens on line 2 is never closed; close it there, or write it "
      "twice if it is text.");
  EXPECT_EQ(refusal("a\nb,c\nd,e,f\ng,h,i,j\n").substr(0, 37),
            "sales.csv: most of its rows have more");
  EXPECT_EQ(refusal(std::string(2000, ',').append("\n")),
            "sales.csv: it has 2001 columns; at most 2000 can be taken.");
  EXPECT_EQ(import_csv({}, {}).error().code, ErrorCode::kNotFound);
}

TEST(CsvImport, SpreadsheetsMayStateTheDelimiter) {
  const Result<Import> import = import_one("sep=;\r\na;b\r\n1,5;2\r\n");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->tables[0].delimiter, "semicolon");
  EXPECT_EQ(import->tables[0].columns.size(), 2u);
}

TEST(CsvImport, EqualFilesGiveEqualBytes) {
  const std::string text = "id,name\n1,Zoë\n2,\n";
  EXPECT_EQ(import_one(text)->databases[0].image.bytes(),
            import_one(text)->databases[0].image.bytes());
}

TEST(CsvImport, StopsWhenAsked) {
  ImportOptions options;
  options.stopped = [] { return true; };
  EXPECT_EQ(import_csv({{"a.csv", "x\n1\n"}}, options).error().code, ErrorCode::kTimeout);
}

}  // namespace
}  // namespace sqlenv
