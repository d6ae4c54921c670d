#include "core/wire/evaluation_index.h"

#include <utility>

#include "core/base/text.h"
#include "core/wire/trajectory_json.h"

namespace sqlenv {
namespace {

constexpr std::size_t kNamedBytes = 600;
constexpr std::size_t kMaxName = 255;
constexpr std::size_t kQuestionBytes = 200;
constexpr int kMaxSteps = 1000;
constexpr std::string_view kStepBegin = "{\"step\":";
constexpr std::string_view kRewardMember = ",\"reward\":";

// Of a line that is JSON, in which no text can hold this member's name unescaped.
Micros reward_of(std::string_view step) {
  const std::size_t at = step.rfind(kRewardMember);
  if (at == std::string_view::npos) return 0;
  step.remove_prefix(at + kRewardMember.size());
  const std::optional<Json> reward = parse_json(step.substr(0, step.find(',')));
  return reward && reward->is_number() ? to_micros(reward->get<double>()).value_or(0) : 0;
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
  episode.failure = verdict->is_null()     ? "NO_ANSWER"
                    : correct->get<bool>() ? ""
                                           : shorten(string_member(*verdict, "reason"), kMaxName);
  return true;
}

}  // namespace

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
  if (line.substr(0, 10) == "{\"format\":") {
    if (read_header(line)) return;
    lost_ = false;
    return refuse("it is no header of a trajectory that this program knows.");
  }
  if (lost_) return;
  const std::string why = open_ ? read_part(line) : "a header must stand before it.";
  if (!why.empty()) refuse(why);
}

bool EvaluationIndex::read_header(std::string_view line) {
  const std::optional<Json> header = parse_json(line);
  if (open_) close("CUT_OFF", line_begin_);
  if (!header || string_member(*header, "format") != kTrajectoryFormat) return false;
  const Json* observation = member(*header, "observation");
  const Json* seed = member(*header, "seed");
  EpisodeSummary episode;
  episode.begin = line_begin_;
  episode.pack = string_member(*header, "pack");
  episode.pack_digest = string_member(*header, "pack_digest");
  episode.question_id = string_member(*header, "question_id");
  for (const std::string* name : {&episode.pack, &episode.pack_digest, &episode.question_id})
    if (name->empty() || name->size() > kMaxName) return false;
  if (observation == nullptr || seed == nullptr || !seed->is_number_unsigned()) return false;
  episode.seed = seed->get<std::uint64_t>();
  episode.question = shorten(string_member(*observation, "question"), kQuestionBytes);
  open_ = std::move(episode);
  lost_ = false;
  return true;
}

// What is wrong with a line after a header; empty: nothing.
std::string EvaluationIndex::read_part(std::string_view line) {
  if (line.substr(0, kStepBegin.size()) != kStepBegin) {
    const std::optional<Json> footer = parse_json(line);
    if (!footer) return "it is not JSON. Was the file cut off inside the line?";
    if (!read_footer(*footer, *open_)) return "it is no step and no footer of its episode.";
    close(std::move(open_->failure), position_);
    return "";
  }
  const std::string number = std::to_string(open_->steps + 1) + ",";
  if (line.substr(kStepBegin.size(), number.size()) != number || open_->steps == kMaxSteps)
    return "it is not the step that follows.";
  if (!Json::accept(line)) return "it is not JSON. Was the file cut off inside the line?";
  ++open_->steps;
  open_->total_reward += reward_of(line);
  return "";
}

void EvaluationIndex::close(std::string failure, std::uint64_t end) {
  open_->failure = std::move(failure);
  open_->end = end;
  const std::string task = open_->pack_digest + open_->pack + '\t' + open_->question_id;
  if (episodes_++ == 0) task_ = task;
  one_task_ = one_task_ && task == task_;
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
