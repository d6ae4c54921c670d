// Conversions: errors to the package's exception, options and actions from Python's objects,
// observations to dicts.
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

// `base`, changed by the members of a mapping of reset options; None removes an option. Raises
// Error BAD_OPTION.
ResetOptions read_options(const ResetOptions& base, nb::handle mapping);

// A pair of texts, a mapping with action_type and argument, or an object with these attributes.
// Raises TypeError.
Action read_action(nb::handle action);

// The UTF-8 of a text; a lone surrogate becomes U+FFFD. Raises TypeError.
std::string lenient_utf8(nb::handle object);

// A mapping with the members of an observation, or an object with these attributes. Raises
// TypeError.
Observation read_observation(nb::handle object);

// A Python text; ill-formed UTF-8 becomes U+FFFD.
nb::object text(std::string_view utf8);

nb::dict observation_dict(const Observation& observation);

// (observation, reward or None, done)
nb::tuple step_tuple(const StepResult& step);

// The fields of sqlenv.Question and of sqlenv.Outcome.
nb::tuple question_tuple(const Task& task);
nb::tuple outcome_tuple(const Ending& ending);

// The slot's episode. Raises Error NO_EPISODE if there is none.
const Episode& episode_of(const Slot& slot);

// The trajectory of the last episode that ended. Raises Error EPISODE_RUNNING if none has.
std::string trajectory_of(const Slot& slot);

}  // namespace sqlenv::python
