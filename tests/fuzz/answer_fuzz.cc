// Answers: the first byte picks a question, the rest is the answer. Judging never fails, ends the
// episode, and gives the same verdict twice. The rest is also a gold table, which is right when it
// is written in any shape that can carry it.
#include "core/verify/difference.h"
#include "core/wire/episode_json.h"
#include "tests/core/verify/answer_shapes.h"
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

// Cells end at a byte 1. One that begins with a byte 2 or 3 is a number or a blob, or NULL.
Value cell_of(std::string_view text) {
  if (text.starts_with('\2')) return number_value(text.substr(1)).value_or(Null{});
  if (text.starts_with('\3')) return Blob{std::string(text.substr(1))};
  return valid_utf8(text);
}

Gold gold_of(std::uint8_t seed, std::string_view text) {
  Gold gold;
  for (std::size_t c = 0; c <= seed % 3; ++c) gold.table.columns.push_back("c" + std::to_string(c));
  gold.ordered = gold.mentions_order_by = seed % 2 == 0;
  while (!text.empty() && gold.table.rows.size() < 20) {
    Row& row = gold.table.rows.emplace_back();
    while (row.size() < gold.table.columns.size()) {
      const std::size_t end = std::min(text.find('\1'), text.size());
      row.push_back(cell_of(text.substr(0, end)));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  return gold;
}

void check_shapes(const Gold& gold) {
  for (const test::Shape& shape : test::kShapes) {
    if (!test::carries(shape, gold.table)) continue;
    const std::string answer = shape.write(gold.table);
    for (const VerifierMode mode :
         {VerifierMode::kStrict, VerifierMode::kSpider, VerifierMode::kBird}) {
      SQLENV_CHECK(verify(gold, answer, mode).correct);
      (void)difference(gold, answer, mode);
    }
  }
}

// A text is a right answer for itself in every mode, however it looks.
void check_text(std::string_view text) {
  const Gold gold{{{"c0"}, {{valid_utf8(text)}}}};
  if (trim(text).empty()) return;
  for (const std::string& name : verifier_names())
    SQLENV_CHECK(verify(gold, text, *verifier_mode(name)).correct);
}

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlenv;
  if (size == 0) return 0;
  const std::string answer(fuzz::text_of(data + 1, size - 1));
  const std::string judgement = judgement_of(fuzz::environment(), data[0], answer);
  SQLENV_CHECK(judgement == judgement_of(fuzz::other_environment(), data[0], answer));
  check_text(answer);
  check_shapes(gold_of(data[0], answer));
  return 0;
}
