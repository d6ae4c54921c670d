#include "app/cli/eval_table.h"

#include <algorithm>
#include <cstdio>
#include <iostream>

namespace sqlenv::cli {
namespace {

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.insert(0, width - text.size(), ' ');
  return text;
}

void print_row(const std::string& name, std::size_t name_width, const Tally& tally) {
  const Interval interval = wilson_interval(tally.successes, tally.episodes);
  const std::string range =
      fixed_text(100 * interval.low, 1) + " to " + fixed_text(100 * interval.high, 1) + " %";
  std::cout << "  " << name << std::string(name_width - name.size(), ' ')
            << padded(std::to_string(tally.episodes), 10)
            << padded(fixed_text(100 * tally.success_rate(), 1) + " %", 10) << padded(range, 18)
            << padded(fixed_text(tally.mean_return(), 3), 13)
            << padded(fixed_text(tally.mean_steps(), 2), 12) << "\n";
}

void print_counts(const std::string& title, const std::map<std::string, std::int64_t>& counts) {
  if (counts.empty()) return;
  std::cout << "\n" << title << "\n";
  for (const auto& [name, count] : counts) std::cout << "  " << name << "  " << count << "\n";
}

void print_samples(const ModelEvaluation& model) {
  std::cout << "\nOf " << model.samples << " samples of each question\n";
  for (const PassAt& at : model.pass_at)
    if (at.tasks > 0)
      std::cout << "  pass@" << at.k << "  " << fixed_text(100 * at.rate, 1) << " %\n";
  const Majority& majority = model.majority;
  if (majority.tasks == 0) return;
  const double share = static_cast<double>(majority.right) / static_cast<double>(majority.tasks);
  std::cout << "  the majority's answer is right  " << fixed_text(100 * share, 1) << " % ("
            << majority.right << " of " << majority.tasks << ")\n";
}

}  // namespace

std::string fixed_text(double value, int digits) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
  return buffer;
}

std::string grouped_text(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

void print_evaluation(const std::string& player, const Pack& pack, const ResetOptions& reset,
                      const Evaluation& result) {
  std::size_t width = 12;
  for (const auto* groups : {&result.by_database, &result.by_difficulty})
    for (const auto& [name, tally] : *groups) width = std::max(width, name.size());
  std::cout << player << ", pack " << pack.name << ", reward " << reset.reward << ", verifier "
            << reset.verifier << ", seed " << reset.seed << "\n\n"
            << std::string(width + 2, ' ')
            << "  episodes   success     95 % interval  mean return  mean steps\n";
  print_row("all", width, result.all);
  for (const auto* groups : {&result.by_difficulty, &result.by_database}) {
    std::cout << "\n";
    for (const auto& [name, tally] : *groups) print_row(name, width, tally);
  }
  print_counts("Failed episodes", result.failures);
  print_counts("Steps answered with an error", result.step_errors);
}

void print_model_evaluation(const ModelEvaluation& model, std::int64_t episodes) {
  const ModelTurns& counts = model.counts;
  std::map<std::string, std::int64_t> problems = {
      {"unreadable completions", counts.unreadable},
      {"completions cut by the limit of tokens", counts.cut},
      {"completions with more than one action", counts.several},
      {"actions played again in the same episode", counts.repeats},
      {"episodes that spent their steps without an answer", model.budget_spent}};
  std::erase_if(problems, [](const auto& problem) { return problem.second == 0; });
  print_counts("What went wrong", problems);
  print_counts("Episodes lost to failures of the model's server", model.lost);
  if (model.samples > 1) print_samples(model);
  const std::int64_t each = episodes == 0 ? 0 : counts.tokens() / episodes;
  std::cout << "\nTokens: " << grouped_text(counts.prompt_tokens) << " read, "
            << grouped_text(counts.completion_tokens) << " written, " << grouped_text(each)
            << " an episode, in " << grouped_text(counts.turns) << " turns\n";
}

}  // namespace sqlenv::cli
