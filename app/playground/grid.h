// Grid: a result as rows and columns that scroll, of any size: only what is in sight is drawn.
//
// Columns are as wide as their contents, up to a limit, and are dragged wider by the edges of the
// head; numbers are aligned to the right. The head names the type of a column's values; pressing it
// sorts, up, down and not at all. NULL is a small plate, so that the text "NULL" looks different. A
// cell that is cut shows its whole text when the pointer rests on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/playground/row_view.h"
#include "app/playground/ui.h"
#include "core/sql/value.h"

namespace sqlenv::ui {

// Columns of one result that are drawn; a result may have thousands.
inline constexpr int kMostColumns = 200;

// Whether the head names the types of values. A result's does, a description of a table does not.
enum class GridHead { kNames, kNamesAndTypes };

class Grid {
 public:
  // `version` identifies the table: columns are measured and rows ordered anew when it
  // changes. open() may come before draw() in a frame, to read or filter the rows.
  void open(const Ui& ui, const ResultTable& table, std::uint64_t version);
  void draw(Ui& ui, std::string_view id, const ResultTable& table, std::uint64_t version,
            ImVec2 size, GridHead head = GridHead::kNamesAndTypes);

  RowView& view() { return view_; }

  // Makes rows buttons. pressed_row() is the one that was pressed in the last frame.
  void press_rows() { presses_rows_ = true; }
  std::optional<std::uint32_t> pressed_row() const { return pressed_row_; }

  // The height of the grid if all its rows are shown.
  static float full_height(const Ui& ui, const ResultTable& table,
                           GridHead head = GridHead::kNamesAndTypes);

 private:
  struct Column {
    float width = 0;
    bool numeric = false;
    const char* type = "";  // of its values
  };

  void measure_columns(const Ui& ui, const ResultTable& table);
  void head(Ui& ui, std::string_view id, const ResultTable& table);
  void head_cell(Ui& ui, std::string_view id, const ResultTable& table, std::size_t column);
  void row(Ui& ui, std::string_view id, const ResultTable& table, std::uint32_t index);
  void row_press(Ui& ui, const std::string& id, std::uint32_t index, bool hovered, float height);
  void cell(Ui& ui, const Value& value, const Column& column) const;

  std::vector<Column> columns_;
  RowView view_;
  GridHead head_ = GridHead::kNamesAndTypes;
  float number_width_ = 0;
  bool presses_rows_ = false;
  std::optional<std::uint32_t> pressed_row_;
  float body_top_ = 0;
  std::uint64_t version_ = ~std::uint64_t{0};
  float scale_ = 0;
};

// Draws a field for the text that a row must hold, and how many rows do.
void filter_row(Ui& ui, std::string_view id, std::string& filter, bool focus, RowView& view,
                const ResultTable& table);

}  // namespace sqlenv::ui
