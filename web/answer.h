// What the functions that a wasm module exports answer.
//
// A text is answered by its address; it is sqlenv_answer_size() bytes long and lies there until the
// next call. core_api.js calls the functions so.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace sqlenv::web {

// Keeps `text` until the next call and returns where it lies.
const char* hand_over(std::string text);

// {"error": {"code", "message"}}
std::string error_json(std::string_view code, std::string_view message);
std::string error_json(const Error& error);

}  // namespace sqlenv::web
