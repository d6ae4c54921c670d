// RowView: a sorted and filtered view of the rows of a result, which it does not change.
//
// Sorting puts numbers before text before blobs, numbers by their value and text by its bytes, NULL
// last whatever the direction; equal values keep their order. The filter keeps rows of which a cell
// holds the text, ignoring the case of ASCII letters. Both do their work once, when they change: a
// filter that grows looks only at the rows that it kept. The result must outlive the view's use and
// not change; set_table() starts anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/sql/value.h"

namespace sqlenv::ui {

enum class SortOrder { kNone, kAscending, kDescending };

class RowView {
 public:
  void set_table(const ResultTable& table);

  void sort(const ResultTable& table, std::size_t column, SortOrder order);
  void filter(const ResultTable& table, std::string_view text);

  // Keeps only the rows whose element is not 0, besides what the filter does. Empty: all.
  void limit(std::vector<char> allowed);

  // The indexes of the rows that are kept, in their order.
  const std::vector<std::uint32_t>& rows() const { return rows_; }
  std::size_t sorted_column() const { return column_; }
  SortOrder order() const { return order_; }

 private:
  void read_text(const ResultTable& table);
  bool holds(std::size_t row) const;
  void collect();

  std::vector<std::uint32_t> order_of_;  // all rows, sorted
  std::vector<char> kept_;               // by the filter
  std::vector<char> allowed_;            // by limit()
  std::vector<std::uint32_t> rows_;
  std::size_t column_ = 0;
  SortOrder order_ = SortOrder::kNone;
  std::string filter_;             // in lower case
  std::string text_;               // all cells, in lower case; empty until something is filtered
  std::vector<std::size_t> ends_;  // of the rows in it
};

// The rows of the view as a table of their own.
ResultTable viewed_table(const ResultTable& table, const RowView& view);

// CSV as in RFC 4180, with a head. NULL is an empty field, an empty text is "".
std::string csv_text(const ResultTable& table);

// {"columns": [...], "rows": [[...], ...]}: names may occur twice, so rows are no objects.
std::string json_text(const ResultTable& table);

}  // namespace sqlenv::ui
