// What judging an answer costs: results of 100,000 rows, and how the cost grows.
#include <benchmark/benchmark.h>

#include <algorithm>

#include "core/base/random.h"
#include "core/verify/answer_text.h"
#include "core/verify/verdict.h"

namespace sqlenv {
namespace {

std::size_t below(Random& random, std::size_t bound) {
  return static_cast<std::size_t>(random.below(bound));
}

// An id, a name, a real and a small number a row: a plain report.
ResultTable report(std::size_t rows) {
  Random random(1);
  ResultTable table{{"id", "name", "score", "level"}, {}};
  for (std::size_t r = 0; r < rows; ++r)
    table.rows.push_back({static_cast<std::int64_t>(r),
                          "name " + std::to_string(below(random, rows)),
                          static_cast<double>(below(random, 1'000'000)) / 7,
                          static_cast<std::int64_t>(below(random, 5))});
  return table;
}

// The same rows in another order, with their columns turned round.
ResultTable shuffled(ResultTable table) {
  Random random(2);
  for (std::size_t i = table.rows.size(); i > 1; --i)
    std::swap(table.rows[i - 1], table.rows[below(random, i)]);
  for (Row& row : table.rows) std::reverse(row.begin(), row.end());
  return table;
}

void run(benchmark::State& state, const Gold& gold, const ResultTable& answer, VerifierMode mode,
         bool correct) {
  for (auto _ : state) {
    const Verdict verdict = verify(gold, answer, mode);
    if (verdict.correct != correct) state.SkipWithError("the verdict is not the expected one");
    benchmark::DoNotOptimize(verdict);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(answer.rows.size()));
  state.SetComplexityN(static_cast<std::int64_t>(answer.rows.size()));
}

void BM_VerifyStrict(benchmark::State& state) {
  const Gold gold{report(static_cast<std::size_t>(state.range(0)))};
  run(state, gold, shuffled(gold.table), VerifierMode::kStrict, true);
}
BENCHMARK(BM_VerifyStrict)
    ->RangeMultiplier(10)
    ->Range(100, 100'000)
    ->Complexity()
    ->Unit(benchmark::kMillisecond);

void BM_VerifyStrictWrong(benchmark::State& state) {
  const Gold gold{report(static_cast<std::size_t>(state.range(0)))};
  ResultTable answer = shuffled(gold.table);
  answer.rows[answer.rows.size() / 2][1] = -1.0;
  run(state, gold, answer, VerifierMode::kStrict, false);
}
BENCHMARK(BM_VerifyStrictWrong)->Arg(100'000)->Unit(benchmark::kMillisecond);

void BM_VerifyStrictOrdered(benchmark::State& state) {
  Gold gold{report(static_cast<std::size_t>(state.range(0)))};
  gold.ordered = true;
  run(state, gold, gold.table, VerifierMode::kStrict, true);
}
BENCHMARK(BM_VerifyStrictOrdered)->Arg(100'000)->Unit(benchmark::kMillisecond);

void BM_VerifySpider(benchmark::State& state) {
  const Gold gold{report(static_cast<std::size_t>(state.range(0)))};
  run(state, gold, shuffled(gold.table), VerifierMode::kSpider, true);
}
BENCHMARK(BM_VerifySpider)->Arg(100'000)->Unit(benchmark::kMillisecond);

void BM_VerifyBird(benchmark::State& state) {
  const Gold gold{report(static_cast<std::size_t>(state.range(0)))};
  run(state, gold, gold.table, VerifierMode::kBird, true);
}
BENCHMARK(BM_VerifyBird)->Arg(100'000)->Unit(benchmark::kMillisecond);

// Reals that are all near their neighbours, so that one chain holds them all.
void BM_VerifyChain(benchmark::State& state) {
  Gold gold{{{"x"}, {}}};
  for (std::int64_t r = 0; r < state.range(0); ++r)
    gold.table.rows.push_back({1e6 + static_cast<double>(r) * 0.5});
  run(state, gold, shuffled(gold.table), VerifierMode::kStrict, true);
}
BENCHMARK(BM_VerifyChain)
    ->RangeMultiplier(10)
    ->Range(100, 100'000)
    ->Complexity()
    ->Unit(benchmark::kMillisecond);

// Reading the answer's text as well: what one ANSWER of 1,860 rows, Spider's largest gold, costs.
void BM_VerifyText(benchmark::State& state) {
  const Gold gold{report(static_cast<std::size_t>(state.range(0)))};
  const std::string answer = answer_text(shuffled(gold.table));
  for (auto _ : state) {
    const Verdict verdict = verify(gold, answer);
    if (!verdict.correct) state.SkipWithError("the right answer was refused");
    benchmark::DoNotOptimize(verdict);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(answer.size()));
}
BENCHMARK(BM_VerifyText)->Arg(1'860)->Arg(20'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sqlenv
