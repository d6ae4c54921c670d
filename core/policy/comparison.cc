#include "core/policy/comparison.h"

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/base/check.h"
#include "core/policy/paired_statistics.h"

namespace sqlenv {
namespace {

constexpr double kLevel = 0.05;
constexpr const char* kUnknown = "unknown";

using TaskKey = std::pair<PlayOptions, std::string>;
using Tasks = std::map<TaskKey, Tally>;
using Questions = std::unordered_map<std::string_view, const Question*>;

Tasks tasks_of(const AgentRun& run) {
  Tasks tasks;
  for (const RunEpisode& episode : run.episodes)
    tasks[{episode.options, episode.question_id}] +=
        Tally{1, episode.failure.empty() ? 1 : 0, episode.steps, episode.total_return};
  return tasks;
}

Score score_of(const std::vector<const Tally*>& tasks) {
  Score score;
  std::vector<double> shares;
  for (const Tally* task : tasks) {
    shares.push_back(task->success_rate());
    score.episodes += task->episodes;
    score.successes += task->successes;
    score.success_rate += task->success_rate();
    score.mean_return += task->mean_return();
    score.mean_steps += task->mean_steps();
  }
  const auto count = static_cast<double>(tasks.size());
  score.tasks = static_cast<std::int64_t>(tasks.size());
  score.success_rate /= count;
  score.mean_return /= count;
  score.mean_steps /= count;
  score.success_interval =
      wilson_of_rate(score.success_rate, effective_episodes(shares, score.episodes));
  return score;
}

std::map<std::string, Score> scores_by(
    const Tasks& tasks, const std::function<std::string(const std::string& question)>& group_of) {
  std::map<std::string, std::vector<const Tally*>> groups;
  for (const auto& [key, tally] : tasks) groups[group_of(key.second)].push_back(&tally);
  std::map<std::string, Score> scores;
  for (const auto& [name, group] : groups) scores[name] = score_of(group);
  return scores;
}

void add_groups(RunResult& result, const Tasks& tasks, const Questions& questions) {
  const auto look_up = [&](const std::string& id, std::string Question::*member) {
    const auto found = questions.find(id);
    return found == questions.end() ? kUnknown : found->second->*member;
  };
  result.by_difficulty =
      scores_by(tasks, [&](const std::string& id) { return look_up(id, &Question::difficulty); });
  result.by_database =
      scores_by(tasks, [&](const std::string& id) { return look_up(id, &Question::database); });
}

RunResult result_of(const AgentRun& run, const Tasks& tasks) {
  RunResult result;
  result.name = run.name;
  result.cut_off = run.cut_off;
  result.damaged = run.damaged;
  result.problems = run.problems;
  std::vector<const Tally*> all;
  for (const auto& [key, tally] : tasks) all.push_back(&tally);
  result.all = score_of(all);
  for (const RunEpisode& episode : run.episodes)
    if (!episode.failure.empty()) ++result.failures[episode.failure];
  return result;
}

bool stands_higher(const RunResult& a, const RunResult& b) {
  return std::tie(b.all.success_rate, b.all.mean_return, a.name) <
         std::tie(a.all.success_rate, a.all.mean_return, b.name);
}

std::vector<std::pair<RunResult, Tasks>> rank(const std::vector<AgentRun>& runs, const Pack* pack) {
  Questions questions;
  if (pack != nullptr)
    for (const Question& question : pack->questions) questions[question.id] = &question;
  std::vector<std::pair<RunResult, Tasks>> ranked;
  for (const AgentRun& run : runs) {
    Tasks tasks = tasks_of(run);
    RunResult result = result_of(run, tasks);
    if (pack != nullptr) add_groups(result, tasks, questions);
    ranked.emplace_back(std::move(result), std::move(tasks));
  }
  std::sort(ranked.begin(), ranked.end(),
            [](const auto& a, const auto& b) { return stands_higher(a.first, b.first); });
  return ranked;
}

PairResult compare_pair(const Tasks& first, const Tasks& second, const CompareOptions& options) {
  PairResult pair;
  std::vector<PairedDifference> differences;
  PairedDifference sum;
  for (const auto& [key, a] : first) {
    const auto found = second.find(key);
    if (found == second.end()) continue;
    const Tally& b = found->second;
    // Compares the parts solved as whole numbers, since quotients could differ by rounding.
    const std::int64_t more = a.successes * b.episodes - b.successes * a.episodes;
    pair.ahead += more > 0 ? 1 : 0;
    pair.behind += more < 0 ? 1 : 0;
    differences.push_back({a.success_rate() - b.success_rate(), a.mean_return() - b.mean_return()});
    sum.success += differences.back().success;
    sum.total_return += differences.back().total_return;
  }
  pair.tasks = static_cast<std::int64_t>(differences.size());
  pair.only_first = static_cast<std::int64_t>(first.size()) - pair.tasks;
  pair.only_second = static_cast<std::int64_t>(second.size()) - pair.tasks;
  if (differences.empty()) return pair;
  const auto count = static_cast<double>(differences.size());
  const DifferenceIntervals intervals =
      bootstrap_intervals(differences, options.resamples, options.seed);
  pair.success_difference = sum.success / count;
  pair.success_interval = intervals.success;
  pair.return_difference = sum.total_return / count;
  pair.return_interval = intervals.total_return;
  pair.p = sign_test(pair.ahead, pair.behind);
  return pair;
}

void correct(std::vector<PairResult>& pairs) {
  std::vector<double> p_values;
  for (const PairResult& pair : pairs)
    if (pair.tasks > 0) p_values.push_back(pair.p);
  const std::vector<double> corrected = holm_correction(p_values);
  auto next = corrected.begin();
  for (PairResult& pair : pairs)
    if (pair.tasks > 0) pair.corrected_p = *next++;
}

std::vector<PairResult> compare_pairs(const std::vector<Tasks>& runs,
                                      const CompareOptions& options) {
  std::vector<PairResult> pairs;
  for (std::size_t i = 0; i < runs.size(); ++i)
    for (std::size_t j = i + 1; j < runs.size(); ++j) {
      pairs.push_back(compare_pair(runs[i], runs[j], options));
      pairs.back().first = i;
      pairs.back().second = j;
    }
  correct(pairs);
  return pairs;
}

std::string edition(const std::string& pack, const std::string& digest) {
  return pack + " (" + digest.substr(0, 19) + ")";
}

Result<void> check_runs(const std::vector<AgentRun>& runs, const Pack* pack) {
  std::set<std::string> names;
  const AgentRun& first = runs.front();
  for (const AgentRun& run : runs) {
    if (!names.insert(run.name).second)
      return fail(ErrorCode::kBadOption,
                  "two runs are named \"" + run.name + "\". Give each file a name of its own.");
    if (run.episodes.empty())
      return fail(ErrorCode::kBadTrajectory, "\"" + run.name + "\" has no finished episode." +
                                                 (run.problems.empty() ? "" : " " + run.problems));
    if (run.pack_digest != first.pack_digest || run.pack != first.pack)
      return fail(ErrorCode::kMismatch, "\"" + first.name + "\" was played on the pack " +
                                            edition(first.pack, first.pack_digest) + ", \"" +
                                            run.name + "\" on " +
                                            edition(run.pack, run.pack_digest) +
                                            ". Only runs on one edition of a pack are compared.");
  }
  if (pack != nullptr && pack->digest != first.pack_digest)
    return fail(ErrorCode::kMismatch,
                "the runs were played on the pack " + edition(first.pack, first.pack_digest) +
                    ", which is not the given one, " + edition(pack->name, pack->digest) + ".");
  return {};
}

std::string words_of(const PlayOptions& options) {
  return std::to_string(options.step_budget) + " steps, reward " + options.reward + ", verifier " +
         options.verifier;
}

Error nothing_shared(const RunComparison& comparison) {
  std::string message =
      "no two runs share a question under equal options, so there is nothing to compare.";
  if (comparison.options.size() > 1) {
    message += " The options differ:";
    for (const PlayOptions& options : comparison.options) message += " " + words_of(options) + ";";
    message.back() = '.';
  } else {
    message += " Play the same split or database with each.";
  }
  return {ErrorCode::kMismatch, std::move(message)};
}

void count_tasks(RunComparison& comparison, const std::vector<Tasks>& tasks) {
  std::map<TaskKey, std::size_t> players;
  for (const Tasks& of_run : tasks)
    for (const auto& [key, tally] : of_run) ++players[key];
  std::set<PlayOptions> options;
  for (const auto& [key, count] : players) {
    options.insert(key.first);
    comparison.shared_tasks += count == tasks.size() ? 1 : 0;
  }
  comparison.tasks = static_cast<std::int64_t>(players.size());
  comparison.options.assign(options.begin(), options.end());
}

}  // namespace

bool PairResult::success_differs() const { return tasks > 0 && corrected_p <= kLevel; }

bool PairResult::return_differs() const {
  return tasks >= kFewestTasks && (return_interval.low > 0 || return_interval.high < 0);
}

Result<RunComparison> compare_runs(const std::vector<AgentRun>& runs, const Pack* pack,
                                   const CompareOptions& options) {
  SQLENV_CHECK(!runs.empty());
  if (auto usable = check_runs(runs, pack); !usable) return fail(usable.error());
  RunComparison comparison;
  comparison.pack = runs.front().pack;
  comparison.pack_digest = runs.front().pack_digest;
  comparison.grouped = pack != nullptr;
  comparison.compared = options;
  std::vector<Tasks> tasks;
  for (auto& [result, of_run] : rank(runs, pack)) {
    comparison.runs.push_back(std::move(result));
    tasks.push_back(std::move(of_run));
  }
  count_tasks(comparison, tasks);
  comparison.pairs = compare_pairs(tasks, options);
  const bool shared = std::any_of(comparison.pairs.begin(), comparison.pairs.end(),
                                  [](const PairResult& pair) { return pair.tasks > 0; });
  if (!shared && runs.size() > 1) return fail(nothing_shared(comparison));
  return comparison;
}

}  // namespace sqlenv
