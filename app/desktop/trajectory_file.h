// Files of trajectories on disk, of any length: what they hold, and one of their episodes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/playground/evaluation.h"
#include "core/base/result.h"

namespace sqlenv::desktop {

// Told how much was read of how many bytes; true: enough.
using ReadTold = std::function<bool(std::uint64_t read, std::uint64_t bytes)>;

// The episodes in it, read in pieces. One that was stopped has those before, and a note that says
// so. NOT_FOUND if it cannot be read.
Result<std::unique_ptr<ui::EvaluationTable>> read_evaluation(const std::string& path,
                                                             const Catalog& catalog,
                                                             const ReadTold& told = {});

// The text of a file that is for a replay: a few trajectories of one task. None if it is an
// evaluation's, or too long to tell at once.
std::optional<std::string> read_replay(const std::string& path);

// Some bytes of it; as many as there are, if it is not what it was.
std::string read_range(const std::string& path, ui::FileRange range);

}  // namespace sqlenv::desktop
