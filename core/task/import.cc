#include "core/task/import.h"

#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/sql/query_errors.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

constexpr std::size_t kLongestName = 80;

bool is_plain_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte != 0x7f && c != '/' && c != '\\' && c != ':';
}

std::string megabytes(std::int64_t bytes) {
  return std::to_string((bytes + (1 << 20) - 1) >> 20) + " MiB";
}

// The names of hidden tables, by their owner.
std::map<std::string, std::string> hidden_tables(const Schema& schema) {
  std::map<std::string, std::string> hidden;
  for (const LeftOut& left : schema.left_out) {
    if (left.kind != LeftOut::Kind::kHiddenTable) continue;
    std::string& names = hidden[left.owner];
    names += (names.empty() ? "" : ", ") + left.table;
  }
  return hidden;
}

}  // namespace

void note_left_out(const std::string& file, const Schema& schema,
                   std::vector<ImportRemark>& notes) {
  std::map<std::string, std::string> hidden = hidden_tables(schema);
  for (const LeftOut& left : schema.left_out) {
    if (left.kind == LeftOut::Kind::kHiddenTable) continue;
    std::string what = "the view ";
    if (left.kind == LeftOut::Kind::kVirtualTable) what = "the virtual table ";
    if (left.kind == LeftOut::Kind::kColumn)
      what = "the column " + quote_identifier(left.column) + " of ";
    what += quote_identifier(left.table) + " is left out: " + refusal_reason(left.reason);
    if (const auto own = hidden.find(left.table);
        left.kind == LeftOut::Kind::kVirtualTable && own != hidden.end()) {
      what += "; its own tables are hidden: " + own->second;
      hidden.erase(own);
    }
    notes.push_back({file, std::move(what)});
  }
  for (const auto& [owner, tables] : hidden)
    notes.push_back({file, "tables of " + owner + " are hidden: " + tables});
}

Result<void> check_size(const std::string& name, std::int64_t bytes, std::int64_t limit) {
  if (bytes <= limit) return {};
  return fail(ErrorCode::kTooLarge, name + " is too large: " + megabytes(bytes) + ", at most " +
                                        megabytes(limit) + " can be imported.");
}

Result<void> check_total_size(const std::vector<NamedBytes>& texts, const std::string& together) {
  std::int64_t total = 0;
  for (const NamedBytes& text : texts) total += std::ssize(text.bytes);
  return check_size(texts.size() == 1 ? texts.front().name : together, total, kMaxTextBytes);
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && name.front() != '.' &&
         name.front() != '-' && trim(name).size() == name.size() &&
         valid_utf8_bytes(name) == name.size() &&
         std::all_of(name.begin(), name.end(), is_plain_byte);
}

std::string plain_name(std::string_view file) {
  file = file.substr(file.find_last_of("/\\") + 1);
  if (const std::size_t dot = file.rfind('.'); dot != std::string_view::npos && dot > 0)
    file = file.substr(0, dot);
  std::string name = valid_utf8(file);
  for (char& c : name)
    if (!is_plain_byte(c)) c = '_';
  const std::size_t start = name.find_first_not_of(".- ");
  name = std::string(trim(start == std::string::npos ? "" : name.substr(start)));
  if (name.size() > kLongestName) {
    name = shorten(name, kLongestName);
    name = std::string(trim(name.substr(0, name.size() - std::string_view("…").size())));
  }
  return name.empty() ? "data" : name;
}

std::string unused_name(const std::string& name, std::set<std::string>& taken) {
  std::string candidate = name;
  for (int n = 2; !taken.insert(to_lower(candidate)).second; ++n)
    candidate = name + "_" + std::to_string(n);
  return candidate;
}

ImportReport report_of(const Pack& pack) {
  ImportReport report;
  report.pack = pack.name;
  report.digest = pack.digest;
  for (const PackDatabase& database : pack.databases) {
    ImportReport::DatabaseLine line{database.name, std::ssize(database.image.bytes())};
    for (const Table& table : database.image.schema().tables) {
      line.tables += table.is_view ? 0 : 1;
      line.rows += table.row_count.value_or(0);
    }
    for (const Question& question : pack.questions)
      line.questions += question.database == database.name ? 1 : 0;
    report.databases.push_back(line);
  }
  for (const Question& question : pack.questions)
    ++(question.split == "train" ? report.train : report.eval);
  return report;
}

Result<Pack> pack_of(Import import) {
  Pack pack;
  pack.name = std::move(import.name);
  pack.title = std::move(import.title);
  pack.license = std::move(import.license);
  pack.databases = std::move(import.databases);
  pack.questions = std::move(import.questions);
  return seal_pack(std::move(pack));
}

}  // namespace sqlenv
