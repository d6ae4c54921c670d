#include "core/wire/spider_json.h"

#include "core/wire/json.h"

namespace sqlenv {

Result<std::vector<SpiderExample>> parse_spider_examples(std::string_view text,
                                                         const std::string& split) {
  const std::optional<Json> json = parse_json(text);
  if (!json || !json->is_array())
    return fail(ErrorCode::kBadJson, "this is not a JSON list of examples.");
  std::vector<SpiderExample> examples;
  for (const Json& entry : *json) {
    SpiderExample example{string_member(entry, "question"), string_member(entry, "query"),
                          string_member(entry, "db_id"), split};
    if (example.question.empty() || example.query.empty() || example.database.empty())
      return fail(ErrorCode::kBadJson, "example " + std::to_string(examples.size() + 1) +
                                           " lacks question, query or db_id.");
    examples.push_back(std::move(example));
  }
  return examples;
}

}  // namespace sqlenv
