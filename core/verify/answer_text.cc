#include "core/verify/answer_text.h"

#include "core/base/decimal.h"
#include "core/base/text.h"

namespace sqlenv {
namespace {

std::string quoted(const std::string& text) {
  constexpr std::string_view kFrom = "\"\\\n\r\t\b\f";
  constexpr std::string_view kTo = "\"\\nrtbf";
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : valid_utf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (const std::size_t at = kFrom.find(c); at != std::string_view::npos) {
      out += '\\';
      out += kTo[at];
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

struct CellText {
  std::string operator()(Null) const { return "null"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return shortest_decimal(value); }
  std::string operator()(const std::string& value) const { return quoted(value); }
  std::string operator()(const Blob& value) const { return display_text(value); }
};

std::string row_text(const std::vector<Value>& row) {
  std::vector<std::string> cells;
  for (const Value& value : row) cells.push_back(std::visit(CellText{}, value));
  return join(cells, ", ");
}

}  // namespace

std::string answer_text(const ResultTable& table) {
  const bool one_column = table.columns.size() == 1;
  if (one_column && table.rows.size() == 1) return row_text(table.rows.front());
  std::vector<std::string> rows;
  for (const auto& row : table.rows)
    rows.push_back(one_column ? row_text(row) : "[" + row_text(row) + "]");
  return "[" + join(rows, ", ") + "]";
}

}  // namespace sqlenv
