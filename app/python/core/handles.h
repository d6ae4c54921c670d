// C++ state of Python's objects.
#pragma once

#include <memory>

#include "core/pool/episode_pool.h"

namespace sqlenv::python {

struct CatalogHandle {
  std::shared_ptr<const Catalog> catalog;
};

// A copy of an episode. `home` keeps the environment alive on which it was played.
struct SnapshotHandle {
  std::shared_ptr<const Episode> episode;
  std::shared_ptr<const Catalog> catalog;
  std::shared_ptr<const void> home;
};

}  // namespace sqlenv::python
