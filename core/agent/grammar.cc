#include "core/agent/grammar.h"

#include <string_view>

#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

std::string terminal(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else out += c;
  }
  return out + "\"";
}

}  // namespace

std::string compact_grammar(const std::vector<std::string>& tables) {
  std::string choices;
  for (const std::string& table : tables) {
    if (!choices.empty()) choices += " | ";
    choices += terminal(sql_name(table));
  }
  std::string out;
  if (choices.empty()) {
    out = "root ::= (query | answer) \"\\n\"\n";
  } else {
    out = "root ::= (look | query | answer) \"\\n\"\n";
    out += "look ::= (\"D \" | \"S \") table\n";
    out += "table ::= " + choices + "\n";
  }
  out += "query ::= \"Q \" (\"SELECT \" | \"WITH \" | \"VALUES \") line\n";
  out += "answer ::= \"A \" (\"=\" | line)\n";
  out += "line ::= [^\\r\\n]+\n";
  return out;
}

}  // namespace sqlenv
