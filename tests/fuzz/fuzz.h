// Helpers of the fuzz targets. A target gives libFuzzer one function; a broken promise hits
// SQLENV_CHECK, which aborts, and libFuzzer keeps the input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/check.h"
#include "core/episode/environment.h"
#include "core/episode/episode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace sqlenv::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// The bundled pack, loaded once. Queries have limits that keep a target quick.
Environment& environment();

// Two environments that share only the catalog: their answers must be equal.
Environment& other_environment();

// Fails unless `text` is JSON in UTF-8.
void check_json(std::string_view text);

}  // namespace sqlenv::fuzz
