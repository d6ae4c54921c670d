#include <algorithm>
#include <charconv>

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

template <class Number>
Number number(std::string_view& line, bool& ok) {
  const std::string_view field = next(line, ok);
  Number value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  ok = ok && error == std::errc() && end == field.data() + field.size();
  return value;
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
  EpisodeSummary episode;
  episode.begin = number<std::uint64_t>(line, ok);
  episode.end = number<std::uint64_t>(line, ok);
  episode.seed = number<std::uint64_t>(line, ok);
  episode.steps = number<int>(line, ok);
  episode.total_reward = number<Micros>(line, ok);
  for (std::string* text : {&episode.failure, &episode.pack, &episode.pack_digest,
                            &episode.question_id, &episode.question})
    *text = next(line, ok);
  if (!ok || line != "\n") return std::nullopt;
  return episode;
}

}  // namespace sqlenv
