#include <CLI/CLI.hpp>

#include "app/cli/eval_options.h"
#include "core/agent/dialect.h"

namespace sqlenv::cli {
namespace {

constexpr const char* kGroup = "A language model";

std::string temperature_problem(const std::string& text) {
  double value = 0;
  if (text == "default" || (CLI::detail::lexical_cast(text, value) && value >= 0 && value <= 10))
    return "";
  return "a number from 0 to 10, or \"default\" for the server's own";
}

void add_request_options(CLI::App& command, ModelEvalOptions& options, CLI::Option* model) {
  const auto add = [&](const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)->group(kGroup)->needs(model);
  };
  add("--model-name", options.name, "The model's name on its server, if the server wants one");
  add("--api-key-env", options.key_variable,
      "Name of the environment variable that holds the server's key");
  add("--dialect", options.dialect,
      "chat (messages and tools, for instruct models) or compact (a text that goes on, for small "
      "ones); default chat")
      ->check(CLI::IsMember({"chat", "compact"}));
  command
      .add_flag("--grammar", options.grammar,
                "Let the server constrain completions to the compact dialect (llama.cpp, vLLM)")
      ->group(kGroup)
      ->needs(model);
  command
      .add_flag("--examples", options.examples,
                "Begin the compact prompt with two worked examples, for models that were not "
                "trained on it")
      ->group(kGroup)
      ->needs(model);
  add("--temperature", options.temperature, "0 to 10, or default for the server's own (default 0)")
      ->check(temperature_problem)
      ->type_name("NUMBER");
  add("--max-tokens", options.max_tokens,
      "Longest completion; 0 for the server's own limit (default 1024, compact 256)")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{10'000'000}));
  add("--timeout", options.timeout_seconds, "Seconds that one request may take (default 300)")
      ->check(CLI::Range(0.01, 86'400.0));
  add("--retries", options.retries,
      "How often a request is sent again after 429, 5xx and broken replies (default 5)")
      ->check(CLI::Range(0, 1000));
}

void add_run_options(CLI::App& command, ModelEvalOptions& options, CLI::Option* model) {
  const auto add = [&](const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)->group(kGroup)->needs(model);
  };
  add("--concurrency", options.concurrency, "Episodes that are played at once (default 8)")
      ->check(CLI::Range(1, 4096));
  add("--samples", options.samples,
      "Play each question this often, for pass@k and the majority's answer (default 1)")
      ->check(CLI::Range(1, 10'000));
  add("--max-total-tokens", options.max_total_tokens,
      "Stop when the run has used this many tokens, and show what was played")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 53));
  CLI::Option* completions = add("--completions", options.completions_file,
                                 "Write what the model wrote to this file, episode by episode");
  add("--resume", options.resume_file,
      "As --completions, but go on where the run in this file ended, if there is one")
      ->excludes(completions);
}

}  // namespace

void add_model_options(CLI::App& command, ModelEvalOptions& options, CLI::Option* policy,
                       const std::vector<CLI::Option*>& plan) {
  CLI::Option* model =
      command
          .add_option("--model", options.url,
                      "Let a language model play: the address of its server with OpenAI's "
                      "interface, such as http://localhost:8080/v1")
          ->group(kGroup)
          ->excludes(policy)
          ->type_name("URL");
  add_request_options(command, options, model);
  add_run_options(command, options, model);
  CLI::Option* replay =
      command
          .add_option("--replay-completions", options.replay_file,
                      "Play the run in this file of --completions again, without a model")
          ->group(kGroup)
          ->excludes(model)
          ->excludes(policy);
  for (CLI::Option* option : plan) replay->excludes(option);
}

}  // namespace sqlenv::cli
