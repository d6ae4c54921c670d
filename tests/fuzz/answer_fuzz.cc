// Answers: the first byte picks a question, the rest is the answer. Judging never fails, ends the
// episode, and gives the same verdict twice.
#include "core/wire/episode_json.h"
#include "tests/fuzz/fuzz.h"

namespace sqlenv {
namespace {

std::string judgement_of(Environment& environment, std::uint64_t seed, const std::string& answer) {
  ResetOptions options;
  options.seed = seed;
  Episode episode = std::move(*environment.reset(options));
  const StepResult result = episode.step({"ANSWER", answer});
  if (!result.done) return step_json(result);  // a blank answer
  SQLENV_CHECK(episode.done() && episode.verdict().has_value());
  SQLENV_CHECK(result.reward == (episode.verdict()->correct ? 1.0 : 0.0));
  return step_json(result) + episode.verdict()->detail;
}

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlenv;
  if (size == 0) return 0;
  const std::string answer(fuzz::text_of(data + 1, size - 1));
  const std::string judgement = judgement_of(fuzz::environment(), data[0], answer);
  SQLENV_CHECK(judgement == judgement_of(fuzz::other_environment(), data[0], answer));
  return 0;
}
