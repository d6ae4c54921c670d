// Pieces of the SQL of questions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sqlenv::generate {

// " WHERE a AND b", or nothing.
std::string where(const std::vector<std::string>& conditions);

// The query with its constants left out: equal for questions that differ in values alone.
std::string sql_skeleton(std::string_view sql);

}  // namespace sqlenv::generate
