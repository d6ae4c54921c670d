// The result of an import as one JSON object.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/task/import.h"

namespace sqlenv {

// {"pack", "digest", "folder", "databases": [...], "questions": {"train", "eval", "generated"},
//  "tables": [...], "skipped": [{"what", "why"}], "notes": [{"what", "why"}]}, indented.
std::string import_report_json(const ImportReport& report);

// {"error": {"code", "message"}, "skipped": [...]}, indented.
std::string import_error_json(const Error& error, const std::vector<ImportRemark>& skipped);

}  // namespace sqlenv
