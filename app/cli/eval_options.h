// The options of `sqlenv eval`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/policy/evaluate.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace sqlenv::cli {

// Of a run in which a language model plays.
struct ModelEvalOptions {
  std::string url;
  std::string name;
  std::string key_variable;
  std::string dialect = "chat";
  bool grammar = false;
  bool examples = false;
  int concurrency = 8;
  std::string temperature = "0";
  std::optional<std::int64_t> max_tokens;
  double timeout_seconds = 300;
  int retries = 5;
  int samples = 1;
  std::int64_t max_total_tokens = 0;
  std::string completions_file;
  std::string resume_file;
  std::string replay_file;

  bool chosen() const { return !url.empty() || !replay_file.empty(); }
};

struct EvalOptions {
  std::vector<std::string> packs;
  std::string policy = "explorer";
  EvaluateOptions evaluate;
  std::string trajectory_file;
  bool json = false;
  bool list_failures = false;
  ModelEvalOptions model;
};

// `policy` names another player. `plan` are options that say what is played, which a file of
// completions says itself.
void add_model_options(CLI::App& command, ModelEvalOptions& options, CLI::Option* policy,
                       const std::vector<CLI::Option*>& plan);

}  // namespace sqlenv::cli
