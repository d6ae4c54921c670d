// The OpenAPI 3.1 document of the HTTP routes, as text.
#pragma once

#include <string>

namespace sqlenv {

// `simulation`: whether it has /reset, /step and /state.
std::string openapi_json(bool simulation);

}  // namespace sqlenv
