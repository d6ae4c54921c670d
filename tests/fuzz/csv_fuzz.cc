// CSV files. Any bytes give an Import or an Error, the same twice, and an imported table can be
// read. Cells that are written as RFC 4180 says come back equal, from the reader and from the
// database. The first two bytes choose options and the width of the written table.
#include "core/base/text.h"
#include "core/task/csv_importer.h"
#include "tests/fuzz/fuzz.h"

namespace sqlenv {
namespace {

using Rows = std::vector<CsvRow>;

std::string remarks_of(const Import& import) {
  std::string text;
  for (const auto* remarks : {&import.skipped, &import.notes})
    for (const ImportRemark& remark : *remarks) text += remark.what + ": " + remark.why + "\n";
  return text;
}

ResultTable rows_of(const Import& import) {
  Result<Database> database = Database::open(import.databases.at(0).image);
  SQLENV_CHECK(database.has_value());
  Result<ResultTable> rows = database->query("SELECT * FROM f");
  SQLENV_CHECK(rows.has_value());
  return std::move(*rows);
}

void import_any(std::string_view bytes, const CsvOptions& options) {
  const std::vector<NamedBytes> files = {{"f.csv", std::string(bytes)}};
  const Result<Import> import = import_csv(files, {}, options);
  const Result<Import> again = import_csv(files, {}, options);
  SQLENV_CHECK(import.has_value() == again.has_value());
  if (!import) {
    SQLENV_CHECK(!import.error().message.empty());
    SQLENV_CHECK(import.error().to_string() == again.error().to_string());
    return;
  }
  SQLENV_CHECK(import->databases[0].image.bytes() == again->databases[0].image.bytes());
  SQLENV_CHECK(remarks_of(*import) == remarks_of(*again));
  SQLENV_CHECK(valid_utf8(remarks_of(*import)) == remarks_of(*import));
  SQLENV_CHECK(std::ssize(rows_of(*import).rows) == import->tables[0].rows);
}

// Cuts the bytes at each 0x1E into the cells of rows.
Rows cells_of(std::string_view bytes, std::size_t width) {
  Rows rows;
  while (!bytes.empty()) {
    if (rows.empty() || rows.back().size() == width) rows.emplace_back();
    const std::size_t end = std::min(bytes.find('\x1E'), bytes.size());
    rows.back().emplace_back(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  if (!rows.empty()) rows.back().resize(width);
  return rows;
}

std::string quoted(std::string_view cell) {
  std::string text = "\"";
  for (const char c : cell) text.append(c == '"' ? 2 : 1, c);
  return text + "\"";
}

std::string written(const Rows& rows, char delimiter, bool quote_all) {
  const std::string special = std::string("\"\r\n\xEF") + delimiter;
  std::string text;
  for (const CsvRow& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool quote = quote_all || row[i].find_first_of(special) != std::string::npos ||
                         (row.size() == 1 && row[i].empty());
      text += (i > 0 ? std::string(1, delimiter) : "") + (quote ? quoted(row[i]) : row[i]);
    }
    text += "\r\n";
  }
  return text;
}

void read_back(const Rows& rows, char delimiter) {
  for (const bool quote_all : {false, true}) {
    const std::string text = written(rows, delimiter, quote_all);
    CsvReader reader(text, {delimiter});
    Rows read;
    for (CsvRow row; reader.next(row);) read.push_back(row);
    SQLENV_CHECK(read == rows);
    SQLENV_CHECK(reader.open_quote() == 0 && reader.text_after_quote().count == 0);
  }
}

// A first and a last row of words keep all columns TEXT, and the last one from being a footer.
void import_back(Rows rows, std::size_t width) {
  CsvRow names;
  for (std::size_t i = 0; i < width; ++i) names.push_back("name" + std::to_string(i));
  for (CsvRow& row : rows)
    for (std::string& cell : row) {
      std::erase(cell, '\0');
      cell = valid_utf8(cell);
    }
  rows.insert(rows.begin(), {names, CsvRow(width, "word")});
  rows.push_back(CsvRow(width, "word"));
  CsvOptions options;
  options.header = true;
  options.delimiter = ',';
  const Result<Import> import = import_csv({{"f.csv", written(rows, ',', true)}}, {}, options);
  SQLENV_CHECK(import.has_value());
  const ResultTable table = rows_of(*import);
  SQLENV_CHECK(table.rows.size() + 1 == rows.size());
  for (std::size_t i = 1; i < rows.size(); ++i)
    for (std::size_t k = 0; k < width; ++k) {
      const bool null = trim(rows[i][k]).empty() || trim(rows[i][k]) == "\\N";
      SQLENV_CHECK(table.rows[i - 1][k] == (null ? Value(Null{}) : Value(rows[i][k])));
    }
}

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlenv;
  if (size < 2) return 0;
  const std::string_view bytes = fuzz::text_of(data + 2, size - 2);
  CsvOptions options;
  if (data[0] & 1) options.delimiter = ";,\t|"[data[0] >> 1 & 3];
  if (data[0] & 8) options.header = (data[0] & 16) != 0;
  import_any(bytes, options);
  const std::size_t width = 1 + data[1] % 5;
  const Rows rows = cells_of(bytes, width);
  read_back(rows, ",;\t|"[data[1] >> 4 & 3]);
  import_back(rows, width);
  return 0;
}
