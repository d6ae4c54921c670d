// A language model's server that answers at once, for `scripts/bench-model`: it describes the first
// table, samples it, queries it twice and answers. Prints its address and ends with standard input.
#include <iostream>
#include <string>

#include "tests/server/scripted_server.h"

namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

std::string first_table(const std::string& request) {
  const std::string label = "Tables: ";
  const std::size_t begin = request.find(label) + label.size();
  return request.substr(begin, request.find_first_of(",\\", begin) - begin);
}

std::string next_action(const std::string& request) {
  const std::string table = first_table(request);
  switch (count_of(request, "\"role\":\"assistant\"")) {
    case 0: return "DESCRIBE " + table;
    case 1: return "SAMPLE " + table;
    case 2: return "SELECT count(*) FROM " + table;
    case 3: return "SELECT * FROM " + table;
    default: return "ANSWER 1";
  }
}

std::string reply(const std::string& request) {
  const std::string body = R"({"choices":[{"message":{"role":"assistant","content":")" +
                           next_action(request) +
                           R"("}}],"usage":{"prompt_tokens":500,"completion_tokens":9}})";
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

int main() {
  const sqlenv::ScriptedServer server(reply);
  std::cout << server.address() << std::endl;
  std::cin.get();
  return 0;
}
