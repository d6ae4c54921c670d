// Steps that are only read: of a file whose pack is not here, and of a server that the player is
// connected to, which is a fake here.
#include <gtest/gtest.h>

#include "app/desktop/database_opener.h"
#include "app/desktop/open_dialog.h"
#include "core/wire/trajectory.h"
#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

using sqlenv::test::small_catalog;

Transcript on_server() {
  Transcript seen;
  seen.title = "Playing on http://localhost:1";
  seen.state = "Connected.";
  seen.question = "How many boats are there?";
  seen.schema = "Tables: boat, harbour\nboat(id INTEGER)";
  seen.left = 15;
  seen.plays = seen.acts = true;
  return seen;
}

Transcript::Step counted_boats() {
  return {{"QUERY", "SELECT count(*) FROM boat"}, "count(*)\n12\n(1 row)", "", 25'000};
}

class TranscriptUi : public testing::TestWithParam<ImVec2> {
 protected:
  TranscriptUi() : ui_(small_catalog(), GetParam(), host()) { ui_.start("zoo_train_001"); }
  Host host() {
    Host host;
    host.act_on_server = [this](const Action& action) { played_ = action; };
    host.choose_on_server = [this](const std::string& id) { chosen_.push_back(id); };
    return host;
  }
  void show(const Transcript& seen) {
    ui_.playground().show_transcript(seen);
    ui_.settle();
  }
  std::string state() { return ui_.find("live.state")->label; }

  std::optional<Action> played_;
  std::vector<std::string> chosen_;
  Headless ui_;
};

INSTANTIATE_TEST_SUITE_P(Sizes, TranscriptUi,
                         testing::Values(ImVec2(390, 844), ImVec2(1280, 800), ImVec2(1920, 1080)));

TEST_P(TranscriptUi, AnEpisodeOfAnUnknownPackIsShownAsRecorded) {
  Environment environment(small_catalog());
  ResetOptions options;
  options.filter.question_id = "zoo_train_001";
  Episode episode = *environment.reset(options);
  episode.step({"DESCRIBE", "animal"});
  episode.step({"QUERY", "SELECT * FROM lion"});
  episode.step({"ANSWER", "4"});
  Trajectory trajectory = record(episode);
  trajectory.header.pack = "elsewhere";
  ui_.playground().open_trajectories("run.jsonl", trajectory_jsonl(trajectory));
  ui_.settle();
  EXPECT_TRUE(holds(state(), "cannot be played again here")) << state();
  EXPECT_TRUE(holds(state(), "elsewhere")) << state();
  EXPECT_TRUE(holds(state(), "3 steps")) << state();
  EXPECT_TRUE(holds(ui_.texts(), episode.task().question->text));
  EXPECT_TRUE(ui_.find("recorded.3")->label == "ANSWER 4") << ui_.texts();
  EXPECT_FALSE(ui_.find("action.run").has_value()) << "there is nobody to play it";
  ui_.click("recorded.1");
  EXPECT_TRUE(holds(ui_.texts(), "species")) << "what DESCRIBE showed";
  ui_.click("recorded.2");
  EXPECT_TRUE(holds(ui_.texts(), "NO_SUCH_TABLE")) << ui_.texts();
  ui_.click("live.leave");
  EXPECT_FALSE(ui_.find("live.state").has_value());
  EXPECT_TRUE(ui_.find("action.run").has_value()) << "the episode is there again";
}

TEST_P(TranscriptUi, ActionsGoToTheServer) {
  show(on_server());
  EXPECT_TRUE(holds(ui_.texts(), "How many boats are there?"));
  ui_.click("action.table.harbour");
  ui_.click("action.run");
  ASSERT_TRUE(played_.has_value());
  EXPECT_EQ(*played_, (Action{"DESCRIBE", "harbour"}));
  EXPECT_FALSE(ui_.find("action.run")->enabled) << "one at a time";
  EXPECT_EQ(ui_.episode().step_count(), 0) << "nothing is played here";

  Transcript seen = on_server();
  seen.steps.push_back(counted_boats());
  seen.left = 14;
  show(seen);
  EXPECT_TRUE(holds(ui_.texts(), "(1 row)")) << ui_.texts();
  EXPECT_TRUE(holds(ui_.texts(), "+0.025")) << ui_.texts();
  ui_.click("action.kind.query");
  ui_.click("action.editor");
  ui_.type("SELECT 1");
  ui_.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  EXPECT_EQ(*played_, (Action{"QUERY", "SELECT 1"}));
}

TEST_P(TranscriptUi, WhatIsWrittenStaysWhileTheServerSaysMore) {
  show(on_server());
  ui_.click("action.kind.query");
  ui_.click("action.editor");
  ui_.type("SELECT ");
  Transcript seen = on_server();
  seen.state = "Connected again.";
  show(seen);
  ui_.type("2");
  ui_.click("action.run");
  EXPECT_EQ(*played_, (Action{"QUERY", "SELECT 2"}));
}

TEST_P(TranscriptUi, EachStateSaysWhatCanBeDone) {
  Transcript seen = on_server();
  seen.acts = false;
  seen.bad = true;
  seen.state = "The connection is lost.";
  seen.choices = {{"retry", "Try now"}, {"replay", "Play the same 2 steps again"}};
  show(seen);
  EXPECT_EQ(state(), "The connection is lost.");
  EXPECT_FALSE(ui_.find("action.run")->enabled);
  ui_.click("live.retry");
  ui_.click("live.replay");
  EXPECT_EQ(chosen_, (std::vector<std::string>{"retry", "replay"}));
  ui_.click("header.next");
  EXPECT_EQ(chosen_.back(), "leave") << "another episode leaves the server";
  EXPECT_FALSE(ui_.find("live.state").has_value());
}

TEST_P(TranscriptUi, AWatchedSessionIsOnlyRead) {
  Transcript list;
  list.title = "Watching";
  list.rows = {{"session.7", "7: How many boats are there? · 2 steps"}};
  show(list);
  ui_.click("live.session.7");
  EXPECT_EQ(chosen_, std::vector<std::string>{"session.7"});
  Transcript seen = on_server();
  seen.plays = seen.acts = false;
  seen.first = 40;
  for (int i = 0; i < 20; ++i) seen.steps.push_back(counted_boats());
  show(seen);
  EXPECT_FALSE(ui_.find("action.run").has_value());
  EXPECT_TRUE(ui_.find("recorded.59").has_value()) << "steps have their own numbers";
  ui_.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  EXPECT_FALSE(played_.has_value());
  ui_.click("recorded.57");
  seen.steps.push_back({{"QUERY", "SELECT 5"}, "5", "", 0});
  show(seen);
  EXPECT_TRUE(holds(ui_.texts(), "count(*)")) << "the chosen step stays";
}

// The desktop program's dialog takes a server's address where it takes a path.
TEST(ServerDialog, AsksForATokenAndWhatToDoThere) {
  std::string asked;
  desktop::DatabaseOpener opener;
  desktop::RecentFiles recent;
  desktop::OpenDialog dialog(
      opener, recent, [](const std::string&) {},
      [&](const std::string& address, const std::string& token, bool watch) {
        asked = address + " " + token + (watch ? " watch" : " play");
        return std::string(address == "http://ok" ? "" : "This is no address.");
      });
  Host host;
  host.choose_file = [&] { dialog.show(); };
  host.draw_over = [&](Ui& drawn) { dialog.draw(drawn); };
  Headless ui(small_catalog(), host);
  ui.start("zoo_train_001");
  ui.click("header.open");
  EXPECT_FALSE(ui.find("open.token").has_value());
  ui.click("open.path");
  ui.type("http://o");
  ui.frame();
  EXPECT_FALSE(ui.find("open.go").has_value()) << "it is no file";
  ui.click("open.play");
  EXPECT_EQ(asked, "http://o  play");
  EXPECT_TRUE(holds(ui.texts(), "no address")) << ui.texts();
  ui.click("open.path");
  ui.key(ImGuiKey_End);
  ui.type("k");
  ui.settle();  // what was wrong with the address goes, and all below it moves up
  ui.click("open.token");
  ui.type("secret");
  ui.frame();
  EXPECT_FALSE(holds(ui.texts(), "secret"));
  ui.click("open.watch");
  EXPECT_EQ(asked, "http://ok secret watch");
  EXPECT_FALSE(ui.find("open.path").has_value());
}

TEST(TranscriptTest, TablesAreReadFromWhatAnAgentSees) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(table_names("Tables: a, b c, d\na(x, y)"), (Names{"a", "b c", "d"}));
  EXPECT_EQ(table_names("Tables: a"), Names{"a"});
  EXPECT_EQ(table_names(""), Names());
}

}  // namespace
}  // namespace sqlenv::ui::test
