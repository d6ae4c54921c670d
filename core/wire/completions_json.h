// The completions of a language model's run as text: format "sqlenv-completions/1", JSON Lines.
//
// A header says how the run was made, a line for each episode holds what the model wrote, turn by
// turn. With it the run is played again without the model, to the same bytes. Lines may come in any
// order, and of several lines for one episode the last counts. Neither address nor key is in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/agent/dialect.h"
#include "core/policy/evaluate.h"
#include "core/wire/model_json.h"

namespace sqlenv {

struct CompletionsHeader {
  std::string core;  // version of the core that played them
  std::string pack;
  std::string pack_digest;
  Dialect dialect = Dialect::kChat;
  bool grammar = false;
  ModelOptions model;  // name, examples, temperature and limit of tokens
  std::int64_t samples = 1;
  EvaluateOptions evaluate;
};

struct KeptFailure {
  std::string kind;  // model_failure_name()
  std::string message;
};

struct KeptEpisode {
  std::int64_t number = 0;  // from 1, in the order of the plan
  std::string question_id;
  std::uint64_t seed = 0;
  std::vector<ModelReply> turns;
  bool done = false;
  std::optional<KeptFailure> failure;  // why it was lost
};

// {"format", "core", "pack", "pack_digest", "dialect", "grammar", "examples", "model",
// "temperature", "max_tokens", "samples", "seed", "episodes", "database", "difficulty", "split",
// "question", "step_budget", "reward", "verifier"}, with a line feed.
std::string completions_header_json(const CompletionsHeader& header);

// {"episode", "question_id", "seed", "turns": [{"completion", "prompt_tokens",
// "completion_tokens"}], "done"[, "failure": {"kind", "message"}]}, with a line feed.
std::string kept_episode_json(const KeptEpisode& episode);

// The members that differ between two headers, but for the version of the core: options that are
// not the same. Empty if the runs are alike.
std::vector<std::string> differing_options(const CompletionsHeader& a, const CompletionsHeader& b);

// BAD_JSON, with what is wrong, if `line` is not what the functions above write.
Result<CompletionsHeader> parse_completions_header(std::string_view line);
Result<KeptEpisode> parse_kept_episode(std::string_view line);

}  // namespace sqlenv
