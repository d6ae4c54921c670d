#include "core/wire/import_json.h"

#include "core/wire/json.h"

namespace sqlenv {
namespace {

Json remarks(const std::vector<ImportRemark>& list) {
  Json json = Json::array();
  for (const ImportRemark& remark : list)
    json.push_back({{"what", remark.what}, {"why", remark.why}});
  return json;
}

Json databases(const ImportReport& report) {
  Json json = Json::array();
  for (const ImportReport::DatabaseLine& line : report.databases)
    json.push_back({{"name", line.name},
                    {"bytes", line.bytes},
                    {"tables", line.tables},
                    {"rows", line.rows},
                    {"questions", line.questions}});
  return json;
}

Json table(const ImportedTable& table) {
  Json columns = Json::array();
  for (const ImportedTable::Column& column : table.columns) {
    Json entry = {{"name", column.name}, {"type", column.type}};
    if (!column.why.empty()) entry["why"] = column.why;
    columns.push_back(std::move(entry));
  }
  return {{"file", table.file},         {"table", table.table},
          {"encoding", table.encoding}, {"delimiter", table.delimiter},
          {"header", table.header},     {"rows", table.rows},
          {"columns", columns}};
}

}  // namespace

std::string import_report_json(const ImportReport& report) {
  Json tables = Json::array();
  for (const ImportedTable& imported : report.tables) tables.push_back(table(imported));
  const Json json = {
      {"pack", report.pack},
      {"digest", report.digest},
      {"folder", report.folder},
      {"databases", databases(report)},
      {"questions",
       {{"train", report.train}, {"eval", report.eval}, {"generated", report.generated}}},
      {"tables", tables},
      {"skipped", remarks(report.skipped)},
      {"notes", remarks(report.notes)}};
  return write_json(json, 2) + "\n";
}

std::string import_error_json(const Error& error, const std::vector<ImportRemark>& skipped) {
  const Json json = {{"error", {{"code", code_name(error.code)}, {"message", error.message}}},
                     {"skipped", remarks(skipped)}};
  return write_json(json, 2) + "\n";
}

}  // namespace sqlenv
