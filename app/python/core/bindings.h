// The parts of the module, each in the source of its name.
#pragma once

#include <nanobind/nanobind.h>

namespace sqlenv::python {

void bind_agent(nanobind::module_& module);
void bind_catalog(nanobind::module_& module);
void bind_env(nanobind::module_& module);
void bind_model(nanobind::module_& module);
void bind_model_run(nanobind::module_& module);
void bind_pool(nanobind::module_& module);

}  // namespace sqlenv::python
