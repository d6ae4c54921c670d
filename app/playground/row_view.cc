#include "app/playground/row_view.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "app/playground/format.h"
#include "core/base/text.h"
#include "core/wire/json_writer.h"

namespace sqlenv::ui {
namespace {

// Separates cells, so that no text is found across two of them.
constexpr char kBetweenCells = '\x1f';

// The sort key of a value. `rest` is what the double loses of an integer, so that integers and
// reals have one total order.
struct Key {
  enum Kind : std::uint8_t { kNumber, kText, kBlob, kNull };
  Kind kind = kNull;
  double number = 0;
  std::int64_t rest = 0;
  std::string_view text;
};

Key key_of(const Value& value) {
  Key key;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    key.kind = Key::kNumber;
    key.number = static_cast<double>(*integer);
    constexpr double kEnd = 9223372036854775808.0;
    key.rest = *integer - (key.number >= kEnd ? std::numeric_limits<std::int64_t>::max()
                                              : static_cast<std::int64_t>(key.number));
  } else if (const auto* real = std::get_if<double>(&value)) {
    key.kind = Key::kNumber;
    key.number = *real;
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    key.kind = Key::kText;
    key.text = *text;
  } else if (const auto* blob = std::get_if<Blob>(&value)) {
    key.kind = Key::kBlob;
    key.text = blob->bytes;
  }
  return key;
}

bool less(const Key& a, const Key& b) {
  if (a.kind != b.kind) return a.kind < b.kind;
  if (a.kind == Key::kNumber) return a.number != b.number ? a.number < b.number : a.rest < b.rest;
  return a.text < b.text;
}

// Sorts indexes of `keys` like std::stable_sort, in a tenth of the code size.
template <class Less>
void order_keys(const std::vector<Key>& keys, std::vector<std::uint32_t>& order, Less before) {
  std::vector<std::uint32_t> other(order.size());
  for (std::size_t run = 1; run < order.size(); run *= 2) {
    for (std::size_t begin = 0; begin < order.size(); begin += 2 * run) {
      const std::size_t middle = std::min(begin + run, order.size());
      const std::size_t end = std::min(begin + 2 * run, order.size());
      std::size_t left = begin;
      std::size_t right = middle;
      for (std::size_t to = begin; to < end; ++to) {
        const bool take_right =
            left == middle || (right < end && before(keys[order[right]], keys[order[left]]));
        other[to] = take_right ? order[right++] : order[left++];
      }
    }
    order.swap(other);
  }
}

std::string csv_cell(std::string_view cell) {
  if (!cell.empty() && cell.find_first_of(",\"\r\n") == std::string_view::npos)
    return std::string(cell);
  std::string out = "\"";
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace

void RowView::set_table(const ResultTable& table) {
  order_of_.resize(table.rows.size());
  std::iota(order_of_.begin(), order_of_.end(), 0u);
  kept_.assign(table.rows.size(), 1);
  rows_ = order_of_;
  allowed_.clear();
  column_ = 0;
  order_ = SortOrder::kNone;
  filter_.clear();
  text_.clear();
  ends_.clear();
}

void RowView::collect() {
  rows_.clear();
  for (const std::uint32_t row : order_of_)
    if (kept_[row] != 0 && (allowed_.empty() || allowed_[row] != 0)) rows_.push_back(row);
}

void RowView::limit(std::vector<char> allowed) {
  allowed_ = std::move(allowed);
  collect();
}

void RowView::sort(const ResultTable& table, std::size_t column, SortOrder order) {
  column_ = column;
  order_ = order;
  std::iota(order_of_.begin(), order_of_.end(), 0u);
  if (order != SortOrder::kNone) {
    std::vector<Key> keys;
    keys.reserve(order_of_.size());
    for (const std::uint32_t row : order_of_) keys.push_back(key_of(table.rows[row][column]));
    order_keys(keys, order_of_, [order](const Key& a, const Key& b) {
      if (order == SortOrder::kAscending || a.kind == Key::kNull || b.kind == Key::kNull)
        return less(a, b);
      return less(b, a);
    });
  }
  collect();
}

void RowView::read_text(const ResultTable& table) {
  std::string text;
  for (const std::vector<Value>& row : table.rows) {
    for (const Value& value : row) {
      if (const auto* cell = std::get_if<std::string>(&value)) text += *cell;
      else text += display_text(value);
      text += kBetweenCells;
    }
    ends_.push_back(text.size());
  }
  text_ = to_lower(text);
}

bool RowView::holds(std::size_t row) const {
  const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
  return std::string_view(text_).substr(begin, ends_[row] - begin).find(filter_) !=
         std::string_view::npos;
}

void RowView::filter(const ResultTable& table, std::string_view text) {
  const std::string wanted = to_lower(text);
  if (wanted == filter_) return;
  const bool narrower = wanted.find(filter_) != std::string::npos;
  filter_ = wanted;
  if (ends_.empty() && !table.rows.empty()) read_text(table);
  for (std::size_t row = 0; row < kept_.size(); ++row)
    if (!narrower || kept_[row] != 0) kept_[row] = holds(row) ? 1 : 0;
  collect();
}

ResultTable viewed_table(const ResultTable& table, const RowView& view) {
  ResultTable out;
  out.columns = table.columns;
  out.rows.reserve(view.rows().size());
  for (const std::uint32_t row : view.rows()) out.rows.push_back(table.rows[row]);
  return out;
}

std::string csv_text(const ResultTable& table) {
  std::string out;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    out += (i == 0 ? "" : ",") + csv_cell(table.columns[i]);
  out += "\r\n";
  for (const std::vector<Value>& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += ',';
      if (!is_null(row[i])) out += csv_cell(display_text(row[i]));
    }
    out += "\r\n";
  }
  return out;
}

std::string json_text(const ResultTable& table) {
  std::string out = "{\"columns\": [";
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    out += (i == 0 ? "" : ", ") + json_string(table.columns[i]);
  out += "], \"rows\": [";
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    out += (i == 0 ? "\n  " : ",\n  ") + json_row(table.rows[i]);
  return out + "]}\n";
}

}  // namespace sqlenv::ui
