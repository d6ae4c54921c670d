#include "app/python/core/bindings.h"
#include "core/base/version.h"
#include "core/episode/episode.h"

NB_MODULE(_core, module) {
  module.doc() = "The episode core; see the package's other modules for what to call.";
#ifdef NDEBUG
  // A program that ends while a catalog is cached somewhere would be told of leaks.
  nanobind::set_leak_warnings(false);
#endif
  module.attr("version") = sqlenv::kVersion;
  module.attr("default_reward") = sqlenv::ResetOptions{}.reward.c_str();
  sqlenv::python::bind_agent(module);
  sqlenv::python::bind_catalog(module);
  sqlenv::python::bind_env(module);
  sqlenv::python::bind_model(module);
  sqlenv::python::bind_model_run(module);
  sqlenv::python::bind_pool(module);
}
