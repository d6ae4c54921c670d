// Grid: a result as rows and columns that scroll, of any size: only what is in sight is drawn.
//
// Columns are as wide as their contents, up to a limit, and can be resized; numbers stand at the
// right, NULL is quiet. A cell that is cut shows its whole text when the pointer rests on it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "app/playground/ui.h"
#include "core/sql/value.h"

namespace sqlenv::ui {

// Columns of one result that are drawn; a result may have thousands.
inline constexpr int kMostColumns = 200;

class Grid {
 public:
  // `version` tells one table from the next: columns are measured anew when it changes.
  void draw(Ui& ui, std::string_view id, const ResultTable& table, std::uint64_t version,
            ImVec2 size);

  // How high the grid is when all its rows are shown.
  static float full_height(const Ui& ui, const ResultTable& table);

 private:
  struct Column {
    float width = 0;
    bool numeric = false;
  };

  void measure_columns(const Ui& ui, const ResultTable& table);
  void head(Ui& ui, const ResultTable& table) const;
  void row(Ui& ui, const ResultTable& table, int index) const;
  void cell(Ui& ui, const Value& value, const Column& column) const;

  std::vector<Column> columns_;
  float number_width_ = 0;
  std::uint64_t version_ = ~std::uint64_t{0};
  float scale_ = 0;
};

}  // namespace sqlenv::ui
