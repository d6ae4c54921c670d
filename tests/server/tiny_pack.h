// A very small pack and helpers for the tests of the server.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/task/catalog.h"

namespace sqlenv {

// Pack "tiny", database "music" with band(id, title) and singer(id, name, age, band_id), and the
// questions music_train_001 ("How many singers are there?", 3) and music_eval_001 ("Which singer is
// oldest?", Bo).
std::shared_ptr<const Catalog> tiny_catalog();

inline bool has(const std::string& text, std::string_view piece) {
  return text.find(piece) != std::string::npos;
}

}  // namespace sqlenv
