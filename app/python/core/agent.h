// Conversions of what language models are asked for and write.
#pragma once

#include "app/python/core/convert.h"
#include "core/wire/model_json.h"

namespace sqlenv::python {

// Raises Error BAD_OPTION if there is none of this name.
Dialect read_dialect(const std::string& name);

// A dict with any of model, temperature, max_tokens, grammar, examples and seed; None counts as
// absent. Raises Error BAD_OPTION.
ModelOptions read_model_options(nb::handle mapping);

// A completion as (text, ((id, name, arguments), …), cut).
ModelCompletion read_written(nb::handle object);

// (completion, prompt tokens, completion tokens)
nb::tuple reply_tuple(const ModelReply& reply);

}  // namespace sqlenv::python
