#include "core/task/csv_sample.h"

#include <algorithm>
#include <map>

#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr std::size_t kSampleRecords = 100;
constexpr std::size_t kSampleBytes = 1 << 20;

CsvSample read_bytes(std::string_view text, CsvDialect dialect, std::size_t bytes) {
  const bool cut = text.size() > bytes;
  CsvSample sample;
  CsvReader reader(text.substr(0, bytes), dialect);
  for (CsvRow row; sample.rows.size() < kSampleRecords && reader.next(row);) {
    sample.rows.push_back(std::move(row));
    sample.places.push_back({reader.line(), reader.offset(), reader.after_blank_line()});
  }
  sample.quoted = reader.quoted_cells();
  sample.quoted_behind_blanks = reader.quoted_behind_blanks();
  sample.faulty = (reader.open_quote() != 0 && !cut) || reader.text_after_quote().count > 0;
  if (!cut || sample.rows.size() == kSampleRecords) return sample;
  if (sample.rows.size() < 2) return read_bytes(text, dialect, text.size());
  // The last one may be cut.
  sample.rows.pop_back();
  sample.places.pop_back();
  return sample;
}

}  // namespace

CsvSample read_sample(std::string_view text, CsvDialect dialect) {
  return read_bytes(text, dialect, kSampleBytes);
}

std::size_t used_width(const CsvRow& row) {
  std::size_t width = row.size();
  while (width > 0 && trim(row[width - 1]).empty()) --width;
  return width;
}

std::size_t used_cells(const CsvRow& row) {
  return static_cast<std::size_t>(std::count_if(
      row.begin(), row.end(), [](const std::string& cell) { return !trim(cell).empty(); }));
}

CsvFit commonest_width(const std::vector<CsvRow>& rows, std::size_t begin, std::size_t least) {
  std::map<std::size_t, std::size_t> counts;
  for (std::size_t i = begin; i < rows.size(); ++i) ++counts[rows[i].size()];
  CsvFit best;
  for (const auto& [width, count] : counts)
    if (width >= least && count >= best.records) best = {count, width};
  return best;
}

bool is_split(const std::vector<CsvRow>& rows) {
  const auto whole =
      std::count_if(rows.begin(), rows.end(), [](const CsvRow& row) { return row.size() == 1; });
  return !rows.empty() && (rows[0].size() > 1 || whole * 2 <= std::ssize(rows));
}

std::size_t table_width(const std::vector<CsvRow>& rows, std::size_t begin) {
  const CsvFit fit = commonest_width(rows, begin, 1);
  if (fit.records * 2 <= rows.size() - begin) return rows[begin].size();
  std::size_t used = 1;
  for (std::size_t i = begin; i < rows.size(); ++i)
    if (rows[i].size() <= fit.width) used = std::max(used, used_width(rows[i]));
  return std::min(fit.width, used);
}

std::string_view line_at(std::string_view text, std::size_t at) {
  std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  if (end < text.size() && text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n')
    ++end;
  return text.substr(at, std::min(end + 1, text.size()) - at);
}

char guess_delimiter(std::string_view text, CsvDialect dialect) {
  CsvFit best;
  char found = ',';
  for (const std::string_view group : {",;\t|", "^~\x01\x1f", " "}) {
    if (best.records > 0 || (group == " " && !text.starts_with('"'))) break;
    for (const char delimiter : group) {
      dialect.delimiter = delimiter;
      const std::vector<CsvRow> rows = read_sample(text, dialect).rows;
      const CsvFit fit = commonest_width(rows, 0, 2);
      if (!is_split(rows) || fit.records < best.records ||
          (fit.records == best.records && fit.width <= best.width))
        continue;
      best = fit, found = delimiter;
    }
  }
  return found;
}

bool is_fixed_width(std::string_view text) {
  text = text.substr(0, kSampleBytes);
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size() && lines.size() < kSampleRecords;) {
    const std::string_view line = line_at(text, at);
    if (!trim(line).empty()) lines.push_back(line);
    at += line.size();
  }
  if (lines.size() < 3) return false;
  std::vector<std::size_t> padded;  // in how many lines two blanks stand before this column
  std::vector<std::size_t> starts;  // in how many lines a cell begins here behind a blank
  for (const std::string_view line : lines) {
    starts.resize(std::max(starts.size(), line.size()));
    padded.resize(starts.size());
    for (std::size_t i = 2; i < line.size(); ++i) {
      if (line[i - 1] != ' ' || static_cast<unsigned char>(line[i]) <= ' ') continue;
      ++starts[i];
      if (line[i - 2] == ' ') ++padded[i];
    }
  }
  for (std::size_t i = 2; i < starts.size(); ++i)
    if (starts[i] == lines.size() && padded[i] * 2 >= lines.size()) return true;
  return false;
}

}  // namespace sqlenv
