// A pack small enough to know by heart, for the tests of the server.
#pragma once

#include <memory>

#include "core/task/catalog.h"

namespace sqlenv {

// Pack "tiny", database "music" with band(id, title) and singer(id, name, age, band_id), and the
// questions music_train_001 ("How many singers are there?", 3) and music_eval_001 ("Which singer is
// oldest?", Bo).
std::shared_ptr<const Catalog> tiny_catalog();

}  // namespace sqlenv
