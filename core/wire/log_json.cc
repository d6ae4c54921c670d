#include "core/wire/log_json.h"

#include "core/wire/json.h"

namespace sqlenv {
namespace {

void add(Json& json, const LogFields& fields) {
  for (const auto& field : fields)
    std::visit([&](const auto& value) { json[std::string(field.first)] = value; }, field.second);
}

}  // namespace

std::string fields_json(const LogFields& fields) {
  Json json = Json::object();
  add(json, fields);
  return write_json(json);
}

std::string log_line(std::string_view time, std::string_view event, const LogFields& fields) {
  Json json = {{"time", time}, {"event", event}};
  add(json, fields);
  return write_json(json) + "\n";
}

}  // namespace sqlenv
