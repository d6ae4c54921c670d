// The example files of Spider's release.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/task/spider_importer.h"

namespace sqlenv {

// A list of objects with question, query and db_id; other members are ignored. BAD_JSON if it is
// not, naming the first example that lacks one.
Result<std::vector<SpiderExample>> parse_spider_examples(std::string_view json,
                                                         const std::string& split);

}  // namespace sqlenv
