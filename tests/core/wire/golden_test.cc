// Every golden scenario gives its bytes, and every database of the bundled pack has one. After an
// intended change `make golden` writes the bytes and git diff shows them.
#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/text.h"
#include "core/wire/episode_json.h"
#include "core/wire/replay.h"
#include "core/wire/trajectory.h"
#include "core/wire/trajectory_reader.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

std::vector<std::string> scenario_names() {
  const std::string suffix = ".reset.json";
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_path("tests/golden"))) {
    const std::string file = entry.path().filename().string();
    if (file.ends_with(suffix)) names.push_back(file.substr(0, file.size() - suffix.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string golden_file(const std::string& name) {
  return test::read_test_file(test::source_path("tests/golden/" + name).string());
}

void play_lines(Episode& episode, std::string_view lines) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    if (trim(line).empty()) continue;
    const Result<Action> action = parse_action(line);
    ASSERT_TRUE(action.has_value()) << line;
    episode.step(*action);
  }
}

// The first difference from the expected text.
std::string first_difference(Environment& environment, const std::string& expected) {
  const Result<Trajectory> read = parse_trajectory(expected);
  if (!read) return read.error().to_string();
  const Result<ReplayReport> report = replay(environment, *read);
  if (!report) return report.error().to_string();
  if (!report->difference) return "another core, options or actions";
  return "line " + std::to_string(report->difference->line) + ", " + report->difference->member +
         "\n  expected " + report->difference->recorded + "\n  got      " +
         report->difference->replayed;
}

TEST(Golden, EveryScenarioGivesItsBytes) {
  Environment environment(test::starter_catalog());
  const std::vector<std::string> names = scenario_names();
  EXPECT_GE(names.size(), 3u);
  for (const std::string& name : names) {
    const Result<ResetRequest> request = parse_reset(golden_file(name + ".reset.json"));
    ASSERT_TRUE(request.has_value()) << name;
    Result<Episode> episode = environment.reset(request->options);
    ASSERT_TRUE(episode.has_value()) << name << ": " << episode.error().to_string();
    play_lines(*episode, golden_file(name + ".jsonl"));
    const std::string expected = golden_file(name + ".trajectory.jsonl");
    EXPECT_TRUE(trajectory_jsonl(*episode) == expected)
        << name << " differs from tests/golden; if it should: make golden\n"
        << first_difference(environment, expected);
  }
}

TEST(Golden, EveryDatabaseHasOneThatIsWonAndOneThatIsLost) {
  const std::shared_ptr<const Catalog> catalog = test::starter_catalog();
  std::set<std::string> won;
  std::set<std::string> lost;
  for (const std::string& name : scenario_names()) {
    const Result<Trajectory> read = parse_trajectory(golden_file(name + ".trajectory.jsonl"));
    ASSERT_TRUE(read.has_value()) << name << ": " << read.error().to_string();
    const Question* question = catalog->packs().front().find_question(read->header.question_id);
    ASSERT_NE(question, nullptr) << name << " is about a question that is gone: make golden";
    const bool correct = read->footer && read->footer->verdict && read->footer->verdict->correct;
    (correct ? won : lost).insert(question->database);
  }
  for (const PackDatabase& database : catalog->packs().front().databases) {
    EXPECT_EQ(won.count(database.name), 1u) << database.name << " has none: make golden";
    EXPECT_EQ(lost.count(database.name), 1u) << database.name << " has none: make golden";
  }
}

}  // namespace
}  // namespace sqlenv
