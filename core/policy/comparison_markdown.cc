#include "core/policy/comparison_markdown.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "core/base/english.h"
#include "core/policy/markdown_table.h"

namespace sqlenv {
namespace {

using Align = MarkdownTable::Align;

std::string fixed(double value, int digits, bool with_sign = false) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, with_sign ? "%+.*f" : "%.*f", digits, value);
  std::string text = buffer;
  const bool zero = text.find_first_of("123456789") == std::string::npos;
  if (zero && (text[0] == '-' || text[0] == '+')) text.erase(0, 1);
  return text;
}

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string counted(std::int64_t count, const std::string& noun) {
  return grouped(count) + " " + (count == 1 ? noun : plural(noun));
}

// An interval of one point comes of equal tasks, and would claim a certainty that there is not.
std::string difference(double value, const Interval& interval, double scale, int digits) {
  const std::string mean = fixed(scale * value, digits, true);
  if (interval.low == interval.high) return mean;
  return mean + " [" + fixed(scale * interval.low, digits, true) + ", " +
         fixed(scale * interval.high, digits, true) + "]";
}

std::string probability(double p) { return p < 0.00005 ? "< 0.0001" : fixed(p, 4); }

bool has_samples(const RunComparison& comparison) {
  return std::any_of(comparison.runs.begin(), comparison.runs.end(),
                     [](const RunResult& run) { return run.all.episodes > run.all.tasks; });
}

std::string name_of(const RunComparison& comparison, std::size_t run) {
  return markdown_text(comparison.runs[run].name);
}

void add_score_columns(MarkdownTable& table, bool samples) {
  table.add_column("questions", Align::kRight);
  if (samples) table.add_column("episodes", Align::kRight);
  table.add_column("success", Align::kRight);
  table.add_column("95 % interval", Align::kRight);
  table.add_column("mean return", Align::kRight);
  table.add_column("mean steps", Align::kRight);
}

void add_score_row(MarkdownTable& table, std::vector<std::string> cells, const Score& score,
                   bool samples) {
  cells.push_back(grouped(score.tasks));
  if (samples) cells.push_back(grouped(score.episodes));
  cells.push_back(fixed(100 * score.success_rate, 1) + " %");
  cells.push_back("[" + fixed(100 * score.success_interval.low, 1) + ", " +
                  fixed(100 * score.success_interval.high, 1) + "]");
  cells.push_back(fixed(score.mean_return, 3));
  cells.push_back(fixed(score.mean_steps, 2));
  table.add_row(std::move(cells));
}

std::string head(const RunComparison& comparison) {
  const auto runs = static_cast<std::int64_t>(comparison.runs.size());
  std::string out = "# Comparison of " + counted(runs, "run") + "\n\nPack " +
                    markdown_text(comparison.pack) + " (" +
                    markdown_text(comparison.pack_digest.substr(0, 19)) + "), " +
                    counted(comparison.tasks, "question") + "; ";
  std::vector<std::string> options;
  for (const PlayOptions& each : comparison.options)
    options.push_back(counted(each.step_budget, "step") + ", reward " + markdown_text(each.reward) +
                      ", verifier " + markdown_text(each.verifier));
  for (std::size_t i = 0; i < options.size(); ++i) out += (i == 0 ? "" : "; and ") + options[i];
  return out + ".\n";
}

std::string overlaps(const RunComparison& comparison) {
  std::string pairs;
  for (std::size_t i = 0; i + 1 < comparison.runs.size(); ++i) {
    const Interval& higher = comparison.runs[i].all.success_interval;
    const Interval& lower = comparison.runs[i + 1].all.success_interval;
    if (higher.low <= lower.high)
      pairs += "- " + name_of(comparison, i) + " and " + name_of(comparison, i + 1) + "\n";
  }
  if (pairs.empty()) return "";
  return "\nThe intervals of these neighbours overlap, so this table alone does not rank "
         "them:\n\n" +
         pairs;
}

std::string leaderboard(const RunComparison& comparison) {
  const bool samples = has_samples(comparison);
  MarkdownTable table;
  table.add_column("#", Align::kLeft);
  table.add_column("run", Align::kLeft);
  add_score_columns(table, samples);
  for (std::size_t i = 0; i < comparison.runs.size(); ++i)
    add_score_row(table, {std::to_string(i + 1), name_of(comparison, i)}, comparison.runs[i].all,
                  samples);
  std::string out = "\n## Leaderboard\n\n" + table.text() + overlaps(comparison);
  if (samples)
    out +=
        "\nSome questions were played several times. Each question weighs the same, and the "
        "interval allows for\nepisodes of one question being alike.\n";
  if (comparison.shared_tasks < comparison.tasks)
    out += "\nThe runs did not play the same questions: of " + grouped(comparison.tasks) +
           ", every run played " + grouped(comparison.shared_tasks) +
           ". This table counts what each run played.\n";
  return out;
}

std::string result_of(const PairResult& pair) {
  if (pair.tasks == 0) return "no shared question";
  const std::string success = !pair.success_differs()    ? ""
                              : pair.ahead > pair.behind ? "solves more"
                                                         : "solves fewer";
  const std::string reward = !pair.return_differs()       ? ""
                             : pair.return_difference > 0 ? "higher return"
                                                          : "lower return";
  if (!success.empty() && !reward.empty()) return success + ", " + reward;
  if (!success.empty()) return success;
  if (pair.tasks < kFewestTasks) return "too few questions to tell";
  return reward.empty() ? "no clear difference" : reward + "; success: no clear difference";
}

// What the columns of the paired comparisons depend on.
struct PairColumns {
  std::int64_t tested = 0;  // pairs that share questions
  bool unshared = false;    // whether a run of a pair played more than the other
  bool few = false;         // whether a pair shares too few for an interval
};

PairColumns columns_of(const std::vector<PairResult>& pairs) {
  PairColumns columns;
  for (const PairResult& pair : pairs) {
    columns.tested += pair.tasks > 0 ? 1 : 0;
    columns.unshared = columns.unshared || pair.only_first + pair.only_second > 0;
    columns.few = columns.few || (pair.tasks > 0 && pair.tasks < kFewestTasks);
  }
  return columns;
}

std::vector<std::string> pair_cells(const PairResult& pair, const PairColumns& columns) {
  std::vector<std::string> cells = {grouped(pair.tasks)};
  if (columns.unshared) {
    cells.push_back(grouped(pair.only_first));
    cells.push_back(grouped(pair.only_second));
  }
  const bool shared = pair.tasks > 0;
  const auto add = [&](std::string cell) { cells.push_back(shared ? std::move(cell) : ""); };
  add(grouped(pair.ahead));
  add(grouped(pair.behind));
  add(difference(pair.success_difference, pair.success_interval, 100, 1));
  add(difference(pair.return_difference, pair.return_interval, 1, 3));
  add(probability(pair.p));
  if (columns.tested > 1) add(probability(pair.corrected_p));
  cells.push_back(result_of(pair));
  return cells;
}

std::string pair_table(const RunComparison& comparison, const PairColumns& columns) {
  MarkdownTable table;
  table.add_column("run", Align::kLeft);
  table.add_column("against", Align::kLeft);
  table.add_column("shared", Align::kRight);
  if (columns.unshared) {
    table.add_column("only run", Align::kRight);
    table.add_column("only against", Align::kRight);
  }
  for (const char* name : {"ahead", "behind", "success, points", "mean return", "p"})
    table.add_column(name, Align::kRight);
  if (columns.tested > 1) table.add_column("corrected p", Align::kRight);
  table.add_column("result", Align::kLeft);
  for (const PairResult& pair : comparison.pairs) {
    std::vector<std::string> cells = {name_of(comparison, pair.first),
                                      name_of(comparison, pair.second)};
    for (std::string& cell : pair_cells(pair, columns)) cells.push_back(std::move(cell));
    table.add_row(std::move(cells));
  }
  return table.text();
}

// What the figures of the pairs' table mean.
std::string pair_words(const RunComparison& comparison, const PairColumns& columns) {
  const bool corrected = columns.tested > 1;
  std::string out =
      "\nA row is about the questions that both runs played: on how many the run did better "
      "(ahead) "
      "or worse (behind).\n"
      "Differences are means over these questions, with 95 % intervals by percentile bootstrap (" +
      grouped(comparison.compared.resamples) + " resamples,\nseed " +
      std::to_string(comparison.compared.seed) + "). ";
  out += has_samples(comparison)
             ? "p: exact two-sided sign test on the part solved of each question's episodes,\n"
               "McNemar's test where each was played once"
             : "p: McNemar's exact two-sided test";
  if (corrected) out += "; corrected p: Holm's, for " + counted(columns.tested, "pair");
  out += std::string(".\n\"No clear difference\" means ") + (corrected ? "a corrected" : "a") +
         " p over 0.05, and a return interval that holds 0; runs may differ all the same.\n";
  if (columns.few)
    out += "\nIntervals from fewer than " + std::to_string(kFewestTasks) +
           " shared questions are rough, so no result is told from them.\n";
  return out;
}

std::string pairs(const RunComparison& comparison) {
  if (comparison.pairs.empty()) return "";
  const PairColumns columns = columns_of(comparison.pairs);
  return "\n## Paired comparisons\n\n" + pair_table(comparison, columns) +
         pair_words(comparison, columns);
}

// Easy, medium and hard first, then other names.
std::vector<std::string> group_names(const RunComparison& comparison,
                                     std::map<std::string, Score> RunResult::*groups) {
  std::set<std::string> all;
  for (const RunResult& run : comparison.runs)
    for (const auto& [name, score] : run.*groups) all.insert(name);
  std::vector<std::string> names;
  for (const char* name : {"easy", "medium", "hard"})
    if (all.erase(name) > 0) names.emplace_back(name);
  names.insert(names.end(), all.begin(), all.end());
  return names;
}

std::string groups(const RunComparison& comparison, const std::string& by,
                   std::map<std::string, Score> RunResult::*groups) {
  const bool samples = has_samples(comparison);
  MarkdownTable table;
  table.add_column(by, Align::kLeft);
  table.add_column("run", Align::kLeft);
  add_score_columns(table, samples);
  for (const std::string& name : group_names(comparison, groups)) {
    std::string shown = markdown_text(name);
    for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
      const auto& scores = comparison.runs[i].*groups;
      const auto found = scores.find(name);
      if (found == scores.end()) continue;
      add_score_row(table, {shown, name_of(comparison, i)}, found->second, samples);
      shown.clear();
    }
  }
  return "\n## By " + by + "\n\n" + table.text();
}

std::string failures(const RunComparison& comparison) {
  std::set<std::string> reasons;
  MarkdownTable table;
  table.add_column("reason", Align::kLeft);
  for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
    table.add_column(name_of(comparison, i), Align::kRight);
    for (const auto& [reason, count] : comparison.runs[i].failures) reasons.insert(reason);
  }
  if (reasons.empty()) return "";
  for (const std::string& reason : reasons) {
    std::vector<std::string> cells = {markdown_text(reason)};
    for (const RunResult& run : comparison.runs) {
      const auto found = run.failures.find(reason);
      cells.push_back(found == run.failures.end() ? "0" : grouped(found->second));
    }
    table.add_row(std::move(cells));
  }
  return "\n## Failed episodes\n\n" + table.text();
}

std::string left_out(const RunComparison& comparison) {
  std::string out;
  if (!comparison.grouped)
    out += "- Tables by difficulty and database: the pack " + markdown_text(comparison.pack) +
           " of this digest is not at hand. Name it by `--pack`.\n";
  for (const RunResult& run : comparison.runs) {
    const std::string item = "- " + markdown_text(run.name) + ": ";
    if (run.cut_off > 0) out += item + counted(run.cut_off, "episode") + " without an end.\n";
    if (run.damaged > 0) out += item + counted(run.damaged, "damaged episode") + ".\n";
    if (!run.problems.empty()) out += item + run.problems + "\n";
  }
  return out.empty() ? "" : "\n## Left out\n\n" + out;
}

}  // namespace

std::string comparison_markdown(const RunComparison& comparison) {
  std::string out = head(comparison) + leaderboard(comparison) + pairs(comparison);
  if (comparison.grouped) {
    out += groups(comparison, "difficulty", &RunResult::by_difficulty);
    out += groups(comparison, "database", &RunResult::by_database);
  }
  return out + failures(comparison) + left_out(comparison);
}

}  // namespace sqlenv
