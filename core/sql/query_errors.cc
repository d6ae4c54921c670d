#include "core/sql/query_errors.h"

#include <optional>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv {
namespace {

std::string did_you_mean(std::string_view name, const std::vector<std::string>& names) {
  const std::optional<std::string> nearest = nearest_name(name, names);
  return nearest ? " Did you mean " + quote_identifier(*nearest) + "?" : "";
}

void add_columns(std::vector<std::string>& names, const Table& table) {
  for (const Column& column : table.columns) names.push_back(column.name);
}

}  // namespace

Error not_read_only() {
  return {ErrorCode::kNotReadOnly,
          "only one reading statement is allowed: SELECT, WITH … SELECT or VALUES. Nothing was "
          "changed."};
}

Error too_large(const std::string& what) {
  return {ErrorCode::kTooLarge, what + ". Narrow it with WHERE, LIMIT or an aggregate."};
}

Error no_such_table(const Schema& schema, std::string_view name) {
  const std::vector<std::string> names = schema.table_names();
  return {ErrorCode::kNoSuchTable, "there is no table " + quote_identifier(name) + "." +
                                       did_you_mean(name, names) + " Tables: " + join(names, ", ") +
                                       "."};
}

Error no_such_column(const Schema& schema, const KnownTables* known, std::string_view name) {
  std::vector<std::string> names;
  if (known != nullptr)
    for (const Table* table : *known) add_columns(names, *table);
  else
    for (const Table& table : schema.tables) add_columns(names, table);
  const std::string_view bare = name.substr(name.rfind('.') + 1);
  return {ErrorCode::kNoSuchColumn, "there is no column " + quote_identifier(name) + " here." +
                                        did_you_mean(bare, names) +
                                        " DESCRIBE a table to see its columns."};
}

std::optional<MissingPart> missing_part(std::string_view message) {
  struct Message {
    std::string_view start;
    std::string_view kind;
  };
  static constexpr Message kMessages[] = {{"no such module: ", "module"},
                                          {"no such collation sequence: ", "collation"},
                                          {"no such function: ", "function"},
                                          {"unknown function: ", "function"}};
  for (const auto& [start, kind] : kMessages)
    if (std::string_view name = rest_after(message, start); !name.empty()) {
      if (name.ends_with("()")) name.remove_suffix(2);
      return MissingPart{kind, name};
    }
  return std::nullopt;
}

std::string refusal_reason(std::string_view message) {
  const auto part = missing_part(message);
  if (!part) return valid_utf8(message);
  std::string out = "the ";
  out.append(part->kind).append(" ").append(part->name);
  return out.append(part->kind == "function" ? "()" : "").append(" is not available here");
}

Error why_left_out(const LeftOut& left) {
  std::string out;
  if (left.kind == LeftOut::Kind::kColumn)
    out.append("the column ").append(quote_identifier(left.column)).append(" of ");
  if (left.kind == LeftOut::Kind::kView) out = "the view ";
  if (left.kind == LeftOut::Kind::kVirtualTable) out = "the virtual table ";
  out += quote_identifier(left.table);
  if (left.kind == LeftOut::Kind::kHiddenTable) {
    out.append(" holds only what ").append(left.owner);
    out += " needs to work and is not described. QUERY can read it.";
    return {ErrorCode::kNoSuchTable, std::move(out)};
  }
  out.append(" cannot be read: ").append(refusal_reason(left.reason));
  out += left.kind == LeftOut::Kind::kColumn ? ". Name the columns that you need instead of *."
                                             : ". Use other tables.";
  ErrorCode code = ErrorCode::kSyntax;
  if (left.reason == kTooMuchPlanning) code = ErrorCode::kOperationBudget;
  else if (missing_part(left.reason)) code = ErrorCode::kMissingExtension;
  else if (left.reason.starts_with("no such table: ")) code = ErrorCode::kNoSuchTable;
  else if (left.reason.starts_with("no such column: ")) code = ErrorCode::kNoSuchColumn;
  return {code, std::move(out)};
}

std::optional<Error> error_of_file(const Schema& schema, std::string_view sql,
                                   std::string_view message) {
  std::string words = "\n";
  for (const SqlToken& token : sql_tokens(sql))
    if (token.kind >= TokenKind::kKeyword && token.kind <= TokenKind::kString)
      words.append(to_lower(unquoted(token.in(sql)))).append("\n");
  const auto names = [&words](std::string_view name) {
    return words.find("\n" + to_lower(name) + "\n") != std::string::npos;
  };
  const std::string reason = valid_utf8(message);
  int looks = 1000;  // a forged file may hold very many views
  for (const LeftOut& left : schema.left_out)
    if (left.reason == reason && looks-- > 0 && names(left.table)) return why_left_out(left);
  const auto part = missing_part(message);
  if (!part || names(part->name)) return std::nullopt;
  return Error{ErrorCode::kMissingExtension, "the statement reads something for which " +
                                                 refusal_reason(message) +
                                                 ". Read other tables or columns."};
}

std::string_view rest_after(std::string_view message, std::string_view prefix) {
  return message.starts_with(prefix) ? message.substr(prefix.size()) : std::string_view();
}

}  // namespace sqlenv
