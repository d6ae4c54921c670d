#include "core/wire/trajectory_reader.h"

#include <limits>

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/wire/trajectory_json.h"

namespace sqlenv {
namespace {

constexpr int kMaxSteps = 1000;

// Reads members of the JSON of one line. Remembers the first that is missing or of another type in
// problem(); what is read after that does not matter.
class Members {
 public:
  const std::string& problem() const { return problem_; }

  void refuse(std::string what) {
    if (problem_.empty()) problem_ = std::move(what);
  }

  const Json& get(const Json& object, const char* key) {
    static const Json nothing;
    const Json* found = member(object, key);
    if (found == nullptr) refuse(std::string("it lacks \"") + key + "\".");
    return found == nullptr ? nothing : *found;
  }

  const Json& object(const Json& of, const char* key) {
    const Json& value = get(of, key);
    if (!value.is_object()) refuse(wanted(key, "an object"));
    return value;
  }

  std::string text(const Json& of, const char* key) {
    const Json& value = get(of, key);
    if (value.is_string()) return value.get<std::string>();
    refuse(wanted(key, "a text"));
    return "";
  }

  bool flag(const Json& of, const char* key) {
    const Json& value = get(of, key);
    if (!value.is_boolean()) refuse(wanted(key, "true or false"));
    return value.is_boolean() && value.get<bool>();
  }

  std::uint64_t whole(const Json& of, const char* key, std::uint64_t most) {
    const Json& value = get(of, key);
    if (value.is_number_unsigned() && value.get<std::uint64_t>() <= most)
      return value.get<std::uint64_t>();
    refuse(wanted(key, "a whole number from 0 to " + std::to_string(most)));
    return 0;
  }

  int count(const Json& of, const char* key) { return static_cast<int>(whole(of, key, kMaxSteps)); }

  // A reward in millionths. One that is not whole millionths reads as another one, which is found
  // when the line is compared with what writing gives.
  Micros amount(const Json& of, const char* key) {
    const Json& value = get(of, key);
    if (value.is_number())
      if (const auto amount = to_micros(value.get<double>())) return *amount;
    refuse(wanted(key, "a number of millionths"));
    return 0;
  }

  std::vector<std::string> texts(const Json& of, const char* key) {
    std::vector<std::string> read;
    const Json& value = get(of, key);
    if (!value.is_array()) refuse(wanted(key, "a list of texts"));
    for (const Json& item : value) {
      if (!item.is_string()) refuse(wanted(key, "a list of texts"));
      if (item.is_string()) read.push_back(item.get<std::string>());
    }
    return read;
  }

 private:
  static std::string wanted(const char* key, const std::string& what) {
    return std::string("\"") + key + "\" must be " + what + ".";
  }

  std::string problem_;
};

Observation read_observation(Members& members, const Json& line) {
  const Json& json = members.object(line, "observation");
  return {members.text(json, "question"),       members.text(json, "schema_info"),
          members.text(json, "result"),         members.text(json, "error"),
          members.count(json, "step_count"),    members.count(json, "budget_remaining"),
          members.texts(json, "action_history")};
}

TrajectoryHeader read_header(Members& members, const Json& line) {
  if (const std::string format = members.text(line, "format"); format != kTrajectoryFormat)
    members.refuse("its format is \"" + shorten(format, 60) + "\", not \"" + kTrajectoryFormat +
                   "\".");
  const Json& options = members.object(line, "options");
  return {members.text(line, "core"),
          members.text(line, "pack"),
          members.text(line, "pack_digest"),
          members.text(line, "question_id"),
          members.whole(line, "seed", std::numeric_limits<std::uint64_t>::max()),
          members.count(options, "step_budget"),
          members.text(options, "reward"),
          members.text(options, "verifier"),
          read_observation(members, line)};
}

TrajectoryStep read_step(Members& members, const Json& line) {
  TrajectoryStep step;
  step.step = members.count(line, "step");
  const Json& action = members.object(line, "action");
  step.action = {members.text(action, "action_type"), members.text(action, "argument")};
  step.observation = read_observation(members, line);
  step.reward = members.amount(line, "reward");
  const Json& terms = members.object(line, "terms");
  for (const NamedTerm& term : reward_term_names())
    step.terms.*term.amount = members.amount(terms, std::string(term.name).c_str());
  step.done = members.flag(line, "done");
  return step;
}

TrajectoryFooter read_footer(Members& members, const Json& line) {
  TrajectoryFooter footer;
  footer.done = members.flag(line, "done");
  if (const Json& verdict = members.get(line, "verdict"); !verdict.is_null())
    footer.verdict = {members.flag(verdict, "correct"), members.text(verdict, "reason")};
  footer.steps = members.count(line, "steps");
  footer.total_reward = members.amount(line, "total_reward");
  return footer;
}

// Why `step` may not follow the steps of `open`; empty if it may.
std::string misplaced(const Trajectory& open, const TrajectoryStep& step) {
  const std::size_t next = open.steps.size() + 1;
  if (!open.steps.empty() && open.steps.back().done)
    return "it is a step, but the episode was done on the line before it.";
  if (static_cast<std::size_t>(step.step) != next)
    return "it is step " + std::to_string(step.step) + " where step " + std::to_string(next) +
           " must be.";
  return "";
}

std::string misplaced(const Trajectory& open, const TrajectoryFooter& footer) {
  if (static_cast<std::size_t>(footer.steps) != open.steps.size())
    return "it counts " + std::to_string(footer.steps) + " steps where there are " +
           std::to_string(open.steps.size()) + ".";
  const bool done = !open.steps.empty() && open.steps.back().done;
  if (footer.done != done) return "its \"done\" is not that of the last step.";
  return "";
}

Error bad_line(std::size_t number, const std::string& what) {
  return {ErrorCode::kBadTrajectory, "line " + std::to_string(number) + ": " + what};
}

// A line with its number, parsed.
struct Line {
  std::size_t number;
  std::string_view text;
  Json json;
};

// Reads the line as a header, step or footer. Fails unless `write` gives the line again.
template <class Part>
Result<Part> read_as(const Line& line, Part (*read)(Members&, const Json&),
                     Json (*write)(const Part&)) {
  Members members;
  Part part = read(members, line.json);
  if (!members.problem().empty()) return fail(bad_line(line.number, members.problem()));
  if (write_json(write(part)) != line.text)
    return fail(bad_line(line.number,
                         "it is not as sqlenv writes it: another member, order, number or blank."));
  return part;
}

Result<void> add_step(Trajectory& open, const Line& line) {
  Result<TrajectoryStep> step = read_as(line, read_step, trajectory_step_to_json);
  if (!step) return fail(step.error());
  if (const std::string wrong = misplaced(open, *step); !wrong.empty())
    return fail(bad_line(line.number, wrong));
  open.steps.push_back(std::move(*step));
  return {};
}

Result<void> add_footer(Trajectory& open, const Line& line) {
  Result<TrajectoryFooter> footer = read_as(line, read_footer, footer_to_json);
  if (!footer) return fail(footer.error());
  if (const std::string wrong = misplaced(open, *footer); !wrong.empty())
    return fail(bad_line(line.number, wrong));
  open.footer = std::move(*footer);
  return {};
}

}  // namespace

std::optional<Trajectory> TrajectoryReader::give() {
  std::optional<Trajectory> given = std::move(open_);
  open_.reset();
  if (given) first_line_ = open_line_;
  return given;
}

std::optional<Trajectory> TrajectoryReader::finish() { return give(); }

Result<std::optional<Trajectory>> TrajectoryReader::add(std::string_view text) {
  ++lines_;
  std::optional<Json> json = parse_json(text);
  if (!json) return fail(bad_line(lines_, "it is not JSON. Was the file cut off inside the line?"));
  const Line line{lines_, text, std::move(*json)};
  if (!open_ || member(line.json, "format") != nullptr) {
    Result<TrajectoryHeader> header = read_as(line, read_header, header_to_json);
    if (!header) return fail(header.error());
    std::optional<Trajectory> cut = give();
    open_ = Trajectory{std::move(*header), {}, std::nullopt};
    open_line_ = lines_;
    return cut;
  }
  const bool is_step = member(line.json, "step") != nullptr;
  if (auto added = is_step ? add_step(*open_, line) : add_footer(*open_, line); !added)
    return fail(added.error());
  if (is_step) return std::nullopt;
  return give();
}

Result<std::vector<Trajectory>> parse_trajectories(std::string_view text) {
  std::vector<Trajectory> read;
  TrajectoryReader reader;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    Result<std::optional<Trajectory>> one = reader.add(text.substr(0, end));
    if (!one) return fail(one.error());
    if (*one) read.push_back(std::move(**one));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  if (std::optional<Trajectory> cut = reader.finish()) read.push_back(std::move(*cut));
  if (read.empty()) return fail(bad_line(1, "there is none; a trajectory begins with a header."));
  return read;
}

Result<Trajectory> parse_trajectory(std::string_view text) {
  Result<std::vector<Trajectory>> read = parse_trajectories(text);
  if (!read) return fail(read.error());
  if (read->size() > 1) {
    const std::size_t lines = 1 + read->front().steps.size() + (read->front().footer ? 1 : 0);
    return fail(bad_line(lines + 1, "a second trajectory begins, where one is wanted."));
  }
  return std::move(read->front());
}

}  // namespace sqlenv
