#include "app/playground/format.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/wire/json_writer.h"

namespace sqlenv::ui {
namespace {

constexpr std::size_t kMostAnswerBytes = 200'000;

std::string fraction_of(Micros amount) {
  std::string digits = std::to_string(amount % kOne);
  digits.insert(0, 6 - digits.size(), '0');
  while (digits.size() > 2 && digits.back() == '0') digits.pop_back();
  return digits;
}

std::string json_cell(const Value& value) {
  if (is_null(value)) return "null";
  if (std::holds_alternative<std::int64_t>(value)) return display_text(value);
  if (const double* real = std::get_if<double>(&value); real != nullptr && std::isfinite(*real))
    return display_text(value);
  return json_string(display_text(value));
}

std::string tab_free(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

std::string key_text(const Table& table, const Column& column) {
  if (column.primary_key > 0) return "primary key";
  for (const ForeignKey& key : table.foreign_keys)
    if (std::find(key.columns.begin(), key.columns.end(), column.name) != key.columns.end())
      return "foreign key";
  if (column.generated) return "generated";
  return column.not_null ? "not null" : "";
}

std::string reference_text(const Table& table, const Column& column) {
  for (const ForeignKey& key : table.foreign_keys) {
    const auto found = std::find(key.columns.begin(), key.columns.end(), column.name);
    if (found == key.columns.end()) continue;
    const auto index = static_cast<std::size_t>(found - key.columns.begin());
    return key.table + (index < key.referenced.size() ? "." + key.referenced[index] : "");
  }
  return "";
}

}  // namespace

std::string json_row(const std::vector<Value>& row) {
  std::string out = "[";
  for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ", ") + json_cell(row[i]);
  return out + "]";
}

std::string signed_amount(Micros amount) {
  const std::string sign = amount > 0 ? "+" : amount < 0 ? "−" : "";
  const Micros size = amount < 0 ? -amount : amount;
  return sign + std::to_string(size / kOne) + "." + fraction_of(size);
}

std::size_t decimals_of(Micros amount) { return fraction_of(amount < 0 ? -amount : amount).size(); }

std::string aligned_amount(Micros amount, std::size_t decimals) {
  const std::size_t written = decimals_of(amount);
  return signed_amount(amount) + std::string(written < decimals ? decimals - written : 0, '0');
}

std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string counted(std::size_t number, std::string_view noun) {
  return grouped(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string spaced(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string one_line(std::string_view text, std::size_t max_bytes) {
  std::string out;
  for (const char c : shorten(text, max_bytes)) {
    if (c == '\n') out += "¶";
    else if (c == '\t' || c == '\r') out += ' ';
    else out += c;
  }
  return out;
}

std::string action_letter(const Action& action) {
  const std::optional<ActionKind> kind = action_kind(action.action_type);
  return kind ? std::string(action_name(*kind).substr(0, 1)) : "?";
}

std::string outcome_text(const StepRecord& step) {
  const StepResult& result = step.result;
  if (result.error) return std::string(code_name(result.error->code));
  const std::optional<ActionKind> kind = action_kind(step.action.action_type);
  if (kind == ActionKind::kDescribe) return "described";
  if (kind == ActionKind::kAnswer) return result.terms.terminal > 0 ? "correct" : "not correct";
  return result.table ? counted(result.table->rows.size(), "row") : "";
}

std::optional<std::string> answer_text(const ResultTable& table) {
  const bool one_column = table.columns.size() == 1;
  if (one_column && table.rows.size() == 1) return json_cell(table.rows[0][0]);
  std::string out = "[";
  for (const std::vector<Value>& row : table.rows) {
    if (out.size() > 1) out += one_column ? ", " : ",\n ";
    out += one_column ? json_cell(row[0]) : json_row(row);
    if (out.size() > kMostAnswerBytes) return std::nullopt;
  }
  return out + "]";
}

std::string tab_separated(const ResultTable& table) {
  std::string out = tab_free(join(table.columns, "\x1f"));
  std::replace(out.begin(), out.end(), '\x1f', '\t');
  for (const std::vector<Value>& row : table.rows) {
    out += '\n';
    for (std::size_t i = 0; i < row.size(); ++i)
      out += (i == 0 ? "" : "\t") + tab_free(display_text(row[i]));
  }
  return out;
}

ResultTable description_table(const Table& table) {
  ResultTable out;
  out.columns = {"column", "type", "key", "references"};
  for (const Column& column : table.columns)
    out.rows.push_back(
        {column.name, column.type, key_text(table, column), reference_text(table, column)});
  return out;
}

}  // namespace sqlenv::ui
