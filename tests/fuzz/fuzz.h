// What the fuzz targets share. A target gives libFuzzer one function; a broken promise hits
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

// The two environments share nothing but the catalog: what they answer must be the same.
Environment& other_environment();

// JSON that parses and whose bytes are UTF-8, or the check fails.
void check_json(std::string_view text);

}  // namespace sqlenv::fuzz
