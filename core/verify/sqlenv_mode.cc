#include "core/verify/sqlenv_mode.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/decimal.h"
#include "core/base/text.h"
#include "core/base/unicode.h"
#include "core/verify/answer.h"
#include "core/verify/compare.h"
#include "core/verify/literal.h"

namespace sqlenv {
namespace {

using Texts = std::vector<std::string>;

std::string folded(std::string_view text) { return to_lower_unicode(collapse_spaces(text)); }

std::string text_of(const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) return shortest_decimal(*real);
  return display_text(value);
}

std::string text_of(const AnswerCell& cell) {
  return cell.literal ? text_of(*cell.literal) : cell.text;
}

std::string without_quotes(std::string_view body) {
  const std::optional<Literal> literal = read_literal(body);
  return literal && !literal->is_list ? literal->cell.text : std::string(body);
}

std::optional<double> float_of(std::string_view text) {
  if (const auto infinite = infinity_word(trim(text))) return infinite;
  return parse_decimal(trim(text));
}

Verdict verdict_of(bool correct, const std::string& rule) {
  if (correct) return {true, Reason::kMatch, "It matches: " + rule + ".", {}};
  return wrong_verdict(Reason::kValue, "It does not match: " + rule + ".");
}

Verdict compare_integer(const Value& gold, const std::string& answer) {
  const std::optional<double> right = float_of(text_of(gold));
  const std::optional<double> given = float_of(answer);
  const bool equal =
      right && given && std::isfinite(*given) && std::trunc(*right) == std::trunc(*given);
  return verdict_of(equal, "numbers are cut to integers and compared");
}

Verdict compare_float(const Value& gold, const std::string& answer) {
  const std::optional<double> right = float_of(text_of(gold));
  const std::optional<double> given = float_of(answer);
  const bool equal = right && given &&
                     (*right == *given || std::fabs(*given - *right) <= 0.01 * std::fabs(*right));
  return verdict_of(equal, "numbers may differ by one hundredth of the right one");
}

std::string folded_row(const Row& row) {
  Texts cells;
  for (const Value& value : row) cells.push_back(text_of(value));
  return folded(join(cells, " | "));
}

// The items of a list, with inner lists flattened.
void add_items(const Literal& literal, Texts& items) {
  if (!literal.is_list) items.push_back(folded(text_of(literal.cell)));
  for (const Literal& item : literal.items) add_items(item, items);
}

std::vector<std::string_view> pieces(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t at = text.find(separator);
    out.push_back(trim(text.substr(0, at)));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

Verdict compare_list(const Gold& gold, std::string_view body) {
  Texts items;
  const std::optional<Literal> literal = read_literal(body);
  if (literal) {
    add_items(*literal, items);
  } else {
    const char separator = body.find('\n') == std::string_view::npos ? ',' : '\n';
    for (const std::string_view piece : pieces(body, separator))
      if (!piece.empty()) items.push_back(folded(piece));
  }
  Texts right;
  for (const Row& row : gold.table.rows) right.push_back(folded_row(row));
  const bool equal = std::set<std::string>(items.begin(), items.end()) ==
                     std::set<std::string>(right.begin(), right.end());
  return verdict_of(equal, "lists are compared as sets of texts");
}

std::optional<std::vector<Texts>> table_of(std::string_view body) {
  std::vector<Texts> rows;
  if (body[0] == '[') {
    const std::optional<Literal> list = read_literal(body);
    const std::optional<AnswerRows> read = list ? rows_of_list(*list, 1, 2) : std::nullopt;
    if (!read) return std::nullopt;
    for (const auto& cells : *read) {
      rows.emplace_back();
      for (const AnswerCell& cell : cells) rows.back().push_back(folded(text_of(cell)));
    }
    return rows;
  }
  for (const std::string_view line : pieces(body, '\n')) {
    if (line.empty()) continue;
    rows.emplace_back();
    for (const std::string_view cell : pieces(line, '|')) rows.back().push_back(folded(cell));
  }
  return rows;
}

Verdict compare_table(const Gold& gold, std::string_view body) {
  std::optional<std::vector<Texts>> rows = table_of(body);
  if (!rows) return wrong_verdict(Reason::kParse, "The answer could not be read as a table.");
  std::vector<Texts> right;
  for (const Row& row : gold.table.rows) {
    right.emplace_back();
    for (const Value& value : row) right.back().push_back(folded(text_of(value)));
  }
  std::sort(rows->begin(), rows->end());
  std::sort(right.begin(), right.end());
  return verdict_of(*rows == right, "rows are compared as texts, in any order");
}

// The type that an importer gives such a question.
std::string type_of(const ResultTable& table) {
  if (table.columns.size() > 1) return "table";
  if (table.rows.size() != 1) return "list";
  const Value& value = table.rows.front().front();
  if (std::holds_alternative<std::int64_t>(value)) return "integer";
  return std::holds_alternative<double>(value) ? "float" : "string";
}

Verdict compare_text(const Gold& gold, const std::string& type, std::string_view body) {
  if (type == "list") return compare_list(gold, body);
  if (type == "table") return compare_table(gold, body);
  if (gold.table.rows.empty() || gold.table.rows.front().empty())
    return verdict_of(false, "the gold query gives no row");
  const Value& value = gold.table.rows.front().front();
  const std::string text = without_quotes(body);
  if (type == "integer") return compare_integer(value, text);
  if (type == "float") return compare_float(value, text);
  const std::string right = folded(text_of(value));
  return verdict_of(right == folded(body) || right == folded(text),
                    "texts are compared without regard to case and blanks");
}

}  // namespace

Verdict compare_by_sqlenv_rules(const Gold& gold, std::string_view answer) {
  const std::string type = gold.answer_type.empty() ? type_of(gold.table) : gold.answer_type;
  Verdict verdict;
  for (const std::string_view body : answer_layers(answer)) {
    verdict = body.empty() ? wrong_verdict(Reason::kEmpty, "The answer is blank.")
                           : compare_text(gold, type, body);
    if (verdict.correct) break;
  }
  return verdict;
}

}  // namespace sqlenv
