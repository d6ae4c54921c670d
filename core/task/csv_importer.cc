#include "core/task/csv_importer.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/database_builder.h"
#include "core/task/column_type.h"
#include "core/task/csv_reader.h"
#include "core/task/text_encoding.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMaxColumns = 2000;
constexpr std::size_t kLongestColumnName = 100;
constexpr std::int64_t kRowsBetweenChecks = 4096;

using Row = std::vector<std::string>;

// Counts rows with more or fewer cells than the first row.
struct Ragged {
  std::int64_t count = 0;
  std::int64_t first_line = 0;
  void see(std::int64_t line) {
    if (count++ == 0) first_line = line;
  }
  std::string rows() const {
    return std::to_string(count) + (count == 1 ? " row" : " rows") + ", the first at line " +
           std::to_string(first_line);
  }
};

// A text and the facts that a first pass over it found.
struct Sheet {
  std::string name;  // the file's
  std::string text;
  std::string encoding;
  char delimiter = ',';
  Row first;
  std::int64_t rows = 0;          // taken after the first row
  std::vector<ColumnType> types;  // inferred from the taken rows
  Ragged short_rows;
  Ragged long_rows;
};

bool fits(const Row& row, std::size_t width) {
  return std::all_of(row.begin() + static_cast<std::ptrdiff_t>(std::min(width, row.size())),
                     row.end(), [](const std::string& cell) { return trim(cell).empty(); });
}

tl::unexpected<Error> unusable(const std::string& why) {
  return fail(ErrorCode::kNotADatabase, why);
}

// Spreadsheet programs may write the delimiter as a first line: "sep=;".
std::optional<char> take_stated_delimiter(std::string& text) {
  if (text.size() < 6 || !equal_ignoring_case(text.substr(0, 4), "sep=")) return std::nullopt;
  const char delimiter = text[4];
  if (delimiter == '"' || (text[5] != '\r' && text[5] != '\n')) return std::nullopt;
  text.erase(0, 5);
  return delimiter;
}

Result<void> look_at_rows(Sheet& sheet, const std::function<bool()>& stopped) {
  CsvReader reader(sheet.text, sheet.delimiter);
  if (!reader.next(sheet.first)) return unusable("the file is empty.");
  const std::size_t width = sheet.first.size();
  if (width > kMaxColumns)
    return unusable("it has " + std::to_string(width) + " columns; at most " +
                    std::to_string(kMaxColumns) + " can be taken.");
  sheet.types.resize(width);
  for (Row row; reader.next(row);) {
    if (stopped && sheet.rows % kRowsBetweenChecks == 0 && stopped())
      return fail(ErrorCode::kTimeout, "the import was stopped.");
    if (!fits(row, width)) {
      sheet.long_rows.see(reader.line());
      continue;
    }
    ++sheet.rows;
    if (row.size() < width) sheet.short_rows.see(reader.line());
    for (std::size_t i = 0; i < std::min(width, row.size()); ++i)
      sheet.types[i].see(row[i], reader.line());
  }
  if (reader.open_quote() != 0)
    return unusable("the quote that opens on line " + std::to_string(reader.open_quote()) +
                    " is never closed.");
  if (sheet.long_rows.count > sheet.rows)
    return unusable(
        "most of its rows have more cells than the first, so it is not one table; or "
        "say --delimiter.");
  return {};
}

bool looks_like_date(std::string_view cell) {
  cell = trim(cell);
  const bool shaped = std::all_of(cell.begin(), cell.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '/' || c == '.' || c == ':' || c == ' ' ||
           c == 'T' || c == 'Z';
  });
  return shaped && cell.find_first_of("0123456789") != std::string_view::npos;
}

bool is_header(const Sheet& sheet) {
  bool distinct = true;
  bool over_numbers = false;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < sheet.first.size(); ++i) {
    const CellKind kind = cell_kind(sheet.first[i]);
    if (kind == CellKind::kInteger || kind == CellKind::kReal || looks_like_date(sheet.first[i]))
      return false;
    if (kind == CellKind::kEmpty || !seen.insert(to_lower(trim(sheet.first[i]))).second)
      distinct = false;
    if (kind == CellKind::kText && sheet.types[i].is_number()) over_numbers = true;
  }
  return distinct || over_numbers;
}

std::string column_name(std::string_view cell, std::size_t position) {
  std::string name(cell);
  for (char& c : name)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  name = shorten(collapse_spaces(name), kLongestColumnName);
  return name.empty() ? "column_" + std::to_string(position + 1) : name;
}

std::vector<DatabaseBuilder::ColumnSpec> columns_of(const Sheet& sheet, bool header) {
  std::vector<DatabaseBuilder::ColumnSpec> columns;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < sheet.first.size(); ++i) {
    const std::string name = column_name(header ? sheet.first[i] : "", i);
    columns.push_back({unused_name(name, taken), sheet.types[i].name()});
  }
  return columns;
}

// Cells are inserted as texts; SQLite's column affinity turns them into numbers where it should.
Result<void> add_rows(const Sheet& sheet, bool header, const std::vector<std::string>& types,
                      DatabaseBuilder& builder, const std::function<bool()>& stopped) {
  CsvReader reader(sheet.text, sheet.delimiter);
  Row row;
  if (header) reader.next(row);
  std::vector<Value> values;
  std::int64_t count = 0;
  while (reader.next(row)) {
    if (stopped && ++count % kRowsBetweenChecks == 0 && stopped())
      return fail(ErrorCode::kTimeout, "the import was stopped.");
    if (!fits(row, types.size())) continue;
    values.assign(types.size(), Null{});
    for (std::size_t i = 0; i < std::min(types.size(), row.size()); ++i) {
      const std::string_view trimmed = trim(row[i]);
      if (trimmed.empty()) continue;
      if (types[i] == "TEXT") values[i] = std::move(row[i]);
      else values[i] = std::string(trimmed);
    }
    if (auto ok = builder.add_row(values); !ok) return ok;
  }
  return {};
}

void describe(const Sheet& sheet, bool header, Import& import) {
  if (sheet.short_rows.count > 0)
    import.notes.push_back({sheet.name, sheet.short_rows.rows() +
                                            ", shorter than the first row: what is missing is "
                                            "NULL"});
  if (sheet.long_rows.count > 0)
    import.skipped.push_back(
        {sheet.name + ", " + sheet.long_rows.rows(), "more cells than the first row has"});
  if (header && sheet.rows == 0)
    import.notes.push_back({sheet.name, "it has a header and no rows"});
  if (sheet.encoding != "UTF-8") import.notes.push_back({sheet.name, "read as " + sheet.encoding});
}

Result<Sheet> open_sheet(NamedBytes file, const CsvOptions& csv,
                         const std::function<bool()>& stopped) {
  Sheet sheet;
  sheet.name = std::move(file.name);
  Result<DecodedText> decoded = decode_text(std::move(file.bytes));
  if (!decoded) return fail(decoded.error());
  sheet.text = std::move(decoded->text);
  sheet.encoding = decoded->encoding;
  const std::optional<char> stated = take_stated_delimiter(sheet.text);
  sheet.delimiter = csv.delimiter ? *csv.delimiter : stated ? *stated : guess_delimiter(sheet.text);
  if (auto ok = look_at_rows(sheet, stopped); !ok) return fail(ok.error());
  return sheet;
}

std::string table_name(const std::string& file, std::set<std::string>& taken) {
  std::string name = plain_name(file);
  // SQLite reserves names that begin with this.
  if (to_lower(name).starts_with("sqlite_")) name.insert(0, "t_");
  return unused_name(name, taken);
}

Result<void> take_sheet(NamedBytes file, const ImportOptions& options, const CsvOptions& csv,
                        std::set<std::string>& tables, DatabaseBuilder& builder, Import& import) {
  Result<Sheet> sheet = open_sheet(std::move(file), csv, options.stopped);
  if (!sheet) return fail(sheet.error());
  const bool header = csv.header.value_or(is_header(*sheet));
  if (!header) {
    for (std::size_t i = 0; i < sheet->first.size(); ++i) sheet->types[i].see(sheet->first[i], 1);
    ++sheet->rows;
  }
  const auto columns = columns_of(*sheet, header);
  ImportedTable table{sheet->name,
                      table_name(sheet->name, tables),
                      sheet->encoding,
                      delimiter_name(sheet->delimiter),
                      header,
                      sheet->rows,
                      {}};
  std::vector<std::string> types;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    types.push_back(columns[i].type);
    table.columns.push_back({columns[i].name, columns[i].type, sheet->types[i].why()});
  }
  if (auto ok = builder.create_table(table.table, columns); !ok) return ok;
  if (auto ok = add_rows(*sheet, header, types, builder, options.stopped); !ok) return ok;
  describe(*sheet, header, import);
  import.tables.push_back(std::move(table));
  return {};
}

}  // namespace

Result<Import> import_csv(std::vector<NamedBytes> files, const ImportOptions& options,
                          const CsvOptions& csv) {
  if (files.empty()) return fail(ErrorCode::kNotFound, "there is no CSV file to import.");
  if (auto ok = check_total_size(files, "the CSV files together"); !ok) return fail(ok.error());
  Import import;
  import.name = options.name.empty() ? plain_name(files.front().name) : options.name;
  import.title = import.name;
  DatabaseBuilder builder(options.stopped);
  std::set<std::string> tables;
  Error first;
  for (NamedBytes& file : files) {
    const std::string name = file.name;
    const Result<void> taken = take_sheet(std::move(file), options, csv, tables, builder, import);
    if (taken) continue;
    const ErrorCode code = taken.error().code;
    if (code == ErrorCode::kTimeout || code == ErrorCode::kTooLarge) return fail(taken.error());
    if (first.message.empty()) first = {code, name + ": " + taken.error().message};
    import.skipped.push_back({name, taken.error().message});
  }
  if (import.tables.empty()) return fail(first);
  Result<DatabaseImage> image = builder.finish();
  if (!image) return fail(image.error());
  const std::string database = csv.database.empty() ? import.name : csv.database;
  import.databases.push_back({database, database, "", std::move(*image)});
  return import;
}

}  // namespace sqlenv
