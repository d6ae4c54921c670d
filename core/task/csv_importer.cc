#include "core/task/csv_importer.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/database_builder.h"
#include "core/task/csv_sheet.h"

namespace sqlenv {
namespace {

constexpr std::size_t kLongestColumnName = 100;

using Columns = std::vector<DatabaseBuilder::ColumnSpec>;

std::string counted(std::int64_t count, const std::string& one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

// "3 rows, the first at line 7".
std::string placed(const Sighting& seen, const std::string& one) {
  return counted(seen.count, one) + (seen.count == 1 ? ", at line " : ", the first at line ") +
         std::to_string(seen.line);
}

std::string column_name(std::string_view cell, std::size_t position) {
  std::string name(cell);
  for (char& c : name)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  name = shorten(collapse_spaces(name), kLongestColumnName);
  return name.empty() ? "column_" + std::to_string(position + 1) : name;
}

// How many columns are kept: all but the last ones that have neither name nor value, which a
// delimiter at the end of each line makes.
std::size_t used_columns(const CsvSheet& sheet) {
  std::size_t width = sheet.layout.width;
  const auto named = [&](std::size_t i) {
    return sheet.layout.header && i < sheet.layout.first.size() &&
           !trim(sheet.layout.first[i]).empty();
  };
  while (width > 1 && sheet.types[width - 1].is_empty() && !named(width - 1)) --width;
  return width;
}

Columns columns_of(const CsvSheet& sheet, Import& import) {
  Columns columns;
  std::set<std::string> taken;
  Sighting renamed;
  const std::size_t width = used_columns(sheet);
  for (std::size_t i = 0; i < width; ++i) {
    const bool has_cell = sheet.layout.header && i < sheet.layout.first.size();
    const std::string cell = has_cell ? sheet.layout.first[i] : "";
    const std::string name = unused_name(column_name(cell, i), taken);
    if (has_cell && name != trim(cell)) renamed.see(1, name);
    columns.push_back({name, sheet.types[i].name()});
  }
  if (renamed.count > 0)
    import.notes.push_back(
        {sheet.name, counted(renamed.count, "column") +
                         " with an empty, long or repeated name, renamed, such as \"" +
                         renamed.cell + "\""});
  if (width < sheet.layout.width)
    import.notes.push_back(
        {sheet.name,
         counted(std::ssize(sheet.types) - static_cast<std::int64_t>(width), "last column") +
             " without name and value, left out"});
  return columns;
}

// Makes the value of a cell. Cells are inserted as texts; SQLite's column affinity turns them into
// numbers where it should.
void put_cell(std::string& cell, const ColumnType& type, bool number, Value& value) {
  const std::string_view trimmed = trim(cell);
  if (trimmed.empty() || trimmed == "\\N") return;
  if (!number) {
    value = std::move(cell);
    return;
  }
  if (type.missing().count > 0 && cell_kind(trimmed) == CellKind::kMissing) return;
  std::string text(trimmed);
  if (type.commas().count > 0) std::replace(text.begin(), text.end(), ',', '.');
  value = std::move(text);
}

Result<void> add_rows(const CsvSheet& sheet, const Columns& columns, DatabaseBuilder& builder,
                      const std::function<bool()>& stopped) {
  std::vector<char> numbers;
  for (const auto& column : columns) numbers.push_back(column.type != "TEXT");
  CsvSheetRows rows(sheet);
  std::vector<Value> values;
  std::int64_t count = 0;
  for (CsvRow row; rows.next(row);) {
    if (stopped && ++count % CsvSheetRows::kRowsBetweenChecks == 0 && stopped())
      return fail(ErrorCode::kTimeout, "the import was stopped.");
    values.assign(columns.size(), Null{});
    for (std::size_t i = 0; i < std::min(columns.size(), row.size()); ++i)
      put_cell(row[i], sheet.types[i], numbers[i] != 0, values[i]);
    if (auto ok = builder.add_row(values); !ok) return ok;
  }
  return {};
}

// Notes what was done to the cells that `seen` counts in columns, with the first as an example.
void note_cells(const CsvSheet& sheet, const Columns& columns, bool numbers,
                const Sighting& (ColumnType::*seen)() const, const std::string& done,
                Import& import) {
  Sighting all;
  std::string where;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Sighting& found = (sheet.types[i].*seen)();
    if (found.count == 0 || (numbers && columns[i].type == "TEXT")) continue;
    if (all.count == 0 || found.line < all.line) {
      all.line = found.line, all.cell = found.cell;
      where = columns[i].name;
    }
    all.count += found.count;
  }
  if (all.count > 0)
    import.notes.push_back({sheet.name, placed(all, "cell") + " (\"" + all.cell +
                                            "\" in column \"" + where + "\"), " + done});
}

void describe_cells(const CsvSheet& sheet, const Columns& columns, Import& import) {
  const auto note = [&](bool numbers, const Sighting& (ColumnType::*seen)() const,
                        const std::string& done) {
    note_cells(sheet, columns, numbers, seen, done, import);
  };
  note(true, &ColumnType::missing, "read as NULL, since all others of the column are numbers");
  note(false, &ColumnType::nulls, "read as NULL");
  note(true, &ColumnType::commas, "read as numbers with a decimal comma");
  note(true, &ColumnType::exponents, "read as numbers in exponent form");
  note(true, &ColumnType::long_reals, "rounded to the digits that a number keeps");
}

void describe_text(const CsvSheet& sheet, Import& import) {
  const auto note = [&](const std::string& why) { import.notes.push_back({sheet.name, why}); };
  for (const std::string& why : sheet.notes) note(why);
  if (sheet.encoding != "UTF-8") note("read as " + sheet.encoding);
  for (const std::string& why : sheet.layout.notes) note(why);
  if (sheet.quotes == CsvQuotes::kBackslash) note("a backslash before a quote makes it text");
  if (sheet.quotes == CsvQuotes::kNone) note("its quotes do not enclose cells, so they are text");
  if (sheet.text_after_quote.count > 0)
    note(placed(sheet.text_after_quote, "cell") + " (\"" + sheet.text_after_quote.cell +
         "\"), with text behind the closing quote: the quotes were taken off");
  if (sheet.skipped_blanks.count > 0)
    note(placed(sheet.skipped_blanks, "cell") +
         ", without the blanks before them, since a blank follows every delimiter");
  if (sheet.marks.count > 0)
    note(placed(sheet.marks, "byte-order mark") + ", left out: files were joined there");
}

void describe_rows(const CsvSheet& sheet, Import& import) {
  const auto note = [&](const std::string& why) { import.notes.push_back({sheet.name, why}); };
  const auto skip = [&](const Sighting& seen, const std::string& one, const std::string& why) {
    if (seen.count > 0) import.skipped.push_back({sheet.name + ", " + placed(seen, one), why});
  };
  if (sheet.short_rows.count > 0)
    note(placed(sheet.short_rows, "row") + ", shorter than the table: what is missing is NULL");
  if (sheet.gaps.count > 0)
    note(placed(sheet.gaps, "row") + ", behind blank lines, which are no rows");
  if (sheet.total.count > 0)
    note("the last row, at line " + std::to_string(sheet.total.line) + ", begins with \"" +
         sheet.total.cell + "\" and is kept as a row");
  if (sheet.layout.header && sheet.rows == 0) note("it has a header and no rows");
  for (const ImportRemark& remark : sheet.layout.skipped)
    import.skipped.push_back({sheet.name + ", " + remark.what, remark.why});
  skip(sheet.long_rows, "row",
       "more cells than the table has columns; the last is \"" + sheet.long_rows.cell + "\"");
  if (sheet.drop_repeats) skip(sheet.repeats, "row", "it repeats the header");
  if (sheet.end_line == 0) return;
  skip(sheet.footers, "line", "below the table: \"" + sheet.footers.cell + "\"");
  skip(sheet.empty_rows, "row", "without a value, at the end");
}

std::string table_name(const std::string& file, std::set<std::string>& taken) {
  std::string name = plain_name(file);
  // SQLite reserves names that begin with this.
  if (to_lower(name).starts_with("sqlite_")) name.insert(0, "t_");
  return unused_name(name, taken);
}

Result<void> take_sheet(NamedBytes file, const ImportOptions& options, const CsvOptions& csv,
                        std::set<std::string>& tables, DatabaseBuilder& builder, Import& import) {
  Result<CsvSheet> sheet = read_sheet(std::move(file), csv, options.stopped);
  if (!sheet) return fail(sheet.error());
  describe_text(*sheet, import);
  const Columns columns = columns_of(*sheet, import);
  ImportedTable table{sheet->name,
                      table_name(sheet->name, tables),
                      sheet->encoding,
                      delimiter_name(sheet->layout.dialect.delimiter),
                      sheet->layout.header,
                      sheet->rows,
                      {}};
  for (std::size_t i = 0; i < columns.size(); ++i)
    table.columns.push_back({columns[i].name, columns[i].type, sheet->types[i].why()});
  if (auto ok = builder.create_table(table.table, columns); !ok) return ok;
  if (auto ok = add_rows(*sheet, columns, builder, options.stopped); !ok) return ok;
  describe_cells(*sheet, columns, import);
  describe_rows(*sheet, import);
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
