#include "core/wire/evaluation_index.h"

#include <gtest/gtest.h>

#include "core/explorer/builtin_policies.h"
#include "core/policy/evaluate.h"
#include "core/wire/trajectory.h"
#include "core/wire/trajectory_reader.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

// The file that an evaluation writes, and what it counted.
struct Written {
  std::string text;
  std::vector<std::size_t> begins;  // of the episodes in it
  Evaluation counted;
};

Written evaluation_file(const char* policy = "explorer") {
  static Environment environment(test::small_catalog());
  Written out;
  EvaluateOptions options;
  options.episodes = 7;
  const PolicyMaker make_policy = builtin_policies().find(policy).value();
  Result<Evaluation> counted =
      evaluate(environment, options, make_policy, [&](const EpisodeReport& report) {
        out.begins.push_back(out.text.size());
        out.text += trajectory_jsonl(*report.episode);
      });
  out.counted = *counted;
  return out;
}

// Two episodes of two steps.
Written small_file() {
  Environment environment(test::small_catalog());
  Written out;
  for (const char* answer : {"4", "5"}) {
    Result<Episode> episode = environment.reset({});
    episode->step({"QUERY", "SELECT 'é 🙂'"});
    episode->step({"ANSWER", answer});
    out.begins.push_back(out.text.size());
    out.text += trajectory_jsonl(*episode);
  }
  return out;
}

struct Read {
  std::vector<EpisodeSummary> episodes;
  std::string problems;
};

Read read(std::string_view text, std::size_t piece = 1 << 20) {
  Read out;
  EvaluationIndex index;
  const auto take = [&] {
    for (EpisodeSummary& episode : index.take()) out.episodes.push_back(std::move(episode));
  };
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    index.add(text.substr(0, piece));
    take();
  }
  index.finish();
  take();
  out.problems = index.problems();
  return out;
}

std::string lines_of(const Read& read) {
  std::string lines;
  for (const EpisodeSummary& episode : read.episodes) lines += summaries_json({episode});
  return lines + read.problems;
}

std::string_view part(std::string_view text, const EpisodeSummary& episode) {
  const auto begin = static_cast<std::size_t>(episode.begin);
  return text.substr(begin, static_cast<std::size_t>(episode.end) - begin);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(EvaluationIndexTest, CountsWhatTheEvaluationCounted) {
  for (const char* policy : {"random", "explorer", "oracle"}) {
    const Written file = evaluation_file(policy);
    const Read found = read(file.text);
    EXPECT_EQ(found.problems, "");
    ASSERT_EQ(found.episodes.size(), file.begins.size());
    Tally all;
    std::map<std::string, std::int64_t> failures;
    for (std::size_t i = 0; i < found.episodes.size(); ++i) {
      const EpisodeSummary& episode = found.episodes[i];
      EXPECT_EQ(episode.begin, file.begins[i]);
      all.successes += episode.failure.empty() ? 1 : 0;
      all.steps += episode.steps;
      all.total_return += episode.total_reward;
      if (!episode.failure.empty()) ++failures[episode.failure];
      const Result<Trajectory> one = parse_trajectory(part(file.text, episode));
      ASSERT_TRUE(one) << one.error().message;
      EXPECT_EQ(one->header.question_id, episode.question_id);
      EXPECT_EQ(one->header.seed, episode.seed);
      EXPECT_EQ(one->header.observation.question, episode.question);
    }
    EXPECT_EQ(all.successes, file.counted.all.successes);
    EXPECT_EQ(all.steps, file.counted.all.steps);
    EXPECT_EQ(all.total_return, file.counted.all.total_return);
    EXPECT_EQ(failures, file.counted.failures);
  }
}

TEST(EvaluationIndexTest, PiecesOfAnySizeGiveTheSame) {
  std::string text = evaluation_file().text;
  text = replaced(text, "\"question\":\"", "\"question\":\"é 日本語 🙂 ");
  const std::string whole = lines_of(read(text));
  EXPECT_NE(whole.find("é 日本語 🙂 "), std::string::npos);
  for (const std::size_t piece : {1, 2, 3, 7, 64, 1000})
    EXPECT_EQ(lines_of(read(text, piece)), whole) << piece;
}

TEST(EvaluationIndexTest, LineEndsOfWindowsAreRead) {
  const Written file = evaluation_file();
  std::string text;
  for (const char c : file.text) text += c == '\n' ? "\r\n" : std::string(1, c);
  const Read found = read(text, 5);
  EXPECT_EQ(found.problems, "");
  EXPECT_EQ(found.episodes.size(), file.begins.size());
  EXPECT_EQ(found.episodes.back().end, text.size());
}

// Whatever is cut off, what was complete before is listed and what was begun can be opened.
TEST(EvaluationIndexTest, AFileThatIsCutAnywhere) {
  const Written file = small_file();
  const std::string& text = file.text;
  for (std::size_t size = 0; size < text.size(); ++size) {
    const std::string_view cut = std::string_view(text).substr(0, size);
    const Read found = read(cut);
    ASSERT_LE(found.episodes.size(), 2u);
    if (size > file.begins[1]) {
      ASSERT_GE(found.episodes.size(), 1u) << size;
    }
    if (found.episodes.empty()) {
      ASSERT_NE(found.problems, "") << size;
    }
    for (const EpisodeSummary& episode : found.episodes) {
      ASSERT_LE(episode.end, size);
      ASSERT_TRUE(parse_trajectory(part(cut, episode))) << size;
    }
    // Without its footer an episode was cut off, and a line that is begun is a bad one.
    if (!found.episodes.empty() && found.episodes.back().begin == file.begins[1] &&
        size + 1 < text.size()) {
      ASSERT_EQ(found.episodes.back().failure,
                cut.back() == '\n' || found.problems.empty() ? "CUT_OFF" : "BAD_TRAJECTORY")
          << size;
    }
  }
}

TEST(EvaluationIndexTest, BadLinesAreCountedNamedAndPassed) {
  const Written file = evaluation_file();
  const std::string first = file.text.substr(0, file.begins[1]);
  const std::string rest = file.text.substr(file.begins[1]);
  const std::string head = first.substr(0, first.find('\n') + 1);
  struct Case {
    std::string text;
    std::size_t episodes;
    const char* problems;
  };
  const std::size_t all = file.begins.size();
  const Case cases[] = {
      {"", 0, "1 line is not of a trajectory. Line 0: there is none; a trajectory begins"},
      {"no\nno\nno\n" + file.text, all, "1 line is not of a trajectory. Line 1: a header must"},
      {"\n\r\n" + file.text + "\n", all, ""},
      {head + "{\"step\":2,\"x\":1}\n" + first + rest, all + 1, "Line 2: it is not the step that"},
      {head + "{\"step\":1,\n{\"step\":2}\n" + file.text, all + 1, "1 line is"},
      {head + head + file.text, all + 2, ""},
      {replaced(head, "-trajectory/1", "-trajectory/2") + file.text, all,
       "Line 1: it is no header"},
      {replaced(head, "\"seed\":", "\"seed\":-") + file.text, all, "Line 1: it is no header"},
      {replaced(first, "\"steps\":", "\"steps\":9") + rest, all, "it is no step and no footer"},
      {replaced(first, "\"done\":true,\"verdict\"", "\"done\":1,\"verdict\"") + rest, all,
       "1 line"},
      {head + "{\"step\":1," + std::string(300'000, '[') + "\n" + file.text, all + 1, "Line 2: it"},
      {head + std::string(kMaxTrajectoryLine + 9, 'x') + "\n" + file.text, all + 1,
       "Line 2: it is longer than 4 MiB."},
      {std::string("\xff\xfe\0\n", 4) + file.text, all, "1 line is"},
  };
  for (const Case& one : cases) {
    const Read found = read(one.text, 4096);
    EXPECT_EQ(found.episodes.size(), one.episodes) << one.problems;
    if (*one.problems == 0) {
      EXPECT_EQ(found.problems, "");
    }
    EXPECT_NE(found.problems.find(one.problems), std::string::npos)
        << found.problems << " instead of " << one.problems;
    for (const EpisodeSummary& episode : found.episodes)
      EXPECT_TRUE(parse_trajectory(part(one.text, episode))) << one.problems;
  }
  std::string many;
  for (int i = 0; i < 1000; ++i) many += head + "?\n";
  const Read found = read(many);
  EXPECT_EQ(found.problems.rfind("1000 lines are not of a trajectory. Line 2: ", 0), 0u);
  EXPECT_LT(found.problems.size(), 800u);
}

TEST(EvaluationIndexTest, AFewTrajectoriesOfOneTaskAreAReplay) {
  const Written file = evaluation_file();
  const std::string one = file.text.substr(0, file.begins[1]);
  EXPECT_TRUE(is_replay(""));
  EXPECT_TRUE(is_replay(one));
  EXPECT_TRUE(is_replay(one + one));
  EXPECT_FALSE(is_replay(file.text)) << "several tasks";
  std::string many;
  for (std::size_t i = 0; i < kMostReplayRuns; ++i) many += one;
  EXPECT_TRUE(is_replay(many));
  EXPECT_FALSE(is_replay(many + one));
  EXPECT_FALSE(is_replay(one + std::string(kMostReplayBytes, '\n')));
}

TEST(EvaluationIndexTest, SummariesAreWrittenAndReadBack) {
  const EpisodeSummary episode{7,       1ull << 60, ~0ull,       3,     -250000,
                               "VALUE", "a pack",   "sha256:ab", "q_1", "é\t?\n"};
  const std::vector<EpisodeSummary> episodes = {episode, EpisodeSummary()};
  const std::string json = summaries_json(episodes);
  EXPECT_EQ(read_summaries(json), episodes);
  EXPECT_EQ(summaries_json({}), "[]");
  for (std::size_t size = 0; size < json.size(); ++size)
    EXPECT_TRUE(read_summaries(json.substr(0, size)).empty()) << size;
  EXPECT_EQ(read_summaries("[3, {}]").size(), 2);
}

}  // namespace
}  // namespace sqlenv
