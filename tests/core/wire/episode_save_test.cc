#include "core/wire/episode_save.h"

#include <gtest/gtest.h>

#include "core/wire/pack_json.h"
#include "core/wire/trajectory.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

const std::vector<Action>& script() {
  static const std::vector<Action> actions = {{"DESCRIBE", "animal"},
                                              {"QUERY", "SELECT count(*) FROM keeper"},
                                              {"QUERY", "SELECT count(*) FROM keeper "},
                                              {"SAMPLE", "lion"},
                                              {"Sample", "\xff"},
                                              {"QUERY", "SELECT name FROM animal"},
                                              {"ANSWER", "[\"Ella\", \"Rex\", \"Mia\", \"Bo\"]"}};
  return actions;
}

class EpisodeSaveTest : public testing::Test {
 protected:
  Episode start(Environment& environment) {
    ResetOptions options;
    options.seed = 18446744073709551615U;
    options.filter.database = "zoo";
    options.filter.split = "train";
    options.reward = "v1";
    options.step_budget = 9;
    Result<Episode> episode = environment.reset(options);
    EXPECT_TRUE(episode.has_value());
    return *episode;
  }

  Episode after(std::size_t steps) {
    Episode episode = start(environment_);
    for (std::size_t i = 0; i < steps; ++i) episode.step(script()[i]);
    return episode;
  }

  std::string refusal(const std::string& text) {
    const Result<Episode> restored = restore_episode(environment_, text);
    return restored ? "ok" : restored.error().to_string();
  }

  Environment environment_{test::small_catalog()};
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// Another environment stands for another process.
TEST_F(EpisodeSaveTest, AnEpisodeRestoredAtAnyStepGoesOnAlike) {
  const std::string whole = trajectory_jsonl(after(script().size()));
  for (std::size_t steps = 0; steps <= script().size(); ++steps) {
    Environment elsewhere{test::small_catalog()};
    const Episode saved = after(steps);
    Result<Episode> restored = restore_episode(elsewhere, save_episode(saved));
    ASSERT_TRUE(restored.has_value()) << steps << " " << restored.error().to_string();
    EXPECT_EQ(save_episode(*restored), save_episode(saved));
    EXPECT_EQ(trajectory_jsonl(*restored), trajectory_jsonl(saved));
    EXPECT_EQ(restored->options().filter.split, "train");
    EXPECT_EQ(restored->done(), steps == script().size());
    for (std::size_t i = steps; i < script().size(); ++i) restored->step(script()[i]);
    EXPECT_EQ(trajectory_jsonl(*restored), whole);
  }
}

TEST_F(EpisodeSaveTest, ExactBytes) {
  const std::string text = save_episode(after(1));
  const std::string state = text.substr(text.size() - 67, 64);
  EXPECT_EQ(text,
            R"({"format":"sqlenv-episode/1","core":")" SQLENV_VERSION
            R"(","pack":"small","pack_digest":")" +
                environment_.catalog().packs().front().digest + R"(","question_id":")" +
                after(0).task().question->id +
                R"(","options":{"seed":18446744073709551615,"database":"zoo","split":"train",)"
                R"("step_budget":9,"reward":"v1","verifier":"strict"},)"
                R"("actions":[{"action_type":"DESCRIBE","argument":"animal"}],"state":")" +
                state + "\"}\n");
}

// The digest covers only what the agent has read, so it is the same for every gold.
TEST_F(EpisodeSaveTest, ItHoldsNothingOfTheGold) {
  std::map<std::string, std::string> files = test::small_pack_files();
  const Episode saved = after(6);
  const std::string text = save_episode(saved);
  EXPECT_EQ(text.find(saved.task().question->gold_sql), std::string::npos);
  for (const char* hidden : {"gold", "verdict", "terms", "progress", "total"})
    EXPECT_EQ(text.find(hidden), std::string::npos) << hidden;

  files["questions.json"] =
      replaced(files["questions.json"], saved.task().question->gold_sql, "SELECT 'Nobody', 1, 2");
  std::vector<Pack> packs;
  packs.push_back(*load_pack(test::MemoryFiles(files)));
  Environment other(std::make_shared<const Catalog>(std::move(packs)));
  Episode episode = start(other);
  Episode same = start(environment_);
  ASSERT_NE(episode.task().pack->digest, same.task().pack->digest);
  for (const Action& action : {Action{"DESCRIBE", "animal"}, Action{"SAMPLE", "keeper"}})
    episode.step(action), same.step(action);
  const auto state = [](const Episode& of) {
    return save_episode(of).substr(save_episode(of).find("\"state\""));
  };
  EXPECT_EQ(state(episode), state(same));
}

TEST_F(EpisodeSaveTest, ForgedAndDamagedSavesAreRefused) {
  const std::string good = save_episode(after(3));
  EXPECT_EQ(refusal(good), "ok");
  EXPECT_EQ(refusal(" " + good + "\n"), "ok");
  const char* elsewhere =
      "MISMATCH: the saved episode cannot go on here: playing its actions again leads to another "
      "state.";
  const struct {
    const char* from;
    const char* to;
    const char* error;
  } cases[] = {
      {"{\"format", "\"format", "BAD_SAVE: this is no saved episode: it is not JSON."},
      {"\"core\"", "\"Core\"", "BAD_SAVE: this is no saved episode: it lacks \"core\"."},
      {"episode/1", "episode/2",
       "BAD_SAVE: the format is \"sqlenv-episode/2\", not \"sqlenv-episode/1\"."},
      {"\"seed\"", "\"sed\"",
       "BAD_OPTION: there is no option \"sed\". Known: seed, episode_id, question_id, database, "
       "difficulty, split, pack, step_budget, reward, verifier."},
      {"\"seed\":18", "\"episode_id\":\"x\",\"seed\":18",
       "BAD_SAVE: the saved episode is not as sqlenv writes it."},
      {"\"actions\":[", "\"actions\":[7,",
       "BAD_SAVE: an action cannot be read: an action is an object with action_type and argument."},
      {"\"actions\":[", "\"actions\":[{\"action_type\":\"ANSWER\",\"argument\":\"1\"},",
       "BAD_SAVE: it goes on after the end of the episode."},
      {"\"step_budget\":9", "\"step_budget\":2",
       "BAD_SAVE: it goes on after the end of the episode."},
      {"\"step_budget\":9", "\"step_budget\":8", elsewhere},
      {"\"reward\":\"v1\"", "\"reward\":\"v2\"", elsewhere},
      {"FROM keeper", "FROM animal", elsewhere},
      {"\"state\":\"", "\"state\":\"0", elsewhere},
      {"\"pack\":\"small\"", "\"pack\":\"large\"",
       "NOT_FOUND: it was played on the pack \"large\", which is not loaded."},
      {"\"question_id\":\"zoo", "\"question_id\":\"zo",
       "NOT_FOUND: the pack small has no question \"zo_train_00"},
      {"\"core\":\"", "\"core\":\"9",
       "MISMATCH: the saved episode cannot go on here: it was saved by sqlenv 9"},
      {"\"pack_digest\":\"", "\"pack_digest\":\"0",
       "MISMATCH: it was played on another edition of the pack small (digest 0"},
      {"\"seed\"", "\"seed\":1,\"seed\"",
       "BAD_SAVE: the saved episode is not as sqlenv writes it."},
      {"\"state\"", "\"note\":1,\"state\"",
       "BAD_SAVE: the saved episode is not as sqlenv writes it."},
      {"\"database\":\"zoo\"", "\"database\":\"den\"", "ok"},
  };
  for (const auto& one : cases) {
    const std::string error = refusal(replaced(good, one.from, one.to));
    EXPECT_EQ(error.substr(0, std::string(one.error).size()), one.error) << one.to;
  }
  EXPECT_EQ(refusal(""), "BAD_SAVE: this is no saved episode: it is not JSON.");
  EXPECT_EQ(refusal("[]"), "BAD_SAVE: this is no saved episode: it lacks \"format\".");
}

}  // namespace
}  // namespace sqlenv
