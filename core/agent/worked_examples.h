// Worked examples of the compact dialect, to stand before the prompt of a model that was not
// trained on it.
#pragma once

#include <string_view>

namespace sqlenv {

// Two solved episodes about invented databases, each byte for byte what AgentEpisode writes, with
// "A =" for the answers, and with an empty line behind it.
std::string_view compact_examples();

}  // namespace sqlenv
