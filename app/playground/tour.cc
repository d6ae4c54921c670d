#include "app/playground/tour.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

namespace sqlenv::ui {
namespace {

constexpr const char* kQuestion = "concert_singer_train_001";

// Each a list of actions, one a line.
constexpr const char* kSolved =
    "DESCRIBE vocalist\nSAMPLE vocalist\n"
    "QUERY SELECT COUNT(*) FROM vocalist WHERE legal_name IS NULL\nANSWER 23";
constexpr const char* kFailed =
    "DESCRIBE vocalist\nQUERY SELECT COUNT(*) FROM vocalist WHERE legal_name = ''\nANSWER 0";
constexpr const char* kGaming =
    "QUERY SELECT 1\nQUERY SELECT 2\nQUERY SELECT 1\nQUERY SELECT   1\n"
    "QUERY DELETE FROM vocalist\nANSWER 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 23";

struct TourStop {
  const char* actions;
  const char* name;
  std::size_t step;
  const char* caption;
};

constexpr TourStop kStops[] = {
    {kSolved, "Solved", 0,
     "An agent is asked a question about a database that it cannot see. It has fifteen steps."},
    {kSolved, "Solved", 1,
     "DESCRIBE shows the columns of a table, on the left. It ran, which pays; every step costs."},
    {kSolved, "Solved", 2, "SAMPLE shows five rows: a missing legal name is NULL here."},
    {kSolved, "Solved", 3,
     "A query that returns something new pays, and its nearness to the right rows is progress."},
    {kSolved, "Solved", 4,
     "ANSWER ends the episode. A right one pays +1.00, and now the expected rows may be seen."},
    {kFailed, "Failed", 2,
     "Another agent takes a missing name for an empty text. The query runs, but finds none."},
    {kFailed, "Failed", 3,
     "The answer is judged, not the effort: 0 is wrong, and the small rewards are all that is "
     "left."},
    {kGaming, "Gaming", 2,
     "This one wants reward without work. A query that reads no table pays nothing."},
    {kGaming, "Gaming", 4,
     "Played again, even with other blanks, they are the same action: that costs, and pays "
     "nothing."},
    {kGaming, "Gaming", 5, "Nothing can be written: one SELECT at a time is all that runs."},
    {kGaming, "Gaming", 6,
     "A list of guesses is no answer. Gaming ends below what an honest try earns."}};

std::vector<Action> actions_of(std::string_view lines) {
  std::vector<Action> actions;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    const std::size_t blank = line.find(' ');
    actions.push_back({std::string(line.substr(0, blank)), std::string(line.substr(blank + 1))});
  }
  return actions;
}

}  // namespace

std::size_t tour_length() { return std::size(kStops); }

std::string tour_caption(std::size_t place) {
  return std::to_string(place + 1) + "/" + std::to_string(tour_length()) + "  " +
         kStops[place].caption;
}

std::size_t tour_step(std::size_t place) { return kStops[place].step; }

bool same_tour_episode(std::size_t a, std::size_t b) {
  return kStops[a].actions == kStops[b].actions;
}

Recording tour_recording(std::size_t place) {
  Recording recording;
  recording.name = kStops[place].name;
  recording.actions = actions_of(kStops[place].actions);
  recording.step = kStops[place].step;
  return recording;
}

ResetOptions tour_question() {
  ResetOptions options;
  options.filter.pack = "starter";
  options.filter.question_id = kQuestion;
  return options;
}

}  // namespace sqlenv::ui
