#include "core/task/script_report.h"

#include <algorithm>

#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMostEntries = 200;

}  // namespace

void ScriptReport::skip(const std::string& kind, const std::string& what, const std::string& why) {
  for (Entry& entry : entries_)
    if (entry.kind == kind && entry.first.why == why) return ++entry.count, void();
  const bool full = entries_.size() >= kMostEntries;
  if (full && entries_.back().kind == "…") return ++entries_.back().count, void();
  entries_.push_back(full ? Entry{"…", {what, "of other kinds"}} : Entry{kind, {what, why}});
}

void ScriptReport::finish() {
  for (Entry& entry : entries_) {
    if (entry.count > 1) entry.first.what += " and " + std::to_string(entry.count - 1) + " more";
    import_.skipped.push_back(std::move(entry.first));
  }
  entries_.clear();
}

std::string shown_statement(std::string_view statement, const StatementHead& head) {
  if (!head.name.empty()) return shorten(head.kind + " " + head.name, 60);
  const std::string text = collapse_spaces(statement.substr(0, 200));
  std::size_t end = 0;
  for (int words = 0; words < 3 && end < text.size(); ++words)
    end = std::min(text.find_first_of(" (", end + 1), text.size());
  return shorten(trim(std::string_view(text).substr(0, end)), 60);
}

}  // namespace sqlenv
