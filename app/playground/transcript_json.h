// A Transcript as JSON text and back, for a face whose connection to a server runs in another
// program than its panels.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/playground/transcript.h"

namespace sqlenv::ui {

// {"title", "state", "bad", "question", "schema", "left", "first", "plays", "acts",
//  "steps": [{"action_type", "argument", "result", "error", "reward"}], "choices": [{"id",
//  "label"}], "rows": [{"id", "label"}]}; a reward is in millionths, and not there if there was
//  none.
std::string transcript_json(const Transcript& transcript);

// None if it is not JSON; what is missing is empty.
std::optional<Transcript> read_transcript(std::string_view json);

}  // namespace sqlenv::ui
