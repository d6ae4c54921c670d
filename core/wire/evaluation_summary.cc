#include "core/wire/evaluation_index.h"

namespace sqlenv {
namespace {

constexpr char kBetween = '\t';

void put(std::string& line, std::string_view field) {
  for (const char c : field) line += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  line += kBetween;
}

// The next field; `ok` becomes false if there is none.
std::string_view next(std::string_view& line, bool& ok) {
  const std::size_t end = line.find(kBetween);
  ok = ok && end != std::string_view::npos;
  const std::string_view field = line.substr(0, ok ? end : 0);
  line.remove_prefix(ok ? end + 1 : line.size());
  return field;
}

std::int64_t number(std::string_view& line, bool& ok) {
  std::string_view field = next(line, ok);
  const bool negative = !field.empty() && field.front() == '-';
  if (negative) field.remove_prefix(1);
  std::uint64_t value = 0;
  ok = ok && !field.empty() && field.size() <= 20;
  for (const char digit : field) {
    ok = ok && digit >= '0' && digit <= '9';
    value = value * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  return static_cast<std::int64_t>(negative ? 0 - value : value);
}

}  // namespace

std::string summary_line(const EpisodeSummary& episode) {
  std::string line;
  for (const std::uint64_t number : {episode.begin, episode.end, episode.seed})
    put(line, std::to_string(number));
  put(line, std::to_string(episode.steps));
  put(line, std::to_string(episode.total_reward));
  for (const std::string* text : {&episode.failure, &episode.pack, &episode.pack_digest,
                                  &episode.question_id, &episode.question})
    put(line, *text);
  return line + "\n";
}

std::optional<EpisodeSummary> read_summary(std::string_view line) {
  bool ok = true;
  std::optional<EpisodeSummary> episode(std::in_place);
  episode->begin = static_cast<std::uint64_t>(number(line, ok));
  episode->end = static_cast<std::uint64_t>(number(line, ok));
  episode->seed = static_cast<std::uint64_t>(number(line, ok));
  episode->steps = static_cast<int>(number(line, ok));
  episode->total_reward = number(line, ok);
  for (std::string* text : {&episode->failure, &episode->pack, &episode->pack_digest,
                            &episode->question_id, &episode->question})
    *text = next(line, ok);
  if (!ok || line != "\n") episode.reset();
  return episode;
}

}  // namespace sqlenv
