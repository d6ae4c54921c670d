#include "core/wire/completions_json.h"

#include <gtest/gtest.h>

namespace sqlenv {
namespace {

CompletionsHeader header() {
  CompletionsHeader out;
  out.core = "9.9.9";
  out.pack = "small";
  out.pack_digest = "sha256:00";
  out.dialect = Dialect::kCompact;
  out.grammar = true;
  out.model.examples = true;
  out.model.model = "tiny \"1\"";
  out.model.temperature = 0.7;
  out.model.max_tokens = 99;
  out.samples = 4;
  out.evaluate.episodes = 12;
  out.evaluate.reset.seed = 18'446'744'073'709'551'615U;
  out.evaluate.reset.filter.split = "eval";
  out.evaluate.reset.step_budget = 7;
  return out;
}

TEST(CompletionsJsonTest, AHeaderComesBackAsItWas) {
  const std::string line = completions_header_json(header());
  EXPECT_EQ(line,
            R"({"format":"sqlenv-completions/1","core":"9.9.9","pack":"small",)"
            R"("pack_digest":"sha256:00","dialect":"compact/1","grammar":true,"examples":true,)"
            R"("model":"tiny \"1\"","temperature":0.700,"max_tokens":99,"samples":4,)"
            R"("seed":18446744073709551615,"episodes":12,"database":null,"difficulty":null,)"
            R"("split":"eval","question":null,"step_budget":7,"reward":"v3","verifier":"strict"})"
            "\n");
  const Result<CompletionsHeader> read = parse_completions_header(line);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(completions_header_json(*read), line);
  CompletionsHeader other = header();
  other.model.temperature.reset();
  const std::string without = completions_header_json(other);
  EXPECT_NE(without.find(R"("temperature":null)"), std::string::npos);
  EXPECT_EQ(completions_header_json(*parse_completions_header(without)), without);
}

TEST(CompletionsJsonTest, OptionsThatDifferAreNamed) {
  CompletionsHeader other = header();
  other.core = "1.0.0";
  EXPECT_TRUE(differing_options(header(), other).empty());
  other.evaluate.reset.filter.split = std::nullopt;
  other.model.max_tokens = 1;
  EXPECT_EQ(differing_options(header(), other), (std::vector<std::string>{"max_tokens", "split"}));
}

TEST(CompletionsJsonTest, AnEpisodeComesBackAsItWas) {
  KeptEpisode episode{3, "zoo_train_001", 5, {}, false, {}};
  episode.turns.push_back({{"D animal\n\"\xE2\x82\xAC\"", {}, true}, "", 10, 2});
  episode.turns.push_back({{"", {{"call_0", "query", "{\"sql\": 1"}}, false}, "", 0, 0});
  episode.failure = KeptFailure{"TIMED_OUT", "Too late."};
  const std::string line = kept_episode_json(episode);
  const Result<KeptEpisode> read = parse_kept_episode(line);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(kept_episode_json(*read), line);
  ASSERT_EQ(read->turns.size(), 2U);
  EXPECT_TRUE(read->turns[0].completion.cut);
  EXPECT_EQ(read->turns[0].prompt_tokens, 10);
  EXPECT_EQ(read->turns[1].completion.tool_calls.at(0).arguments, "{\"sql\": 1");
  EXPECT_EQ(read->failure->kind, "TIMED_OUT");
}

TEST(CompletionsJsonTest, AnythingElseIsAnError) {
  for (const char* line : {"", "{}", "[]", "not JSON", R"({"format":"sqlenv-trajectory/1"})",
                           R"({"format":"sqlenv-completions/1","dialect":"chat/999"})"})
    EXPECT_FALSE(parse_completions_header(line)) << line;
  const std::string line = completions_header_json(header());
  std::string none = line;
  none.replace(none.find("\"samples\":4"), 11, "\"samples\":0");
  EXPECT_FALSE(parse_completions_header(none));
  for (const char* bad : {"", "{}", R"({"episode":1,"turns":7})", R"({"episode":1,"turns":[{}]})",
                          R"({"episode":0,"turns":[]})", R"({"episode":-1,"turns":[]})",
                          R"({"episode":1,"turns":[{"completion":{"text":5}}]})"}) {
    const Result<KeptEpisode> read = parse_kept_episode(bad);
    ASSERT_FALSE(read) << bad;
    EXPECT_EQ(read.error().code, ErrorCode::kBadJson);
  }
}

}  // namespace
}  // namespace sqlenv
