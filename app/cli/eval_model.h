// `sqlenv eval --model`: an evaluation in which a language model plays.
#pragma once

#include "app/cli/eval_options.h"

namespace sqlenv::cli {

// Plays, writes the files, prints the result and returns the exit status: 1 if the run ended before
// its end by a failure or a signal, or if an episode was lost to the model's server.
int eval_model(const EvalOptions& options);

}  // namespace sqlenv::cli
