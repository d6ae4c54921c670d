#include "core/agent/last_result.h"

namespace sqlenv {
namespace {

// "(3 rows)" or "(20 of 35 rows shown)".
bool counts_rows(std::string_view line) {
  return line.starts_with('(') &&
         (line.ends_with(" rows)") || line.ends_with(" row)") || line.ends_with(" rows shown)"));
}

}  // namespace

std::optional<std::string> answer_from_result(std::string_view result) {
  const std::size_t header = result.find('\n');
  const std::size_t last = result.rfind('\n');
  if (last == std::string_view::npos || !counts_rows(result.substr(last + 1))) return std::nullopt;
  if (header == last) return "[]";
  return std::string(result.substr(header + 1, last - header - 1));
}

}  // namespace sqlenv
