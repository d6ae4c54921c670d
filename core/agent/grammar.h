// A grammar of the compact dialect for engines that constrain what a model writes.
#pragma once

#include <string>
#include <vector>

namespace sqlenv {

// One line of the compact dialect in GBNF, the notation of llama.cpp. D and S take only the tables
// of these names; Q begins with SELECT, WITH or VALUES; A takes any text.
std::string compact_grammar(const std::vector<std::string>& tables);

}  // namespace sqlenv
