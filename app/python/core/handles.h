// What Python's objects hold.
#pragma once

#include <memory>

#include "core/pool/episode_pool.h"

namespace sqlenv::python {

struct CatalogHandle {
  std::shared_ptr<const Catalog> catalog;
};

// An episode apart from where it was played. `home` keeps that place's environment alive.
struct SnapshotHandle {
  std::shared_ptr<const Episode> episode;
  std::shared_ptr<const Catalog> catalog;
  std::shared_ptr<const void> home;
};

}  // namespace sqlenv::python
