#include "core/verify/answer.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/base/wrapping.h"
#include "core/verify/answer_table.h"
#include "core/verify/literal.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMaxLayers = 6;

bool equal_names(std::string_view a, std::string_view b) {
  return equal_ignoring_case(trim(a), trim(b));
}

AnswerRow cells_of(const Literal& row) {
  AnswerRow cells;
  for (const Literal& item : row.items) {
    if (item.is_list) return {};
    cells.push_back(item.cell);
  }
  return cells;
}

// The cells of an object in the order of `keys`; none if it has other keys.
std::optional<AnswerRow> cells_by_key(const Literal& object, const std::vector<std::string>& keys) {
  AnswerRow cells = cells_of(object);
  if (object.keys == keys) return cells;
  AnswerRow ordered;
  for (const std::string& key : keys) {
    const auto found = std::find(object.keys.begin(), object.keys.end(), key);
    if (found == object.keys.end() || std::count(keys.begin(), keys.end(), key) > 1)
      return std::nullopt;
    const auto at = static_cast<std::size_t>(found - object.keys.begin());
    if (at < cells.size()) ordered.push_back(cells[at]);
  }
  return keys.size() == object.keys.size() ? std::optional(ordered) : std::nullopt;
}

const std::vector<std::string>* keys_of(const Literal& list) {
  const Literal& first = list.is_object() || list.items.empty() ? list : list.items.front();
  return first.is_object() ? &first.keys : nullptr;
}

// Lines that are lists, tuples or objects, as one list.
std::optional<Literal> read_lists(std::string_view text) {
  Literal all;
  all.is_list = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::optional<Literal> item = read_literal(trim(text.substr(0, end)));
    if (!item || !item->is_list) return std::nullopt;
    all.items.push_back(std::move(*item));
    text = trim(text.substr(end));
  }
  return all;
}

bool has(std::string_view text, char c) { return text.find(c) != std::string_view::npos; }

}  // namespace

enum class Notation { kWhole, kQuoted, kList, kTable, kOneLine };

struct AnswerReader::Plan {
  Notation notation;
  std::string_view text;
  char separator = kWholeLine;
  CellStyle style = CellStyle::kTrimmed;
};

AnswerReader::~AnswerReader() = default;

AnswerReader::AnswerReader(std::string_view text, std::size_t gold_rows,
                           const std::vector<std::string>& columns)
    : rows_(gold_rows), columns_(columns) {
  for (std::size_t i = 0; i < columns.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) unique_ = unique_ && !equal_names(columns[i], columns[j]);
  const std::vector<std::string_view> layers = answer_layers(text);
  plan_layer(text);
  for (std::size_t i = 1; i < layers.size(); ++i) plan_layer(layers[i]);
}

void AnswerReader::plan_layer(std::string_view text) {
  const std::string_view body = trim(text);
  broken_ = false;
  if (body.empty()) return;
  const bool column = columns_.size() == 1;
  if (column && text.size() != body.size()) plans_.push_back({Notation::kWhole, text});
  if (column && rows_ > 1) plans_.push_back({Notation::kWhole, body});
  std::optional<Literal> literal = read_literal(body);
  if (!literal && has("[({", body.front()) && has(body, '\n')) literal = read_lists(body);
  broken_ = !literal && body.front() == '[';
  if (literal && literal->is_list) {
    if (column && rows_ <= 1) plans_.push_back({Notation::kWhole, body});
    if (column && has(body, '\n')) plan_table(text, body, kWholeLine);
    // A row whose first cell begins with a bracket, and whose last cell ends with one.
    if (!column && (has(body, '|') || has(body, '\t'))) plan_lines(text, body);
    lists_.push_back(std::move(*literal));
    plans_.push_back({Notation::kList, body});
    return;
  }
  plan_lines(text, body);
  if (!column || rows_ > 1) return;
  plans_.push_back({Notation::kWhole, body});
  if (literal && has("\"'", body.front())) plans_.push_back({Notation::kQuoted, body});
}

void AnswerReader::plan_lines(std::string_view text, std::string_view body) {
  const std::size_t line = body.find('\n');
  const bool lines = line != std::string_view::npos;
  const bool framed = body.front() == '|' || body.front() == '+' || body.front() == '\xE2';
  if (columns_.size() == 1 && (lines || (rows_ <= 1 && (counted_rows(body) || has(body, '\\'))))) {
    if (rows_ <= 1 && equal_names(body.substr(0, line), columns_[0]))
      plans_.push_back({Notation::kWhole, trim(body.substr(line))});
    plan_table(text, body, kWholeLine);
    if (framed) plan_table(text, body, '|');
  } else if (columns_.size() > 1 || rows_ > 1) {
    const std::size_t second = std::min(body.find('\n', line + 1), body.size());
    if (lines && rule_pieces(body.substr(line + 1, second - line - 1)).size() == columns_.size())
      plan_table(text, body, kAligned);
    const bool others = has(body, '\t') || has(body, '|') || framed;
    for (const char separator : {',', '\t', '|'}) {
      const bool bar = separator == '|';
      if (has(body, separator) || (bar && framed) || (separator == ',' && !others))
        plan_table(text, body, separator);
    }
  }
}

void AnswerReader::plan_table(std::string_view text, std::string_view body, char separator) {
  // Several values of one column may stand on one line.
  const bool one_line = columns_.size() == 1 && !has(body, '\n') && separator != kWholeLine;
  const Notation notation = one_line ? Notation::kOneLine : Notation::kTable;
  if (separator != kAligned) {
    plans_.push_back({notation, text, separator, CellStyle::kAsIs});
    plans_.push_back({notation, body, separator, CellStyle::kTrimmed});
  }
  plans_.push_back({notation, body, separator, CellStyle::kFramed});
  const bool quotes = has(body, '"') || has(body, '\'');
  const bool marks = body.find_first_of("`*\\") != std::string_view::npos;
  if (quotes && marks) plans_.push_back({notation, body, separator, CellStyle::kCsv});
  if (quotes || marks) plans_.push_back({notation, body, separator, CellStyle::kDecoded});
}

std::optional<AnswerReading> AnswerReader::next() {
  if (second_) return std::exchange(second_, std::nullopt);
  while (at_ < plans_.size())
    if (std::optional<AnswerReading> reading = read(plans_[at_++])) return reading;
  return std::nullopt;
}

std::optional<AnswerReading> AnswerReader::read(const Plan& plan) {
  if (plan.notation == Notation::kWhole)
    return AnswerReading{{{{valid_utf8(plan.text), std::nullopt}}}};
  // Quotes around a whole answer are style, not a type.
  if (plan.notation == Notation::kQuoted)
    return AnswerReading{{{{read_literal(plan.text)->cell.text, std::nullopt}}}};
  if (plan.notation == Notation::kList) {
    const Literal list = std::move(lists_.front());
    lists_.erase(lists_.begin());
    std::optional<AnswerRows> rows = rows_of_list(list, rows_, columns_.size());
    broken_ = !rows;
    if (!rows) return std::nullopt;
    const std::vector<std::string>* keys = keys_of(list);
    if (keys == nullptr) return settle(std::move(*rows));
    AnswerRow header;
    for (const std::string& key : *keys) header.push_back({key, std::nullopt});
    return named_by(header, std::move(*rows));
  }
  const bool one_line = plan.notation == Notation::kOneLine;
  TextTable table =
      read_text_table(plan.text, plan.separator, plan.style, one_line ? 0 : columns_.size());
  if (one_line && !table.rows.empty()) {
    const AnswerRow cells = std::exchange(table.rows, {}).front();
    for (const AnswerCell& cell : cells) table.rows.push_back({cell});
  }
  if (!table.header) return table.settled ? AnswerReading{table.rows} : settle(table.rows);
  if (table.settled) return named_by(*table.header, std::move(table.rows));
  AnswerRows all = table.rows;
  all.insert(all.begin(), *table.header);
  return both(std::move(all), named_by(*table.header, std::move(table.rows)));
}

// For each column of the gold, its place in a header of their names.
std::optional<std::vector<std::size_t>> AnswerReader::order_of(const AnswerRow& header) const {
  if (header.size() != columns_.size()) return std::nullopt;
  std::vector<std::size_t> order;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::size_t at = c;
    for (std::size_t i = 0; i < header.size() && !equal_names(header[at].text, columns_[c]); ++i)
      at = i;
    if (!equal_names(header[at].text, columns_[c]) || (at != c && !unique_)) return std::nullopt;
    order.push_back(at);
  }
  return order;
}

AnswerReading AnswerReader::named_by(const AnswerRow& header, AnswerRows rows) const {
  const std::optional<std::vector<std::size_t>> order = order_of(header);
  if (!order) return {std::move(rows), false};
  for (AnswerRow& row : rows) {
    if (row.size() != order->size()) continue;
    AnswerRow ordered;
    for (const std::size_t c : *order) ordered.push_back(row[c]);
    row = std::move(ordered);
  }
  return {std::move(rows), unique_};
}

AnswerReading AnswerReader::settle(AnswerRows rows) {
  if (rows.empty() || !order_of(rows.front())) return {std::move(rows), false};
  AnswerReading below = named_by(rows.front(), AnswerRows(rows.begin() + 1, rows.end()));
  return both(std::move(rows), std::move(below));
}

AnswerReading AnswerReader::both(AnswerRows rows, AnswerReading below_header) {
  AnswerReading all = {std::move(rows), false};
  // The likelier reading comes last.
  if (all.rows.size() == rows_) std::swap(all, below_header);
  second_ = std::move(below_header);
  return all;
}

std::vector<std::string_view> answer_layers(std::string_view text) {
  std::vector<std::string_view> layers = {trim(text)};
  for (std::string_view layer = layers.back(); take_layer(layer, Wrapped::kAnswer);)
    if (layers.size() < kMaxLayers) layers.push_back(layer);
    else layers.back() = layer;
  return layers;
}

std::optional<AnswerRows> rows_of_list(const Literal& list, std::size_t gold_rows,
                                       std::size_t columns) {
  if (list.is_object()) return AnswerRows{cells_of(list)};
  const auto is_list = [](const Literal& item) { return item.is_list; };
  AnswerRows rows;
  if (std::none_of(list.items.begin(), list.items.end(), is_list)) {
    if (gold_rows == 1 && columns > 1 && !list.items.empty()) return AnswerRows{cells_of(list)};
    for (const Literal& item : list.items) rows.push_back({item.cell});
    return rows;
  }
  if (!std::all_of(list.items.begin(), list.items.end(), is_list)) return std::nullopt;
  const std::vector<std::string>* keys = keys_of(list);
  for (const Literal& item : list.items) {
    if (item.is_object() != (keys != nullptr)) return std::nullopt;
    std::optional<AnswerRow> cells = keys ? cells_by_key(item, *keys) : cells_of(item);
    if (!cells) return std::nullopt;
    rows.push_back(std::move(*cells));
  }
  return rows;
}

}  // namespace sqlenv
