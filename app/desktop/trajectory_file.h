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

// Receives how many bytes were read of how many. Returns true to stop.
using ReadProgress = std::function<bool(std::uint64_t read, std::uint64_t bytes)>;

// The table of the episodes in a file, which is read in pieces. If reading is stopped, the table
// holds the episodes before and a note. NOT_FOUND if the file cannot be read.
Result<std::unique_ptr<ui::EvaluationTable>> read_evaluation(const std::string& path,
                                                             const Catalog& catalog,
                                                             const ReadProgress& progress = {});

// The text of a file with a few trajectories of one task, for a replay. None if it is the file of
// an evaluation, or too long to decide by reading it at once.
std::optional<std::string> read_replay(const std::string& path);

// The bytes of a range, fewer if the file has become shorter.
std::string read_range(const std::string& path, ui::FileRange range);

}  // namespace sqlenv::desktop
