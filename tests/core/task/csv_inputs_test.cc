// CSV files as programs write them, each with the table and the remarks that must come of it.
#include <gtest/gtest.h>

#include "core/base/text.h"
#include "core/task/csv_importer.h"

namespace sqlenv {
namespace {

struct Input {
  const char* name;
  std::string text;
  const char* table;         // "id INTEGER, name TEXT / 1|Ann / 2|NULL", or the error
  const char* remarks = "";  // what was left out, then what was changed; without the file's name
};

std::string row_text(const std::vector<Value>& row) {
  std::vector<std::string> cells;
  for (const Value& value : row) cells.push_back(display_text(value));
  return join(cells, "|");
}

// The delimiter is shown if it is no comma, and whether there is no header.
std::string table_text(const Import& import) {
  const ImportedTable& table = import.tables.at(0);
  std::vector<std::string> columns;
  for (const auto& column : table.columns) columns.push_back(column.name + " " + column.type);
  std::string text = table.delimiter == "comma" ? "" : table.delimiter + ": ";
  text += (table.header ? "" : "no header: ") + join(columns, ", ");
  Result<Database> database = Database::open(import.databases.at(0).image);
  const Result<ResultTable> rows = database->query("SELECT * FROM f");
  for (const auto& row : rows->rows) text += " / " + row_text(row);
  EXPECT_EQ(std::ssize(rows->rows), table.rows);
  return text;
}

std::string remarks_text(const Import& import) {
  std::vector<std::string> remarks;
  for (const ImportRemark& skipped : import.skipped)
    remarks.push_back("skipped" + skipped.what.substr(5) + ": " + skipped.why);
  for (const ImportRemark& note : import.notes) remarks.push_back(note.why);
  return join(remarks, " / ");
}

void expect_table(const Input& input) {
  SCOPED_TRACE(input.name);
  const Result<Import> import = import_csv({{"f.csv", input.text}}, {});
  if (!import) {
    EXPECT_EQ(import.error().message, std::string("f.csv: ") + input.table);
    return;
  }
  EXPECT_EQ(table_text(*import), input.table);
  EXPECT_EQ(remarks_text(*import), input.remarks);
}

TEST(CsvInputs, Headers) {
  const Input inputs[] = {
      {"years",
       "country,2019,2020,2021\nFrance,2728.9,2639.0,2957.9\nSpain,1394.5,1278.1,1445.7\nItaly,"
       "2011.3,1897.5,2155.4\n",
       "country TEXT, 2019 REAL, 2020 REAL, 2021 REAL / France|2728.9|2639.0|2957.9 / "
       "Spain|1394.5|1278.1|1445.7 / Italy|2011.3|1897.5|2155.4"},
      {"years_int", "country,2019,2020\nFrance,67,68\nSpain,47,48\n",
       "country TEXT, 2019 INTEGER, 2020 INTEGER / France|67|68 / Spain|47|48"},
      {"years_down", "city,2021,2020\nRome,5,6\nOslo,7,8\n",
       "city TEXT, 2021 INTEGER, 2020 INTEGER / Rome|5|6 / Oslo|7|8"},
      {"years_and_code", "country,code,2019,2020\nFrance,33,67,68\nSpain,34,47,48\n",
       "country TEXT, code INTEGER, 2019 INTEGER, 2020 INTEGER / France|33|67|68 / Spain|34|47|48"},
      {"year_single_real", "country,2020\nFrance,67.4\nSpain,47.4\n",
       "country TEXT, 2020 REAL / France|67.4 / Spain|47.4"},
      {"year_data", "Ann,1990,1991\nBob,1985,1987\nCid,1970,1999\n",
       "no header: column_1 TEXT, column_2 INTEGER, column_3 INTEGER / Ann|1990|1991 / "
       "Bob|1985|1987 / Cid|1970|1999"},
      {"only_years", "2019,2020,2021\n10,20,30\n11,21,31\n",
       "2019 INTEGER, 2020 INTEGER, 2021 INTEGER / 10|20|30 / 11|21|31"},
      {"date_header", "region,1/22/20,1/23/20\nX,0,1\nY,5,6\n",
       "region TEXT, 1/22/20 INTEGER, 1/23/20 INTEGER / X|0|1 / Y|5|6"},
      {"date_data", "Ann,2024-01-01\nBob,2024-01-02\n",
       "no header: column_1 TEXT, column_2 TEXT / Ann|2024-01-01 / Bob|2024-01-02"},
      {"bool_data", "Ann,true\nBob,false\nCid,true\n",
       "no header: column_1 TEXT, column_2 TEXT / Ann|true / Bob|false / Cid|true"},
      {"bool_header", "name,member\nAnn,true\nBob,false\n",
       "name TEXT, member TEXT / Ann|true / Bob|false"},
      {"flag_data", "Ann,yes\nBob,no\n",
       "no header: column_1 TEXT, column_2 TEXT / Ann|yes / Bob|no"},
      {"yesno_header", "question,Yes,No\nA,5,6\nB,7,8\n",
       "question TEXT, Yes INTEGER, No INTEGER / A|5|6 / B|7|8"},
      {"headerless_num", "1,2\n3,4\n5,6\n",
       "no header: column_1 INTEGER, column_2 INTEGER / 1|2 / 3|4 / 5|6"},
      {"first_na", "Ann,NA\nBob,3\nCid,4\n",
       "no header: column_1 TEXT, column_2 INTEGER / Ann|NULL / Bob|3 / Cid|4",
       "1 cell, at line 1 (\"NA\" in column \"column_2\"), read as NULL, since all others of the "
       "column are numbers"},
      {"r_rownames_short", "\"mpg\",\"cyl\"\n\"Mazda RX4\",21,6\n\"Datsun 710\",22.8,4\n",
       "row_name TEXT, mpg REAL, cyl INTEGER / Mazda RX4|21.0|6 / Datsun 710|22.8|4",
       "its header has one cell fewer than its rows and names the columns behind the first; that "
       "one is called row_name"},
      {"r_rownames_empty",
       "\"\",\"name\",\"city\"\n\"1\",\"Ann\",\"Rome\"\n\"2\",\"Bob\",\"Oslo\"\n",
       "row_name INTEGER, name TEXT, city TEXT / 1|Ann|Rome / 2|Bob|Oslo",
       "its first column has no name; it is called row_name"},
      {"r_space", "\"name\" \"n\"\n\"1\" \"Ann\" 5\n\"2\" \"Bob\" 6\n",
       "blank: row_name INTEGER, name TEXT, n INTEGER / 1|Ann|5 / 2|Bob|6",
       "its header has one cell fewer than its rows and names the columns behind the first; that "
       "one is called row_name"},
      {"pandas_index", ",0,1,2\n0,a,b,c\n1,d,e,f\n",
       "row_name INTEGER, 0 TEXT, 1 TEXT, 2 TEXT / 0|a|b|c / 1|d|e|f",
       "its first column has no name; it is called row_name"},
      {"header_few", "a,b\n1,x,5,8\n2,y,6,9\n",
       "a INTEGER, b TEXT, column_3 INTEGER, column_4 INTEGER / 1|x|5|8 / 2|y|6|9",
       "its header names 2 of 4 columns"},
      {"header_more", "a,b,c,d\n1,x\n2,y\n",
       "a INTEGER, b TEXT, c TEXT, d TEXT / 1|x|NULL|NULL / 2|y|NULL|NULL",
       "2 rows, the first at line 2, shorter than the table: what is missing is NULL"},
      {"trailing_delimiters", "a,b,\n1,x,\n2,y,\n", "a INTEGER, b TEXT / 1|x / 2|y",
       "1 last column without name and value, left out"},
      {"dup_names", "a,a,\n1,2,3\n4,5,6\n",
       "a INTEGER, a_2 INTEGER, column_3 INTEGER / 1|2|3 / 4|5|6",
       "2 columns with an empty, long or repeated name, renamed, such as \"a_2\""},
      {"repeat_header", "id,name\n1,Ann\nid,name\n2,Bob\n", "id INTEGER, name TEXT / 1|Ann / 2|Bob",
       "skipped, 1 row, at line 3: it repeats the header"},
      {"repeat_text", "yes,no\nno,no\nyes,no\n",
       "no header: column_1 TEXT, column_2 TEXT / yes|no / no|no / yes|no"},
  };
  for (const Input& input : inputs) expect_table(input);
}

TEST(CsvInputs, AroundTheTable) {
  const Input inputs[] = {
      {"comments", "# exported 2024-01-31\n# source: x\nid,name,n\n1,a,5\n2,b,6\n",
       "id INTEGER, name TEXT, n INTEGER / 1|a|5 / 2|b|6",
       "skipped, 2 lines, the first at line 1: comments above the table: \"# exported "
       "2024-01-31\""},
      {"hash_doc", "# made by x\n\n# on Monday\nid,name\n1,Ann\n", "id INTEGER, name TEXT / 1|Ann",
       "skipped, 2 lines, the first at line 1: comments above the table: \"# made by x\""},
      {"hash_header", "#id,name,n\n1,a,5\n2,b,6\n",
       "#id INTEGER, name TEXT, n INTEGER / 1|a|5 / 2|b|6"},
      {"hash_vcf", "##fileformat=VCF\n##source=x\n#CHROM\tPOS\tREF\n1\t100\tA\n2\t200\tG\n",
       "tab: #CHROM INTEGER, POS INTEGER, REF TEXT / 1|100|A / 2|200|G",
       "skipped, 2 lines, the first at line 1: comments above the table: \"##fileformat=VCF\""},
      {"hash_space_header", "# id, name\n1,Ann\n2,Bob\n",
       "# id INTEGER, name TEXT / 1|Ann / 2|Bob"},
      {"hash_comment_cells", "#made by me, 2024\nid,name\n1,Ann\n2,Bob\n",
       "id INTEGER, name TEXT / 1|Ann / 2|Bob",
       "skipped, 1 line, at line 1: comments above the table: \"#made by me, 2024\""},
      {"hash_col", "#,name,score\n1,Ann,5\n2,Bob,6\n",
       "# INTEGER, name TEXT, score INTEGER / 1|Ann|5 / 2|Bob|6"},
      {"hash_colors", "#ff0000,red\n#00ff00,green\nblack,x\n",
       "#ff0000 TEXT, red TEXT / #00ff00|green / black|x"},
      {"quoted_hash", "\"#a\",\"b\"\n\"#c\",\"d\"\n", "#a TEXT, b TEXT / #c|d"},
      {"title", "Report of sales\n\nid,name,n\n1,a,5\n2,b,6\n",
       "id INTEGER, name TEXT, n INTEGER / 1|a|5 / 2|b|6",
       "skipped, 1 line, at line 1: titles above the table: \"Report of sales\""},
      {"header_apart", "a,b\n\n1,2,3,4\n5,6,7,8\n",
       "a INTEGER, b INTEGER, column_3 INTEGER, column_4 INTEGER / 1|2|3|4 / 5|6|7|8",
       "its header names 2 of 4 columns"},
      {"hash_and_mark", "#a\n\xef\xbb\xbf", "no delimiter: #a TEXT",
       "1 byte-order mark, at line 2, left out: files were joined there / it has a header and no "
       "rows"},
      {"title_padded", "Report of sales,,\n,,\nid,name,n\n1,a,5\n2,b,6\n",
       "id INTEGER, name TEXT, n INTEGER / 1|a|5 / 2|b|6",
       "skipped, 2 lines, the first at line 1: titles above the table: \"Report of sales\""},
      {"title_adj", "Sales of the year\nid,name,n\n1,a,5\n2,b,6\n",
       "id INTEGER, name TEXT, n INTEGER / 1|a|5 / 2|b|6",
       "skipped, 1 line, at line 1: titles above the table: \"Sales of the year\""},
      {"title_text", "My friends\nname,city,pet\nAnn,Rome,cat\nBob,Oslo,dog\n",
       "name TEXT, city TEXT, pet TEXT / Ann|Rome|cat / Bob|Oslo|dog",
       "skipped, 1 line, at line 1: titles above the table: \"My friends\""},
      {"world_bank",
       "\"Data Source\",\"WDI\",\n\n\"Last Updated "
       "Date\",\"2024-01-01\",\n\n\"Country\",\"Code\",\"1960\",\"1961\",\n\"Aruba\",\"ABW\",\"1."
       "5\",\"\",\n\"Chad\",\"TCD\",\"2.5\",\"3\",\n",
       "Country TEXT, Code TEXT, 1960 REAL, 1961 INTEGER / Aruba|ABW|1.5|NULL / Chad|TCD|2.5|3",
       "skipped, 2 lines, the first at line 1: titles above the table: \"Data Source WDI\" / 1 "
       "last column without name and value, left out"},
      {"footer", "name,n,m\nAnn,5,6\nBob,6,7\n\nSource: us\n",
       "name TEXT, n INTEGER, m INTEGER / Ann|5|6 / Bob|6|7",
       "skipped, 1 line, at line 5: below the table: \"Source: us\""},
      {"total", "name,n\nAnn,5\nBob,6\nTotal,11\n",
       "name TEXT, n INTEGER / Ann|5 / Bob|6 / Total|11",
       "the last row, at line 4, begins with \"Total\" and is kept as a row"},
      {"trailing_empty", "a,b\n1,2\n,\n3,4\n,\n,\n", "a INTEGER, b INTEGER / 1|2 / NULL|NULL / 3|4",
       "skipped, 2 rows, the first at line 5: without a value, at the end"},
      {"repeat_behind_empty_row", "id,x\n,\nid,x\ny\n",
       "id TEXT, x TEXT / NULL|NULL / id|x / y|NULL",
       "1 row, at line 4, shorter than the table: what is missing is NULL"},
      {"sep", "sep=;\na;b\n1;2\n", "semicolon: a INTEGER, b INTEGER / 1|2",
       "its first line states the delimiter: sep=;"},
      {"bom_mid", "\xef\xbb\xbfid,name\n1,Ann\n\xef\xbb\xbfid,name\n2,Bob\n",
       "id INTEGER, name TEXT / 1|Ann / 2|Bob",
       "skipped, 1 row, at line 3: it repeats the header / 1 byte-order mark, at line 3, left out: "
       "files were joined there"},
  };
  for (const Input& input : inputs) expect_table(input);
}

TEST(CsvInputs, Quotes) {
  const Input inputs[] = {
      {"blanks_quotes", "a, \"b, c\", d\n1, \"x, y\", 2\n3, \"z\", 4\n",
       "a INTEGER, b, c TEXT, d INTEGER / 1|x, y|2 / 3|z|4",
       "3 cells, the first at line 1, without the blanks before them, since a blank follows every "
       "delimiter"},
      {"blank_after_quote", "a,b,c\n1,\"x\" ,2\n3,\"y, z\" ,4\n",
       "a INTEGER, b TEXT, c INTEGER / 1|x|2 / 3|y, z|4"},
      {"spaces_plain", "id, name, town\n1, Ann, Rome\n2, Bob, Oslo\n",
       "id INTEGER, name TEXT, town TEXT / 1|Ann|Rome / 2|Bob|Oslo",
       "6 cells, the first at line 1, without the blanks before them, since a blank follows every "
       "delimiter"},
      {"space_some", "id,name\n1, Ann\n2,Bob\n", "id INTEGER, name TEXT / 1| Ann / 2|Bob"},
      {"backslash",
       "id,said,n\n1,\"he said \\\"hi\\\", twice\",5\n2,\"plain\",6\n3,\"a \\\"b\\\" c\",7\n",
       "id INTEGER, said TEXT, n INTEGER / 1|he said \"hi\", twice|5 / 2|plain|6 / 3|a \"b\" c|7",
       "a backslash before a quote makes it text"},
      {"ends_backslash", "id,path\n1,\"C:\\dir\\\"\n2,\"D:\\x\\\"\n",
       "id INTEGER, path TEXT / 1|C:\\dir\\ / 2|D:\\x\\"},
      {"json_cells", "id,data\n1,\"{\"\"a\"\": \"\"x\\\"\"y\"\"}\"\n2,\"{\"\"b\"\": 1}\"\n",
       "id INTEGER, data TEXT / 1|{\"a\": \"x\\\"y\"} / 2|{\"b\": 1}"},
      {"single_quotes", "id,'name'\n1,'Ann, B'\n2,'Bob, C'\n",
       "id INTEGER, name TEXT / 1|Ann, B / 2|Bob, C",
       "its cells stand in single quotes, which were taken off"},
      {"sql_quotes", "id,txt\n1,'it''s, ok'\n2,'b'\n", "id INTEGER, txt TEXT / 1|it's, ok / 2|b",
       "its cells stand in single quotes, which were taken off"},
      {"hertogenbosch", "town,n\n's-Hertogenbosch,5\n's-Gravenhage,6\n",
       "town TEXT, n INTEGER / 's-Hertogenbosch|5 / 's-Gravenhage|6"},
      {"stray_quote", "a,b\n5\" pipe,1\n6\" pipe,2\n",
       "a TEXT, b INTEGER / 5\" pipe|1 / 6\" pipe|2"},
      {"text_after_quote", "a,b\n\"x\"y,1\nz,2\n", "a TEXT, b INTEGER / \"x\"y|1 / z|2",
       "its quotes do not enclose cells, so they are text"},
      {"marks_taken_off", "\"a\",\"b\"\n\"x\" y,\"z\"\n\"q\",\"w\"\n",
       "a TEXT, b TEXT / x y|z / q|w",
       "1 cell, at line 2 (\"x y\"), with text behind the closing quote: the quotes were taken "
       "off"},
      {"unclosed", "a,b\n1,\"2\n3,4\n", "a INTEGER, b TEXT / 1|\"2 / 3|4",
       "its quotes do not enclose cells, so they are text"},
      {"imdb", "tconst\ttitle\tyear\ntt1\t\"Big\" Movie\t1990\ntt2\tPlain\t\\N\ntt3\t\"Foo\t1995\n",
       "tab: tconst TEXT, title TEXT, year INTEGER / tt1|\"Big\" Movie|1990 / tt2|Plain|NULL / "
       "tt3|\"Foo|1995",
       "its quotes do not enclose cells, so they are text / 1 cell, at line 3 (\"\\N\" in column "
       "\"year\"), read as NULL"},
      {"pg_arrays", "id,tags\n1,\"{a,b}\"\n2,\"{c}\"\n", "id INTEGER, tags TEXT / 1|{a,b} / 2|{c}"},
  };
  for (const Input& input : inputs) expect_table(input);
}

TEST(CsvInputs, Numbers) {
  const Input inputs[] = {
      {"codes", "name,hex\nleaf,314e59\nsky,271e05\nsea,100200\n",
       "name TEXT, hex TEXT / leaf|314e59 / sky|271e05 / sea|100200"},
      {"codes_mixed", "name,hex\nleaf,314e59\nsky,a0b1c2\n",
       "name TEXT, hex TEXT / leaf|314e59 / sky|a0b1c2"},
      {"codes_points", "x\n1e5\n2.5\n", "no delimiter: x REAL / 100000.0 / 2.5",
       "1 cell, at line 2 (\"1e5\" in column \"x\"), read as numbers in exponent form"},
      {"exp_plain", "x,y\n1e5,2\n2e6,3\n", "x TEXT, y INTEGER / 1e5|2 / 2e6|3"},
      {"exp_signed", "x,y\n1e-5,2\n1e+5,3\n", "x REAL, y INTEGER / 1.0e-05|2 / 100000.0|3",
       "2 cells, the first at line 2 (\"1e-5\" in column \"x\"), read as numbers in exponent form"},
      {"na_numbers", "name,n\nA,5\nB,NA\nC,7\n", "name TEXT, n INTEGER / A|5 / B|NULL / C|7",
       "1 cell, at line 3 (\"NA\" in column \"n\"), read as NULL, since all others of the column "
       "are numbers"},
      {"na_text", "name,country\nA,NA\nB,DE\n", "name TEXT, country TEXT / A|NA / B|DE"},
      {"question", "mpg,hp\n18,130\n25,?\n", "mpg INTEGER, hp INTEGER / 18|130 / 25|NULL",
       "1 cell, at line 3 (\"?\" in column \"hp\"), read as NULL, since all others of the column "
       "are numbers"},
      {"bsn_numbers", "name,n\nA,5\nB,\\N\nC,7\n", "name TEXT, n INTEGER / A|5 / B|NULL / C|7",
       "1 cell, at line 3 (\"\\N\" in column \"n\"), read as NULL"},
      {"excel_err", "name,n\nA,#DIV/0!\nB,2.5\n", "name TEXT, n REAL / A|NULL / B|2.5",
       "1 cell, at line 2 (\"#DIV/0!\" in column \"n\"), read as NULL, since all others of the "
       "column are numbers"},
      {"decimal_comma", "name;price\nA;1,5\nB;2,25\n",
       "semicolon: name TEXT, price REAL / A|1.5 / B|2.25",
       "2 cells, the first at line 2 (\"1,5\" in column \"price\"), read as numbers with a decimal "
       "comma"},
      {"comma_ambiguous", "name;n\nA;1,234\nB;2,345\n",
       "semicolon: name TEXT, n TEXT / A|1,234 / B|2,345"},
      {"semi_points", "name;price;qty\nA;1,5;1.500\nB;2,25;2.000\n",
       "semicolon: name TEXT, price REAL, qty TEXT / A|1.5|1.500 / B|2.25|2.000",
       "2 cells, the first at line 2 (\"1,5\" in column \"price\"), read as numbers with a decimal "
       "comma"},
      {"tab_comma", "name\tprice\nA\t1,5\nB\t2,5\n", "tab: name TEXT, price REAL / A|1.5 / B|2.5",
       "2 cells, the first at line 2 (\"1,5\" in column \"price\"), read as numbers with a decimal "
       "comma"},
      {"thousands", "name,n\nA,\"1,234\"\nB,\"2,345\"\n", "name TEXT, n TEXT / A|1,234 / B|2,345"},
      {"plus", "name,n\nA,+1\nB,+2\n", "name TEXT, n TEXT / A|+1 / B|+2"},
      {"trailing_point", "name,n\nA,1.\nB,2.\n", "name TEXT, n REAL / A|1.0 / B|2.0"},
      {"leading_point", "name,n\nA,.5\nB,.25\n", "name TEXT, n REAL / A|0.5 / B|0.25"},
      {"inf", "name,n\nA,inf\nB,2.5\n", "name TEXT, n TEXT / A|inf / B|2.5"},
      {"leading_zero", "name,zip\nA,01067\nB,99999\n", "name TEXT, zip TEXT / A|01067 / B|99999"},
      {"huge", "name,n\nA,12345678901234567890\nB,5\n",
       "name TEXT, n TEXT / A|12345678901234567890 / B|5"},
      {"long_real", "name,n\nA,0.30000000000000004\nB,0.1\n", "name TEXT, n REAL / A|0.3 / B|0.1"},
      {"quoted_numbers", "\"a\",\"b\"\n\"1\",\"2\"\n\"3\",\"4\"\n",
       "a INTEGER, b INTEGER / 1|2 / 3|4"},
      {"iso_dates", "name,day\nA,2024-01-31\nB,2024-02-01\n",
       "name TEXT, day TEXT / A|2024-01-31 / B|2024-02-01"},
      {"us_dates", "name,day\nA,1/31/2024\nB,2/1/2024\n",
       "name TEXT, day TEXT / A|1/31/2024 / B|2/1/2024"},
  };
  for (const Input& input : inputs) expect_table(input);
}

TEST(CsvInputs, Encodings) {
  const Input inputs[] = {
      {"utf16le",
       std::string("i\x00"
                   "d\x00,\x00n\x00"
                   "a\x00m\x00"
                   "e\x00\n\x00"
                   "1\x00,\x00"
                   "A\x00n\x00n\x00\n\x00"
                   "2\x00,\x00Z\x00o\x00\xeb\x00\n\x00",
                   40),
       "id INTEGER, name TEXT / 1|Ann / 2|Zoë", "read as UTF-16"},
      {"utf16be",
       std::string("\x00i\x00"
                   "d\x00,\x00n\x00"
                   "a\x00m\x00"
                   "e\x00\n\x00"
                   "1\x00,\x00"
                   "A\x00n\x00n\x00\n\x00"
                   "2\x00,\x00Z\x00o\x00\xeb\x00\n",
                   40),
       "id INTEGER, name TEXT / 1|Ann / 2|Zoë", "read as UTF-16"},
      {"utf16_cjk",
       std::string("\rTMR,\x00\x02^\n\x00"
                   "0u-N,\x00qg\xacN\n\x00PO\xe4\x85,\x00'Y*\x96\n\x00",
                   34),
       "名前 TEXT, 市 TEXT / 田中|東京 / 佐藤|大阪", "read as UTF-16"},
      {"one_bad", "name,city\nZo\xc3\xab,K\xc3\xb6ln\nJos\xc3\xa9,M\xc3\xa1laga\nAndr\xe9,Paris\n",
       "name TEXT, city TEXT / Zoë|Köln / José|Málaga / Andr�|Paris",
       "replaced by U+FFFD, since the rest is UTF-8: 1 byte (line 4, column 5)"},
      {"latin", "name;n\nJos\xe9;1\nAna;2\n", "semicolon: name TEXT, n INTEGER / José|1 / Ana|2",
       "read as Latin-1"},
      {"nul", std::string("id,name,town\n1,An\x00n,Rome\n2,Bob,Oslo and Bergen\n", 47),
       "id INTEGER, name TEXT, town TEXT / 1|Ann|Rome / 2|Bob|Oslo and Bergen",
       "left out: 1 zero byte (line 2, column 5)"},
      {"dos_end", "a,b\n1,2\n\x1a", "a INTEGER, b INTEGER / 1|2",
       "left out: the end mark of DOS (0x1A)"},
  };
  for (const Input& input : inputs) expect_table(input);
}

TEST(CsvInputs, LinesAndDelimiters) {
  const Input inputs[] = {
      {"mixed_ends", "a,b\r\n1,2\n3,4\r5,6\n", "a INTEGER, b INTEGER / 1|2 / 3|4 / 5|6"},
      {"lone_cr", "a,b\r1,2\r3,4\r", "a INTEGER, b INTEGER / 1|2 / 3|4"},
      {"one_column_comma", "text\nHello, world\nBye\nSo\n",
       "no delimiter: text TEXT / Hello, world / Bye / So"},
      {"blank_lines_one", "n\n1\n\n2\n\n3\n", "no delimiter: n INTEGER / 1 / 2 / 3",
       "2 rows, the first at line 4, behind blank lines, which are no rows"},
      {"pipe", "a|b\n1|x\n2|y\n", "bar: a INTEGER, b TEXT / 1|x / 2|y"},
      {"caret", "a^b\n1^x\n2^y\n", "^: a INTEGER, b TEXT / 1|x / 2|y"},
      {"hive",
       "a\x01"
       "b\n1\x01x\n2\x01y\n",
       "byte 1: a INTEGER, b TEXT / 1|x / 2|y"},
      {"tab", "a\tb\n1\tx, y\n2\tz\n", "tab: a INTEGER, b TEXT / 1|x, y / 2|z"},
      {"long_row", "a,b,c\n1,2,3\n1,2,3,4\n5,6,7\n",
       "a INTEGER, b INTEGER, c INTEGER / 1|2|3 / 5|6|7",
       "skipped, 1 row, at line 3: more cells than the table has columns; the last is \"4\""},
  };
  for (const Input& input : inputs) expect_table(input);
}

TEST(CsvInputs, OtherFormatsAreNamed) {
  const Input inputs[] = {
      {"utf32le",
       std::string("i\x00\x00\x00"
                   "d\x00\x00\x00,\x00\x00\x00n\x00\x00\x00"
                   "a\x00\x00\x00m\x00\x00\x00"
                   "e\x00\x00\x00\n\x00\x00\x00"
                   "1\x00\x00\x00,\x00\x00\x00"
                   "A\x00\x00\x00n\x00\x00\x00n\x00\x00\x00\n\x00\x00\x00",
                   56),
       "it is UTF-32; save it as UTF-8."},
      {"nul_binary", std::string("GIF89a\x00\x00\x01\x02\x00\x00\x03\x04\x00", 15),
       "it holds zero bytes, so it is no text file."},
      {"xlsx", std::string("PK\x03\x04\x14\x00\x06\x00", 8),
       "it is a spreadsheet or another ZIP archive; open it there and save each sheet as CSV."},
      {"xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
       "it is an old Excel file (.xls); open it there and save each sheet as CSV."},
      {"parquet", "PAR1\x15\x04",
       "it is a Parquet file; convert it to CSV or SQLite, with DuckDB or pandas."},
      {"html", "\n<!DOCTYPE HTML>\n<table><tr><td>1</td></tr></table>",
       "it is a web page (HTML); open it in a spreadsheet program and save its table as CSV."},
      {"json", "[\n {\"id\": 1, \"name\": \"Ann\"}\n]\n",
       "it is JSON; convert it to CSV or SQLite, with DuckDB or pandas."},
      {"jsonl", "{\"id\": 1, \"name\": \"Ann\"}\n{\"id\": 2, \"name\": \"Bob\"}\n",
       "it is JSON; convert it to CSV or SQLite, with DuckDB or pandas."},
      {"sqltext", "CREATE TABLE t (a INT);\n",
       "it is an SQL script; use: sqlenv pack import sql FILE."},
      {"gz", std::string("\x1f\x8b\x08\x00", 4),
       "it is compressed; unpack it and import what is inside."},
      {"fixed", "id  name    town\n1   Ann     Rome\n2   Bob     Oslo\n",
       "its columns are lined up by blanks (fixed width); save it with a tab or a comma between "
       "cells, or say --delimiter to take each line as one cell."},
      {"not_table", "a\nb,c\nd,e,f\ng,h,i,j\n",
       "most of its rows have more cells than the first, so it is not one table; or say "
       "--delimiter."},
  };
  for (const Input& input : inputs) expect_table(input);
}

}  // namespace
}  // namespace sqlenv
