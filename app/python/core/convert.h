// What crosses the border to Python: errors as the package's exception, options and actions from
// Python's objects, observations as dicts.
#pragma once

#include <nanobind/nanobind.h>

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/pool/slot.h"

namespace sqlenv::python {

namespace nb = nanobind;

// Raises sqlenv.Error(code, message).
[[noreturn]] void raise(std::string_view code, const std::string& message);
[[noreturn]] void raise(const Error& error);

// `base` with the members of a mapping of reset options laid over it; None takes one away. Raises
// Error BAD_OPTION.
ResetOptions read_options(const ResetOptions& base, nb::handle mapping);

// A pair of texts, a mapping with action_type and argument, or an object with these attributes.
// Raises TypeError.
Action read_action(nb::handle action);

// A text of Python; ill-formed UTF-8 becomes U+FFFD.
nb::object text(std::string_view utf8);

nb::dict observation_dict(const Observation& observation);

// (observation, reward or None, done)
nb::tuple step_tuple(const StepResult& step);

// The fields of sqlenv.Question and of sqlenv.Outcome.
nb::tuple question_tuple(const Task& task);
nb::tuple outcome_tuple(const Ending& ending);

// The same of an episode that may be none: raises Error NO_EPISODE.
const Episode& episode_of(const Slot& slot);

// Raises Error EPISODE_RUNNING if none has ended.
std::string trajectory_of(const Slot& slot);

// The parts of the module.
void bind_catalog(nb::module_& module);
void bind_env(nb::module_& module);
void bind_pool(nb::module_& module);

}  // namespace sqlenv::python
