#include "core/task/postgres_copy.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv {
namespace {

struct CopyFormat {
  char delimiter = '\t';
  std::string null = "\\N";
  std::vector<std::string> columns;
};

Result<CopyFormat> read_format(const DumpStatement& statement) {
  CopyFormat format;
  const DumpTokens& tokens = statement.tokens;
  std::size_t at = statement.at;
  for (const DumpSpan& item :
       is_symbol(tokens, at, '(') ? group_items(tokens, at) : std::vector<DumpSpan>())
    if (item.first < item.second) format.columns.push_back(unquoted(tokens[item.first].text));
  if (is_symbol(tokens, at, '(')) at = after_group(tokens, at);
  for (at += 2; at < tokens.size(); ++at) {  // behind FROM STDIN
    const std::string& word = tokens[at].word;
    const std::size_t value = at + (is_word(tokens, at + 1, "AS") ? 2 : 1);
    if (one_of(word, "WITH FORMAT TEXT") || (word.empty() && tokens[at].text.size() == 1)) continue;
    if (!one_of(word, "DELIMITER NULL") || !is_string(tokens, value))
      return fail(ErrorCode::kSyntax, "rows in this format (" + word +
                                          ") are not read. Dump the database with \"pg_dump\" "
                                          "without further options.");
    const std::string text = unquoted(tokens[value].text);
    if (word == "NULL") format.null = text;
    else if (!text.empty()) format.delimiter = text.front();
    at = value;
  }
  return format;
}

std::string unescaped(std::string_view cell) {
  std::string text;
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t next = std::min(cell.find('\\', at), cell.size());
    text += cell.substr(at, next - at);
    at = next + 1;
    if (at < cell.size()) at += append_escape(cell.substr(at), SqlDialect::kPostgres, text);
  }
  return text;
}

Value bytes_of(const std::string& text) {
  if (text.starts_with("\\x"))
    if (std::optional<Blob> blob = hex_blob(text.substr(2))) return std::move(*blob);
  return Blob{unescaped(text)};
}

Value value_of(std::string_view cell, char type, const CopyFormat& format) {
  if (cell == format.null) return Null{};
  if (type == 'b' && (cell == "t" || cell == "f")) return std::int64_t{cell == "t"};
  std::string text = unescaped(cell);
  return type == 'y' ? bytes_of(text) : Value(std::move(text));
}

// What each cell needs to be read by.
std::string types_of(const std::vector<DumpColumn>* known, const CopyFormat& format,
                     std::size_t width) {
  std::string types(width, '-');
  for (std::size_t i = 0; known != nullptr && i < width; ++i)
    for (std::size_t k = 0; k < known->size(); ++k)
      if (format.columns.empty() ? k == i
                                 : equal_ignoring_case((*known)[k].name, format.columns[i]))
        types[i] = (*known)[k].type;
  return types;
}

Result<void> add_line(std::string_view line, const std::string& types, const CopyFormat& format,
                      DatabaseBuilder& builder, std::vector<Value>& row) {
  row.clear();
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(format.delimiter, begin), line.size());
    const char type = row.size() < types.size() ? types[row.size()] : '-';
    row.push_back(value_of(line.substr(begin, end - begin), type, format));
    begin = end + 1;
  }
  if (row.size() == types.size()) return builder.add_row(row);
  return fail(ErrorCode::kSyntax, "the row has " + std::to_string(row.size()) + " cells, not " +
                                      std::to_string(types.size()) + ".");
}

}  // namespace

Result<void> copy_rows(const DumpStatement& statement, std::string_view rows,
                       const DumpNames& names, DatabaseBuilder& builder, std::int64_t& line) {
  Result<CopyFormat> format = read_format(statement);
  if (!format) return fail(format.error());
  if (rows.empty()) return {};
  const std::string_view first = rows.substr(0, rows.find('\n'));
  const auto cells = std::count(first.begin(), first.end(), format->delimiter) + 1;
  const std::size_t width =
      format->columns.empty() ? static_cast<std::size_t>(cells) : format->columns.size();
  const std::string types = types_of(names.columns_of(statement.name), *format, width);
  const std::string table = unquoted(names.quoted(statement.name));
  if (auto ok = builder.begin_rows(table, format->columns, width); !ok) return ok;
  std::vector<Value> row;
  for (line = 0; !rows.empty(); ++line) {
    const std::size_t end = std::min(rows.find('\n'), rows.size());
    std::string_view text = rows.substr(0, end);
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (auto ok = add_line(text, types, *format, builder, row); !ok) return ok;
    rows.remove_prefix(std::min(end + 1, rows.size()));
  }
  return {};
}

}  // namespace sqlenv
