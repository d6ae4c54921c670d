#include "app/desktop/trajectory_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/wire/evaluation_index.h"

namespace sqlenv::desktop {
namespace {

constexpr std::size_t kPiece = 1 << 20;
constexpr std::uint64_t kLongestEpisode = 64 << 20;

std::string megabytes(std::uint64_t bytes) { return std::to_string(bytes / 1'000'000) + " MB"; }

}  // namespace

Result<std::unique_ptr<ui::EvaluationTable>> read_evaluation(const std::string& path,
                                                             const Catalog& catalog,
                                                             const ReadProgress& progress) {
  const std::filesystem::path file = path;
  std::error_code error;
  const std::uint64_t bytes = std::filesystem::file_size(file, error);
  std::ifstream in(file, std::ios::binary);
  if (error || !in) return fail(ErrorCode::kNotFound, "it cannot be read.");
  auto table = std::make_unique<ui::EvaluationTable>(file.filename().string());
  EvaluationIndex index;
  const auto list = [&] {
    for (const EpisodeSummary& episode : index.take()) table->add(catalog, episode);
  };
  std::string piece(kPiece, '\0');
  std::uint64_t read = 0;
  bool stopped = false;
  while (!stopped && in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto size = static_cast<std::size_t>(in.gcount());
    index.add(std::string_view(piece).substr(0, size));
    list();
    read += size;
    stopped = progress && progress(read, std::max(read, bytes)) && in;
  }
  if (in.bad()) return fail(ErrorCode::kNotFound, "it cannot be read to its end.");
  if (stopped) {
    table->set_note("Stopped after " + megabytes(read) + " of " + megabytes(bytes) + ".");
    return table;
  }
  index.finish();
  list();
  table->set_note(index.problems());
  return table;
}

std::optional<std::string> read_replay(const std::string& path) {
  std::error_code error;
  const std::uint64_t bytes = std::filesystem::file_size(path, error);
  if (error || bytes > kMostReplayBytes) return std::nullopt;
  std::string text = read_range(path, {0, bytes});
  if (!is_replay(text)) return std::nullopt;
  return text;
}

std::string read_range(const std::string& path, ui::FileRange range) {
  std::string text;
  std::ifstream in(path, std::ios::binary);
  if (!in.seekg(static_cast<std::streamoff>(range.begin))) return text;
  text.resize(static_cast<std::size_t>(std::min(range.end - range.begin, kLongestEpisode)));
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

}  // namespace sqlenv::desktop
