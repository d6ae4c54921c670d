#include "core/wire/trajectory.h"
#include "core/wire/trajectory_reader.h"

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

class TrajectoryTest : public testing::Test {
 protected:
  Episode play(const std::vector<Action>& actions) {
    ResetOptions options;
    options.seed = 5;
    options.filter.question_id = "zoo_train_001";
    Result<Episode> episode = environment_.reset(options);
    for (const Action& action : actions) episode->step(action);
    return *episode;
  }

  Episode won() {
    return play({{"DESCRIBE", "animal"},
                 {"QUERY", "SELECT 'a\tb\"\\\x7f' || char(10, 0, 8232) || '🙂é'"},
                 {"QUERY", "SELECT count(*) FROM animal"},
                 {"JUMP", "\xff\xc3"},
                 {"ANSWER", "4"}});
  }

  Environment environment_{test::small_catalog()};
};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos;) {
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string text_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string error_of(std::string_view text) {
  const Result<Trajectory> read = parse_trajectory(text);
  return read ? "ok" : read.error().to_string();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST_F(TrajectoryTest, ReadingGivesWhatWasRecorded) {
  const Episode episode = won();
  const std::string text = trajectory_jsonl(episode);
  const Result<Trajectory> read = parse_trajectory(text);
  ASSERT_TRUE(read.has_value()) << read.error().to_string();
  EXPECT_EQ(*read, record(episode));
  EXPECT_EQ(trajectory_jsonl(*read), text);
  EXPECT_EQ(read->header.core, SQLENV_VERSION);
  EXPECT_EQ(read->header.seed, 5u);
  EXPECT_EQ(read->steps.size(), 5u);
  EXPECT_EQ(read->steps[4].reward, kOne);
  EXPECT_EQ(read->steps[4].observation.action_history.size(), 5u);
  ASSERT_TRUE(read->footer && read->footer->verdict);
  EXPECT_EQ(read->footer->verdict->reason, "MATCH");
  EXPECT_EQ(parse_trajectory(text.substr(0, text.size() - 1)), read)
      << "without the last line feed";
}

TEST_F(TrajectoryTest, AnEpisodeThatIsNotDoneHasAFooterToo) {
  const std::string text = trajectory_jsonl(play({{"DESCRIBE", "animal"}}));
  const Result<Trajectory> read = parse_trajectory(text);
  ASSERT_TRUE(read.has_value());
  EXPECT_FALSE(read->footer->done);
  EXPECT_EQ(read->footer->verdict, std::nullopt);
}

TEST_F(TrajectoryTest, ATrajectoryThatIsCutAfterALineIsReadUpToThere) {
  const std::vector<std::string> all = lines_of(trajectory_jsonl(won()));
  for (std::size_t kept = 1; kept < all.size(); ++kept) {
    const std::string text =
        text_of({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept)});
    const Result<Trajectory> read = parse_trajectory(text);
    ASSERT_TRUE(read.has_value()) << kept << read.error().to_string();
    EXPECT_EQ(read->steps.size(), kept - 1);
    EXPECT_EQ(read->footer, std::nullopt);
    EXPECT_EQ(trajectory_jsonl(*read), text);
  }
}

// A prefix is either whole lines or an error that names the line that was cut.
TEST_F(TrajectoryTest, ATrajectoryThatIsCutInsideALineNamesTheLine) {
  const std::string text = trajectory_jsonl(won());
  std::size_t line = 1;
  for (std::size_t length = 1; length + 1 < text.size(); ++length) {
    const bool whole = text[length - 1] == '\n' || text[length] == '\n';
    const std::string error = error_of(std::string_view(text).substr(0, length));
    if (whole) ASSERT_EQ(error, "ok") << length;
    else
      ASSERT_EQ(error, "BAD_TRAJECTORY: line " + std::to_string(line) +
                           ": it is not JSON. Was the file cut off inside the line?");
    if (text[length - 1] == '\n') ++line;
  }
}

TEST_F(TrajectoryTest, ErrorsNameTheLineAndTheMember) {
  const std::string good = trajectory_jsonl(won());
  const struct {
    const char* from;
    const char* to;
    const char* error;
  } cases[] = {
      {"trajectory/1", "trajectory/2",
       "line 1: its format is \"sqlenv-trajectory/2\", not \"sqlenv-trajectory/1\"."},
      {"\"pack\":\"small\",", "", "line 1: it lacks \"pack\"."},
      {"\"seed\":5", "\"seed\":-5",
       "line 1: \"seed\" must be a whole number from 0 to 18446744073709551615."},
      {"\"seed\":5", "\"seed\":5.0",
       "line 1: \"seed\" must be a whole number from 0 to 18446744073709551615."},
      {"\"options\":{", "\"options\":[{",
       "line 1: it is not JSON. Was the file cut off inside the line?"},
      {"\"step_budget\":15", "\"step_budget\":1001",
       "line 1: \"step_budget\" must be a whole number from 0 to 1000."},
      {"\"seed\":5", "\"seed\":5,\"seed\":5",
       "line 1: it is not as sqlenv writes it: another member, order, number or blank."},
      {"\"seed\":5", "\"seed\": 5",
       "line 1: it is not as sqlenv writes it: another member, order, number or blank."},
      {"\"seed\":5", "\"seed\":5,\"colour\":1",
       "line 1: it is not as sqlenv writes it: another member, order, number or blank."},
      {"{\"step\":1", "{\"step\":2", "line 2: it is step 2 where step 1 must be."},
      {"\"argument\":\"animal\"", "\"argument\":7", "line 2: \"argument\" must be a text."},
      {"\"executed\":0.015,", "", "line 2: it lacks \"executed\"."},
      {"\"executed\":0.015,", "\"executed\":0.0150,",
       "line 2: it is not as sqlenv writes it: another member, order, number or blank."},
      {"\"executed\":0.015,", "\"executed\":1e300,",
       "line 2: \"executed\" must be a number of millionths."},
      {"\"executed\":0.015,", "\"executed\":0.0150001,",
       "line 2: it is not as sqlenv writes it: another member, order, number or blank."},
      {"\"done\":false", "\"done\":0", "line 2: \"done\" must be true or false."},
      {"\"done\":false", "\"done\":true",
       "line 3: it is a step, but the episode was done on the line before it."},
      {"[\"DESCRIBE animal -> ok\"]", "[\"DESCRIBE animal -> ok\",1]",
       "line 2: \"action_history\" must be a list of texts."},
      {"{\"done\":true,", "{\"done\":false,", "line 7: its \"done\" is not that of the last step."},
      {"\"steps\":5", "\"steps\":4", "line 7: it counts 4 steps where there are 5."},
      {"\"reason\":\"MATCH\"}", "\"reason\":null}", "line 7: \"reason\" must be a text."},
  };
  for (const auto& one : cases)
    EXPECT_EQ(error_of(replaced(good, one.from, one.to)),
              std::string("BAD_TRAJECTORY: ") + one.error)
        << one.to;
}

TEST_F(TrajectoryTest, TextsWithoutATrajectory) {
  EXPECT_EQ(error_of(""),
            "BAD_TRAJECTORY: line 1: there is none; a trajectory begins with a header.");
  EXPECT_EQ(error_of("\n"),
            "BAD_TRAJECTORY: line 1: it is not JSON. Was the file cut off inside the line?");
  for (const char* text : {"{}", "[]", "null", "7", "{\"step\":1}"})
    EXPECT_EQ(error_of(text), "BAD_TRAJECTORY: line 1: it lacks \"format\".") << text;
}

TEST_F(TrajectoryTest, ManyAfterEachOther) {
  const std::string whole = trajectory_jsonl(won());
  const std::string cut = whole.substr(0, whole.find("{\"step\":3"));
  const Result<std::vector<Trajectory>> read = parse_trajectories(whole + cut + cut + whole);
  ASSERT_TRUE(read.has_value()) << read.error().to_string();
  ASSERT_EQ(read->size(), 4u);
  EXPECT_EQ((*read)[0], (*read)[3]);
  EXPECT_EQ((*read)[1].steps.size(), 2u);
  EXPECT_EQ((*read)[1], (*read)[2]);
  EXPECT_EQ(error_of(whole + cut),
            "BAD_TRAJECTORY: line 8: a second trajectory begins, where one is wanted.");
  EXPECT_EQ(error_of(cut + cut),
            "BAD_TRAJECTORY: line 4: a second trajectory begins, where one is wanted.");

  TrajectoryReader reader;
  std::vector<std::size_t> first_lines;
  for (const std::string& line : lines_of(whole + cut + whole + cut))
    if (*reader.add(line)) first_lines.push_back(reader.first_line());
  ASSERT_TRUE(reader.finish().has_value());
  first_lines.push_back(reader.first_line());
  EXPECT_EQ(first_lines, (std::vector<std::size_t>{1, 8, 11, 18}));
  EXPECT_EQ(reader.finish(), std::nullopt);
}

TEST_F(TrajectoryTest, HostileTextsTakeNoLongTime) {
  std::string many_members = "{";
  for (int i = 0; i < 60'000; ++i) many_members += "\"" + std::to_string(i) + "\":0,";
  many_members += "\"x\":0}";
  const std::string header = lines_of(trajectory_jsonl(won())).front() + "\n";
  for (const std::string& text :
       {many_members, std::string(1'000'000, '['),
        std::string(100'000, '[') + std::string(100'000, ']'),
        "{\"format\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}",
        std::string(300'000, '\n'), std::string(1'000'000, '\0'),
        "{\"step\":1,\"done\":\"" + std::string(1'000'000, 'x') + "\"}"}) {
    EXPECT_NE(error_of(text), "ok");
    EXPECT_NE(error_of(header + text), "ok");
    EXPECT_LT(error_of(header + text).size(), 300u);
  }
}

// Damaged bytes are an error or a trajectory that is written back as it was read.
TEST_F(TrajectoryTest, DamagedBytes) {
  const std::string good = trajectory_jsonl(won());
  Random random(17);
  int accepted = 0;
  for (int i = 0; i < 4000; ++i) {
    std::string text = good;
    for (std::uint64_t damage = random.below(3) + 1; damage > 0; --damage) {
      const auto at = static_cast<std::size_t>(random.below(text.size()));
      const auto other = static_cast<std::size_t>(random.below(text.size()));
      const auto length = static_cast<std::size_t>(random.below(40));
      switch (random.below(4)) {
        case 0: text[at] = static_cast<char>(random.below(256)); break;
        case 1: text.erase(at, length); break;
        case 2: text.insert(at, text.substr(other, length)); break;
        default: text[at] = text[other];
      }
    }
    const Result<std::vector<Trajectory>> read = parse_trajectories(text);
    if (!read) {
      ASSERT_EQ(read.error().message.substr(0, 5), "line ");
      continue;
    }
    ++accepted;
    std::string again;
    for (const Trajectory& one : *read) again += trajectory_jsonl(one);
    if (text.back() != '\n') text += '\n';
    ASSERT_EQ(again, text);
  }
  EXPECT_GT(accepted, 0) << "a letter changed inside a text is still a trajectory";
}

}  // namespace
}  // namespace sqlenv
