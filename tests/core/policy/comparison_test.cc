#include "core/policy/comparison.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/random.h"
#include "core/policy/comparison_markdown.h"
#include "core/policy/markdown_table.h"
#include "core/wire/comparison_json.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

const PlayOptions kOptions = {15, "v2", "strict"};

RunEpisode episode(int question, bool solved, int steps = 4) {
  return {"q" + std::to_string(question), kOptions, solved ? "" : "VALUE", steps,
          solved ? kOne : -20'000};
}

AgentRun run_of(const std::string& name, std::vector<RunEpisode> episodes) {
  AgentRun run;
  run.name = name;
  run.pack = "small";
  run.pack_digest = "sha256:00112233445566778899";
  run.episodes = std::move(episodes);
  return run;
}

// A run that solves the questions from `from` to `to` among `count`.
AgentRun range_run(const std::string& name, int count, int from, int to) {
  std::vector<RunEpisode> episodes;
  for (int i = 0; i < count; ++i) episodes.push_back(episode(i, i >= from && i < to));
  return run_of(name, std::move(episodes));
}

RunComparison compared(const std::vector<AgentRun>& runs, CompareOptions options = {}) {
  Result<RunComparison> comparison = compare_runs(runs, nullptr, options);
  EXPECT_TRUE(comparison) << comparison.error().message;
  return std::move(*comparison);
}

Error refused(const std::vector<AgentRun>& runs, const Pack* pack = nullptr) {
  const Result<RunComparison> comparison = compare_runs(runs, pack, {});
  EXPECT_FALSE(comparison);
  return comparison ? Error() : comparison.error();
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(CompareRuns, RanksAndComparesTwo) {
  // On 100 questions a solves 0 to 59, b 50 to 69: 50 are solved by a alone, 10 by b alone.
  const RunComparison result = compared({range_run("b", 100, 50, 70), range_run("a", 100, 0, 60)});
  ASSERT_EQ(result.runs.size(), 2);
  EXPECT_EQ(result.runs[0].name, "a");
  EXPECT_EQ(result.runs[0].all.successes, 60);
  EXPECT_DOUBLE_EQ(result.runs[1].all.success_rate, 0.2);
  EXPECT_EQ(result.runs[1].all.success_interval.low, wilson_interval(20, 100).low);
  EXPECT_NEAR(result.runs[0].all.mean_return, 0.6 - 0.4 * 0.02, 1e-12);
  EXPECT_DOUBLE_EQ(result.runs[0].all.mean_steps, 4);
  EXPECT_EQ(result.runs[1].failures, (std::map<std::string, std::int64_t>{{"VALUE", 80}}));
  EXPECT_EQ(result.tasks, 100);
  EXPECT_EQ(result.shared_tasks, 100);
  ASSERT_EQ(result.pairs.size(), 1);
  const PairResult& pair = result.pairs[0];
  EXPECT_EQ(pair.first, 0);
  EXPECT_EQ(pair.second, 1);
  EXPECT_EQ(pair.ahead, 50);
  EXPECT_EQ(pair.behind, 10);
  EXPECT_DOUBLE_EQ(pair.success_difference, 0.4);
  EXPECT_NEAR(pair.return_difference, 0.4 * 1.02, 1e-12);
  // 2 (comb(60, 0) + … + comb(60, 10)) / 2^60, in whole numbers.
  EXPECT_NEAR(pair.p, 1.61638145661572e-7, 1e-20);
  EXPECT_EQ(pair.corrected_p, pair.p);
  EXPECT_TRUE(pair.success_differs());
  EXPECT_TRUE(pair.return_differs());
  // The spread of a mean of 100 with 50 of +1 and 10 of -1 is 0.0663.
  EXPECT_NEAR(pair.success_interval.low, 0.4 - 1.96 * 0.0663, 0.02);
  EXPECT_NEAR(pair.success_interval.high, 0.4 + 1.96 * 0.0663, 0.02);
}

TEST(CompareRuns, TheOrderOfFilesAndEpisodesChangesNothing) {
  Random random(1);
  std::vector<AgentRun> runs;
  for (const char* name : {"a", "b", "c"}) {
    std::vector<RunEpisode> episodes;
    for (int i = 0; i < 200; ++i)
      episodes.push_back(
          episode(i % 60, random.below(3) == 0, 1 + static_cast<int>(random.below(9))));
    runs.push_back(run_of(name, std::move(episodes)));
  }
  const std::string text = comparison_json(compared(runs));
  std::reverse(runs.begin(), runs.end());
  for (AgentRun& run : runs) std::reverse(run.episodes.begin(), run.episodes.end());
  EXPECT_EQ(comparison_json(compared(runs)), text);
}

TEST(CompareRuns, ACopyOfARunIsNotBetter) {
  const AgentRun run = range_run("a", 40, 0, 9);
  AgentRun copy = run;
  copy.name = "b";
  const RunComparison result = compared({run, copy});
  EXPECT_EQ(result.runs[0].name, "a") << "equal runs stand by name";
  EXPECT_EQ(result.pairs[0].p, 1);
  EXPECT_EQ(result.pairs[0].return_interval.low, 0);
  EXPECT_FALSE(result.pairs[0].success_differs());
  EXPECT_FALSE(result.pairs[0].return_differs());
  const std::string text = comparison_markdown(result);
  EXPECT_TRUE(holds(text, "    0.0 |")) << "without an interval, which would be a point: " << text;
  EXPECT_TRUE(holds(text, "| no clear difference |"));
}

TEST(CompareRuns, SamplesOfAQuestionCountAsOneQuestion) {
  std::vector<RunEpisode> once;
  std::vector<RunEpisode> often;
  for (int i = 0; i < 30; ++i) {
    once.push_back(episode(i, i < 10));
    for (int sample = 0; sample < 8; ++sample) often.push_back(episode(i, i < 10));
  }
  const RunComparison result = compared({run_of("once", once), run_of("often", often)});
  const Score& a = result.runs[1].all;
  const Score& b = result.runs[0].all;
  EXPECT_EQ(b.episodes, 240);
  EXPECT_EQ(b.tasks, 30);
  EXPECT_DOUBLE_EQ(b.success_rate, a.success_rate);
  EXPECT_DOUBLE_EQ(b.success_interval.low, a.success_interval.low)
      << "samples that always end alike teach nothing";
  EXPECT_EQ(result.pairs[0].tasks, 30);
  EXPECT_EQ(result.pairs[0].p, 1);
  EXPECT_TRUE(holds(comparison_markdown(result), "exact two-sided sign test on the part solved"));
}

// On each question one run solves two of three samples and the other one of two: ahead on all.
TEST(CompareRuns, PartsOfSamplesAreCompared) {
  std::vector<RunEpisode> a;
  std::vector<RunEpisode> b;
  for (int i = 0; i < 8; ++i) {
    for (const bool solved : {true, false, true}) a.push_back(episode(i, solved));
    for (const bool solved : {true, false}) b.push_back(episode(i, solved));
  }
  const PairResult pair = compared({run_of("a", a), run_of("b", b)}).pairs[0];
  EXPECT_EQ(pair.ahead, 8);
  EXPECT_EQ(pair.behind, 0);
  EXPECT_NEAR(pair.success_difference, 1.0 / 6, 1e-12);
  EXPECT_DOUBLE_EQ(pair.p, 2.0 / 256);
}

TEST(CompareRuns, OnlySharedQuestionsArePairedAndTheRestIsCounted) {
  AgentRun few = range_run("few", 5, 0, 5);
  few.episodes.push_back(episode(1000, true));
  const RunComparison result = compared({few, range_run("all", 100, 0, 50)});
  EXPECT_EQ(result.tasks, 101);
  EXPECT_EQ(result.shared_tasks, 5);
  const PairResult& pair = result.pairs[0];
  EXPECT_EQ(pair.tasks, 5);
  EXPECT_EQ(pair.only_first, 1);
  EXPECT_EQ(pair.only_second, 95);
  EXPECT_EQ(pair.success_difference, 0);
  const std::string text = comparison_markdown(result);
  EXPECT_TRUE(holds(text, "of 101, every run played 5.")) << text;
  EXPECT_TRUE(holds(text, "| too few questions to tell |")) << text;
}

TEST(CompareRuns, FewQuestionsTellNoDifferenceOfReturn) {
  EXPECT_FALSE(
      compared({range_run("a", 3, 0, 3), range_run("b", 3, 0, 0)}).pairs[0].return_differs());
  EXPECT_TRUE(
      compared({range_run("a", 30, 0, 30), range_run("b", 30, 0, 0)}).pairs[0].return_differs());
}

TEST(CompareRuns, SeveralPairsAreCorrected) {
  // 6 of 30 questions more: p = 2 / 2^6 = 0.03 alone, but not among three pairs.
  const RunComparison result =
      compared({range_run("a", 30, 0, 12), range_run("b", 30, 0, 6), range_run("c", 30, 0, 0)});
  ASSERT_EQ(result.pairs.size(), 3);
  const PairResult& ab = result.pairs[0];
  const PairResult& ac = result.pairs[1];
  EXPECT_DOUBLE_EQ(ab.p, 2.0 / 64);
  EXPECT_DOUBLE_EQ(ab.corrected_p, 2 * 2.0 / 64);
  EXPECT_FALSE(ab.success_differs());
  EXPECT_DOUBLE_EQ(ac.corrected_p, 3 * 2.0 / 4096);
  EXPECT_TRUE(ac.success_differs());
  const std::string text = comparison_markdown(result);
  EXPECT_TRUE(holds(text, "corrected p: Holm's, for 3 pairs")) << text;
  EXPECT_TRUE(holds(text, "| solves more, higher return ")) << text;
  EXPECT_TRUE(holds(text, "this table alone does not rank them:\n\n- a and b\n- b and c\n"))
      << text;
}

TEST(CompareRuns, APairThatSharesNothingIsSaidAmongOthers) {
  AgentRun apart = run_of("apart", {episode(500, true)});
  AgentRun both = range_run("both", 30, 0, 20);
  both.episodes.push_back(episode(500, false));
  const RunComparison result = compared({apart, both, range_run("c", 30, 0, 10)});
  ASSERT_EQ(result.pairs.size(), 3);
  EXPECT_EQ(result.pairs[1].tasks, 0);
  EXPECT_FALSE(result.pairs[1].success_differs());
  EXPECT_TRUE(holds(comparison_markdown(result), "no shared question"));
  EXPECT_TRUE(holds(comparison_json(result), "\"corrected_p\": null"));
  EXPECT_NEAR(result.pairs[2].corrected_p, 2 * result.pairs[2].p, 1e-15) << "two pairs are tested";
}

TEST(CompareRuns, WhatCannotBeComparedIsRefused) {
  const AgentRun a = range_run("a", 9, 0, 3);
  AgentRun b = range_run("b", 9, 0, 4);
  EXPECT_EQ(refused({a, a}).code, ErrorCode::kBadOption);
  b.pack_digest = "sha256:ffeeddccbbaa00000000";
  const Error editions = refused({a, b});
  EXPECT_EQ(editions.code, ErrorCode::kMismatch);
  EXPECT_TRUE(holds(editions.message,
                    "\"a\" was played on the pack small (sha256:001122334455), "
                    "\"b\" on small (sha256:ffeeddccbbaa)"))
      << editions.message;
  b = run_of("b", {episode(77, true)});
  EXPECT_TRUE(holds(refused({a, b}).message, "no two runs share a question"));
  b = range_run("b", 9, 0, 4);
  for (RunEpisode& each : b.episodes) each.options.reward = "v1";
  EXPECT_TRUE(holds(refused({a, b}).message, "15 steps, reward v1, verifier strict; 15 steps"))
      << refused({a, b}).message;
  b = run_of("b", {});
  b.problems = "Line 3 is bad.";
  EXPECT_EQ(refused({a, b}).code, ErrorCode::kBadTrajectory);
  EXPECT_EQ(refused({a, b}).message, "\"b\" has no finished episode. Line 3 is bad.");
  const std::shared_ptr<const Catalog> catalog = test::small_catalog();
  EXPECT_EQ(refused({a}, &catalog->packs().front()).code, ErrorCode::kMismatch);
}

TEST(CompareRuns, ThePackTellsTheGroups) {
  const std::shared_ptr<const Catalog> catalog = test::small_catalog();
  const Pack& pack = catalog->packs().front();
  AgentRun run = run_of("one", {{pack.questions[0].id, kOptions, "", 3, kOne},
                                {pack.questions[1].id, kOptions, "NO_ANSWER", 3, 0},
                                {"not_in_the_pack", kOptions, "", 3, kOne}});
  run.pack = pack.name;
  run.pack_digest = pack.digest;
  const Result<RunComparison> comparison = compare_runs({run}, &pack, {});
  ASSERT_TRUE(comparison);
  const RunResult& result = comparison->runs[0];
  std::int64_t tasks = 0;
  for (const auto& [name, score] : result.by_difficulty) tasks += score.tasks;
  EXPECT_EQ(tasks, 3);
  EXPECT_EQ(result.by_database.at("unknown").tasks, 1);
  EXPECT_EQ(result.by_database.at(pack.questions[0].database).tasks, 2);
  const std::string text = comparison_markdown(*comparison);
  EXPECT_TRUE(holds(text, "## By difficulty")) << text;
  EXPECT_TRUE(holds(text, "| NO\\_ANSWER |") || holds(text, "| NO_ANSWER |")) << text;
  EXPECT_FALSE(holds(text, "## Paired")) << "there is one run";
  AgentRun other = range_run("a", 3, 0, 1);
  other.cut_off = 1;
  other.damaged = 2;
  other.problems = "2 lines are bad.";
  const std::string without = comparison_markdown(compared({other}));
  EXPECT_FALSE(holds(without, "## By difficulty"));
  EXPECT_TRUE(holds(without, "## Left out\n\n- Tables by difficulty")) << without;
  EXPECT_TRUE(holds(without, "- a: 1 episode without an end.\n- a: 2 damaged episodes.\n"))
      << without;
}

TEST(MarkdownTable, ShowsAnyTextAsItIs) {
  EXPECT_EQ(markdown_text("qwen_2.5|7b <b>*x*</b>\n# a"),
            "qwen_2.5\\|7b \\<b\\>\\*x\\*\\</b\\> # a");
  EXPECT_EQ(markdown_text("\x1b[31m _red_"), "\\\\x1b\\[31m \\_red\\_");
  MarkdownTable table;
  table.add_column("#", MarkdownTable::Align::kLeft);
  table.add_column("é", MarkdownTable::Align::kRight);
  table.add_row({"1", "12"});
  table.add_row({"2"});
  EXPECT_EQ(table.text(), "| # |  é |\n|---|---:|\n| 1 | 12 |\n| 2 |    |\n");
}

}  // namespace
}  // namespace sqlenv
