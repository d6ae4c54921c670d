// The file of an evaluation: its counts, filters and order, and opening one of its episodes.
#include <gtest/gtest.h>

#include <memory>

#include "app/desktop/trajectory_file.h"
#include "core/explorer/builtin_policies.h"
#include "core/policy/evaluate.h"
#include "core/wire/trajectory.h"
#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"
#include "tests/playground/temp_folder.h"

namespace sqlenv::ui::test {
namespace {

class EvaluationTest : public testing::Test {
 protected:
  EvaluationTest() {
    Environment environment(catalog_);
    EvaluateOptions options;
    options.episodes = 40;
    options.reset.step_budget = 30;
    const PolicyMaker make_policy = builtin_policies().find("random").value();
    counted_ = *evaluate(environment, options, make_policy, [this](const EpisodeReport& report) {
      text_ += trajectory_jsonl(*report.episode);
      right_ += report.failure.empty() ? 1 : 0;
    });
  }

  void open(const std::string& text, ImVec2 size = ImVec2(1280, 800)) {
    file_ = folder_.file("run.jsonl", text);
    Host host;
    host.open_episode = [this](const std::string& name, FileRange range) {
      ui_->playground().open_trajectories(name, desktop::read_range(file_, range));
    };
    ui_ = std::make_unique<Headless>(catalog_, size, host);
    ui_->start("zoo_train_001");
    Result<std::unique_ptr<EvaluationTable>> table = desktop::read_evaluation(file_, *catalog_);
    ASSERT_TRUE(table);
    ui_->playground().show_evaluation(std::move(*table));
    ui_->settle();
  }

  std::shared_ptr<const Catalog> catalog_ = sqlenv::test::small_catalog();
  std::string text_;
  Evaluation counted_;
  int right_ = 0;
  TempFolder folder_;
  std::string file_;
  std::unique_ptr<Headless> ui_;
};

TEST_F(EvaluationTest, ShowsTheResults) {
  for (const ImVec2 size : {ImVec2(1280, 800), ImVec2(390, 844), ImVec2(800, 600)}) {
    open(text_, size);
    const std::string texts = ui_->texts();
    EXPECT_TRUE(holds(texts, std::to_string(right_) + " of 40 episodes")) << texts;
    for (const auto& [database, tally] : counted_.by_database) {
      const auto row = ui_->find("evaluation.database." + database);
      ASSERT_TRUE(row) << database;
      EXPECT_TRUE(holds(row->label, ": " + std::to_string(tally.episodes) + ","));
    }
    for (const auto& [failure, count] : counted_.failures)
      EXPECT_TRUE(ui_->find("evaluation.failure." + failure)) << failure;
    EXPECT_TRUE(ui_->find("evaluation.rows"));
    EXPECT_FALSE(ui_->find("action.run"));
  }
}

TEST_F(EvaluationTest, LinesAreFiltersAndEpisodesAreOpened) {
  open(text_);
  const auto shown = [this](std::size_t count) {
    return holds(ui_->texts(), std::to_string(count) + " of 40 rows");
  };
  EXPECT_TRUE(shown(40));
  ui_->click("evaluation.wrong");
  EXPECT_TRUE(shown(static_cast<std::size_t>(40 - right_)));
  ui_->click("evaluation.all");
  const auto& [database, tally] = *counted_.by_database.begin();
  ui_->click("evaluation.database." + database);
  EXPECT_TRUE(shown(static_cast<std::size_t>(tally.episodes)));
  ui_->click("evaluation.database." + database);
  EXPECT_TRUE(shown(40));
  ui_->click("evaluation.filter");
  ui_->type("no such text");
  EXPECT_TRUE(shown(0));
  ui_->key(ImGuiMod_Ctrl | ImGuiKey_A);
  ui_->key(ImGuiKey_Delete);
  const float before = ui_->find("evaluation.rows.1")->y;
  ui_->click("evaluation.rows.head.4");
  const auto first = ui_->find("evaluation.rows.1");
  EXPECT_TRUE(!first || first->y != before) << "sorting by steps moves it";
  ui_->click("evaluation.rows.head.4");
  ui_->click("evaluation.rows.head.4");
  ui_->click("evaluation.rows.3");
  ui_->settle();
  EXPECT_TRUE(ui_->find("replay.close")) << ui_->playground().notice();
  EXPECT_FALSE(ui_->find("replay.warning"));
  const std::size_t begin = text_.find("{\"format\"", text_.find("{\"format\"", 9) + 9);
  const std::string trajectory = trajectory_jsonl(ui_->episode());
  EXPECT_EQ(text_.substr(begin, trajectory.size()), trajectory);
  ui_->click("header.episodes");
  EXPECT_TRUE(ui_->find("evaluation.rows"));
  ui_->key(ImGuiKey_Escape);
  EXPECT_FALSE(ui_->find("evaluation.rows"));
}

// A language model's run beside another: what it wrote without an action is a step of the replay,
// and the runs of one question stand side by side.
TEST_F(EvaluationTest, ModelsAreListedReplayedAndCompared) {
  Environment environment(catalog_);
  const auto file_of = [&](const std::vector<Action>& actions) {
    std::string text;
    for (const char* question : {"zoo_train_001", "zoo_train_002"}) {
      ResetOptions reset;
      reset.step_budget = 3;
      reset.filter.question_id = question;
      Episode episode = *environment.reset(reset);
      for (const Action& action : actions)
        if (!episode.done()) episode.step(action);
      text += trajectory_jsonl(episode);
    }
    return text;
  };
  const std::string wrote = "I think that\nthe answer \x01 is \xf0\x9f\xa6\x81 …";
  open(file_of({{"UNREADABLE", wrote}, {"UNREADABLE", ""}, {"UNREADABLE", wrote}}));
  EXPECT_TRUE(ui_->find("evaluation.failure.NO_ANSWER"));
  ui_->click("evaluation.rows.1");
  ui_->settle();
  ASSERT_TRUE(ui_->find("replay.close")) << ui_->playground().notice();
  EXPECT_FALSE(ui_->find("replay.warning")) << "it replays to the same bytes";
  ASSERT_EQ(ui_->episode().steps().size(), 3u);
  EXPECT_EQ(ui_->episode().steps()[0].action, (Action{"UNREADABLE", wrote}));
  EXPECT_TRUE(holds(ui_->texts(), "UNREADABLE")) << ui_->texts();

  file_ = folder_.file("other.jsonl", file_of({{"QUERY", "SELECT 4"}, {"ANSWER", "4"}}));
  Result<std::unique_ptr<EvaluationTable>> other = desktop::read_evaluation(file_, *catalog_);
  ASSERT_TRUE(other);
  ui_->playground().show_evaluation(std::move(*other));
  ui_->settle();
  ui_->click("evaluation.rows.1");
  ui_->settle();
  ui_->click("replay.run.1");
  EXPECT_EQ(ui_->episode().steps()[0].action.action_type, "UNREADABLE");
  ui_->click("replay.run.2");
  EXPECT_TRUE(ui_->episode().verdict()->correct);
}

TEST_F(EvaluationTest, BadLinesAndOtherPacksAreReported) {
  std::string text = text_;
  for (std::size_t at; (at = text.find("\"pack\":\"small\"")) != std::string::npos;)
    text.replace(at, 14, "\"pack\":\"other\"");
  open("what\n" + text);
  const auto note = ui_->find("evaluation.note");
  ASSERT_TRUE(note);
  EXPECT_TRUE(holds(note->label, "1 line is not of a trajectory. Line 1:")) << note->label;
  if (text != text_) {
    EXPECT_TRUE(ui_->find("evaluation.database.unknown"));
    ui_->click("evaluation.rows.1");
    ui_->settle();
    EXPECT_TRUE(ui_->find("live.state")) << "it is shown as it was recorded";
    ui_->click("header.episodes");
    EXPECT_TRUE(ui_->find("evaluation.rows"));
    ui_->key(ImGuiKey_Escape);
    EXPECT_TRUE(ui_->find("live.state"));
  }
  open("");
  EXPECT_TRUE(holds(ui_->find("evaluation.note")->label, "there is none"));
}

TEST_F(EvaluationTest, ReadingReportsProgressAndCanBeStopped) {
  std::string text;
  while (text.size() < 3'000'000) text += text_;
  const std::string file = folder_.file("long.jsonl", text);
  std::uint64_t last = 0;
  const Result<std::unique_ptr<EvaluationTable>> part =
      desktop::read_evaluation(file, *catalog_, [&](std::uint64_t read, std::uint64_t bytes) {
        EXPECT_EQ(bytes, text.size());
        last = read;
        return read > 1'500'000;
      });
  ASSERT_TRUE(part);
  EXPECT_LT(last, text.size());
  EXPECT_GT((*part)->all().episodes, 40);
  EXPECT_EQ((*part)->note(), "Stopped after 2 MB of 3 MB.");
  EXPECT_FALSE(desktop::read_evaluation("/no/such/file.jsonl", *catalog_));
}

TEST_F(EvaluationTest, LinesMayEndAsInWindows) {
  open(text_);
  std::string text;
  for (const char letter : text_.substr(0, text_.find("{\"format\"", 9)))
    text += letter == '\n' ? "\r\n" : std::string(1, letter);
  ui_->playground().open_trajectories("windows.jsonl", text);
  ui_->settle();
  EXPECT_TRUE(ui_->find("replay.close")) << ui_->playground().notice();
}

TEST_F(EvaluationTest, TellsTheFileOfAReplayFromThatOfAnEvaluation) {
  EXPECT_FALSE(desktop::read_replay(folder_.file("run.jsonl", text_)));
  const std::string one = text_.substr(0, text_.find("{\"format\"", 9));
  EXPECT_EQ(desktop::read_replay(folder_.file("two.jsonl", one + one)), one + one);
  EXPECT_EQ(desktop::read_replay(folder_.file("no.jsonl", "no")), "no");
}

TEST(PictureMenuTest, OffersEachPanel) {
  std::string wanted;
  Host host;
  host.save_picture = [&](const std::string& panel) {
    wanted = panel;
    return "Saved";
  };
  Headless ui(sqlenv::test::small_catalog(), host);
  ui.start("zoo_train_001");
  ui.click("schema.animal");
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Right, true);
  ui.frame();
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Right, false);
  ui.settle();
  for (const char* panel : {"everything", "result", "reward", "schema"})
    EXPECT_TRUE(ui.find(std::string("picture.") + panel)) << panel;
  ui.click("picture.reward");
  EXPECT_EQ(wanted, "reward");
  const std::optional<Place> place = ui.playground().find("panel.reward");
  ASSERT_TRUE(place);
  EXPECT_GT(place->w, 250);
  EXPECT_GT(place->h, 100);
  EXPECT_GT(place->x, 800);
  EXPECT_FALSE(ui.find("picture.reward"));
}

}  // namespace
}  // namespace sqlenv::ui::test
