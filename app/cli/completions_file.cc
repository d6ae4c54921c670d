#include "app/cli/completions_file.h"

#include <filesystem>
#include <system_error>

namespace sqlenv::cli {
namespace {

namespace fs = std::filesystem;

Error at_line(const std::string& path, std::size_t line, const Error& error) {
  return {error.code, path + ", line " + std::to_string(line) + ": " + error.message};
}

bool in_order(const std::map<std::int64_t, LineSpan>& lines, std::streamoff begin,
              std::streamoff size) {
  for (const auto& [number, line] : lines) {
    if (line.begin != begin) return false;
    begin += line.size;
  }
  return begin == size;
}

}  // namespace

Result<KeptRun> read_completions_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  KeptRun out;
  std::string line;
  // A line without its line feed was not written to its end.
  for (std::size_t number = 1; std::getline(in, line) && !in.eof(); ++number) {
    const LineSpan span{out.size, static_cast<std::streamoff>(line.size()) + 1};
    out.size += span.size;
    if (number == 1) {
      Result<CompletionsHeader> header = parse_completions_header(line);
      if (!header) return fail(at_line(path, number, header.error()));
      out.header = std::move(*header);
      continue;
    }
    Result<KeptEpisode> episode = parse_kept_episode(line);
    if (!episode) return fail(at_line(path, number, episode.error()));
    out.lines[episode->number] = span;
    out.episodes[episode->number] = std::move(*episode);
  }
  if (out.size == 0)
    return fail(ErrorCode::kNotFound, path + " cannot be read, or holds no completions.");
  return out;
}

Result<void> CompletionsFile::problem() const {
  return fail(ErrorCode::kNotFound, "the completions cannot be written to " + path_ + ".");
}

Result<void> CompletionsFile::create(const std::string& path, const CompletionsHeader& header) {
  path_ = path;
  header_ = completions_header_json(header);
  size_ = static_cast<std::streamoff>(header_.size());
  file_.open(path, std::ios::binary);
  file_ << header_ << std::flush;
  return file_ ? Result<void>() : problem();
}

Result<void> CompletionsFile::go_on(const std::string& path, const KeptRun& kept) {
  path_ = path;
  header_ = completions_header_json(kept.header);
  lines_ = kept.lines;
  size_ = kept.size;
  std::error_code error;
  fs::resize_file(path, static_cast<std::uintmax_t>(kept.size), error);
  file_.open(path, std::ios::binary | std::ios::app);
  return file_ && !error ? Result<void>() : problem();
}

void CompletionsFile::keep(const KeptEpisode& episode) {
  if (!file_.is_open()) return;
  const std::string line = kept_episode_json(episode);
  lines_[episode.number] = {size_, static_cast<std::streamoff>(line.size())};
  size_ += static_cast<std::streamoff>(line.size());
  file_ << line << std::flush;
}

Result<void> CompletionsFile::finish() {
  if (!file_.is_open()) return {};
  file_.close();
  if (!file_) return problem();
  std::error_code error;
  const bool may_move = fs::is_regular_file(path_, error);
  const std::streamoff header = static_cast<std::streamoff>(header_.size());
  return may_move && !in_order(lines_, header, size_) ? put_in_order() : Result<void>();
}

Result<void> CompletionsFile::put_in_order() {
  const std::string part = path_ + ".part";
  std::ifstream in(path_, std::ios::binary);
  std::ofstream out(part, std::ios::binary);
  out << header_;
  std::string line;
  for (const auto& [number, span] : lines_) {
    line.resize(static_cast<std::size_t>(span.size));
    in.seekg(span.begin);
    in.read(line.data(), span.size);
    out << line;
  }
  out.close();
  std::error_code error;
  if (in && out) fs::rename(part, path_, error);
  else fs::remove(part, error);
  return in && out && !error ? Result<void>() : problem();
}

}  // namespace sqlenv::cli
