#include "core/wire/evaluation_index.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/wire/trajectory_json.h"

namespace sqlenv {
namespace {

constexpr std::size_t kNamedBytes = 600;
constexpr std::size_t kMaxName = 255;
constexpr std::size_t kQuestionBytes = 200;
constexpr int kMaxSteps = 1000;
constexpr std::string_view kHeaderBegin = "{\"format\":";
constexpr std::string_view kStepBegin = "{\"step\":";

// Reads the number "reward" of a step while its line is checked to be JSON.
class RewardReader : public JsonEvents {
 public:
  bool start_object(std::size_t) override { return enter(); }
  bool start_array(std::size_t) override { return enter(); }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }
  bool key(std::string& name) override {
    is_reward_ = depth_ == 1 && name == "reward";
    return true;
  }
  bool number_integer(Json::number_integer_t number) override {
    return take(static_cast<double>(number));
  }
  bool number_unsigned(Json::number_unsigned_t number) override {
    return take(static_cast<double>(number));
  }
  bool number_float(Json::number_float_t number, const std::string&) override {
    return take(number);
  }

  Micros reward() const { return reward_; }

 private:
  bool enter() {
    ++depth_;
    return true;
  }
  bool leave() {
    --depth_;
    return true;
  }
  bool take(double number) {
    if (depth_ == 1 && is_reward_) reward_ = to_micros(number).value_or(0);
    return true;
  }

  int depth_ = 0;
  bool is_reward_ = false;  // the value that follows
  Micros reward_ = 0;
};

// What a header says of its episode; none if it is not the header of a trajectory.
std::optional<EpisodeSummary> read_header(std::string_view line) {
  const std::optional<Json> header = parse_json(line);
  if (!header || string_member(*header, "format") != kTrajectoryFormat) return std::nullopt;
  const Json* observation = member(*header, "observation");
  const Json* seed = member(*header, "seed");
  EpisodeSummary episode;
  episode.pack = string_member(*header, "pack");
  episode.pack_digest = string_member(*header, "pack_digest");
  episode.question_id = string_member(*header, "question_id");
  for (const std::string* name : {&episode.pack, &episode.pack_digest, &episode.question_id})
    if (name->empty() || name->size() > kMaxName) return std::nullopt;
  if (observation == nullptr || seed == nullptr || !seed->is_number_unsigned()) return std::nullopt;
  episode.seed = seed->get<std::uint64_t>();
  episode.question = shorten(string_member(*observation, "question"), kQuestionBytes);
  if (const Json* options = member(*header, "options"))
    episode.options = shorten(write_json(*options), kMaxName);
  return episode;
}

bool of_one_task(const EpisodeSummary& a, const EpisodeSummary& b) {
  return a.question_id == b.question_id && a.pack == b.pack && a.pack_digest == b.pack_digest;
}

bool read_footer(const Json& footer, EpisodeSummary& episode) {
  const Json* done = member(footer, "done");
  const Json* verdict = member(footer, "verdict");
  const Json* steps = member(footer, "steps");
  const Json* total = member(footer, "total_reward");
  if (done == nullptr || !done->is_boolean() || verdict == nullptr || steps == nullptr ||
      *steps != episode.steps || total == nullptr || !total->is_number())
    return false;
  const Json* correct = member(*verdict, "correct");
  const std::optional<Micros> sum = to_micros(total->get<double>());
  if (!sum || (!verdict->is_null() && (correct == nullptr || !correct->is_boolean()))) return false;
  episode.total_reward = *sum;
  const bool solved = correct != nullptr && correct->get<bool>();
  episode.failure = verdict->is_null() ? "NO_ANSWER"
                    : solved           ? ""
                                       : shorten(string_member(*verdict, "reason"), kMaxName);
  return solved || !episode.failure.empty();
}

}  // namespace

bool is_replay(std::string_view text) {
  if (text.size() > kMostReplayBytes) return false;
  std::size_t episodes = 0;
  std::optional<EpisodeSummary> first;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (!line.starts_with(kHeaderBegin)) continue;
    std::optional<EpisodeSummary> episode = read_header(line);
    if (!episode) continue;
    if (++episodes > kMostReplayRuns || (first && !of_one_task(*first, *episode))) return false;
    if (!first) first = std::move(episode);
  }
  return true;
}

void EvaluationIndex::add(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    too_long_ = too_long_ || line_.size() + part.size() > kMaxTrajectoryLine;
    if (too_long_) line_.clear();
    else line_ += part;
    position_ += part.size();
    bytes.remove_prefix(part.size());
    if (end == std::string_view::npos) return;
    bytes.remove_prefix(1);
    ++position_;
    end_line();
  }
}

void EvaluationIndex::finish() {
  if (position_ > line_begin_) end_line();
  if (open_) close("CUT_OFF", position_);
  if (episodes_ == 0) refuse("there is none; a trajectory begins with a header.");
}

std::vector<EpisodeSummary> EvaluationIndex::take() { return std::exchange(ready_, {}); }

std::string EvaluationIndex::problems() const {
  if (bad_lines_ == 0) return "";
  return (bad_lines_ == 1 ? std::string("1 line is") : std::to_string(bad_lines_) + " lines are") +
         " not of a trajectory." + named_;
}

void EvaluationIndex::end_line() {
  ++lines_;
  if (!line_.empty() && line_.back() == '\r') line_.pop_back();
  if (too_long_) refuse("it is longer than 4 MiB.");
  else if (!line_.empty() || open_) read_line(line_);
  line_.clear();
  too_long_ = false;
  line_begin_ = position_;
}

void EvaluationIndex::read_line(std::string_view line) {
  if (line.starts_with(kHeaderBegin)) {
    if (begin_episode(line)) return;
    lost_ = false;
    return refuse("it is no header of a trajectory that this program knows.");
  }
  if (lost_) return;
  const std::string why = open_ ? read_part(line) : "a header must stand before it.";
  if (!why.empty()) refuse(why);
}

bool EvaluationIndex::begin_episode(std::string_view line) {
  if (open_) close("CUT_OFF", line_begin_);
  open_ = read_header(line);
  if (!open_) return false;
  open_->begin = line_begin_;
  lost_ = false;
  return true;
}

// What is wrong with a line after a header. Empty: nothing.
std::string EvaluationIndex::read_part(std::string_view line) {
  if (!line.starts_with(kStepBegin)) {
    const std::optional<Json> footer = parse_json(line);
    if (!footer) return "it is not JSON. Was the file cut off inside the line?";
    if (!read_footer(*footer, *open_)) return "it is no step and no footer of its episode.";
    close(std::move(open_->failure), position_);
    return "";
  }
  const std::string number = std::to_string(open_->steps + 1) + ",";
  if (line.substr(kStepBegin.size(), number.size()) != number || open_->steps == kMaxSteps)
    return "it is not the step that follows.";
  RewardReader reader;
  if (!Json::sax_parse(line.begin(), line.end(), &reader))
    return "it is not JSON. Was the file cut off inside the line?";
  ++open_->steps;
  open_->total_reward += reader.reward();
  return "";
}

void EvaluationIndex::close(std::string failure, std::uint64_t end) {
  open_->failure = std::move(failure);
  open_->end = end;
  ++episodes_;
  ready_.push_back(*std::exchange(open_, std::nullopt));
}

void EvaluationIndex::refuse(const std::string& why) {
  if (open_) close("BAD_TRAJECTORY", line_begin_);
  else if (lost_) return;
  lost_ = true;
  ++bad_lines_;
  if (named_.size() < kNamedBytes) named_ += " Line " + std::to_string(lines_) + ": " + why;
}

}  // namespace sqlenv
