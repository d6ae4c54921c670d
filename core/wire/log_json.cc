#include "core/wire/log_json.h"

#include "core/wire/json.h"

namespace sqlenv {

std::string log_line(std::string_view time, std::string_view event, const LogFields& fields) {
  Json json = {{"time", time}, {"event", event}};
  for (const auto& field : fields)
    std::visit([&](const auto& value) { json[std::string(field.first)] = value; }, field.second);
  return write_json(json) + "\n";
}

}  // namespace sqlenv
