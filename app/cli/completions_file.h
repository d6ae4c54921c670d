// Files of completions (core/wire/completions_json.h).
#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <string>

#include "core/wire/completions_json.h"

namespace sqlenv::cli {

// Where an episode's line is in the file, in bytes.
struct LineSpan {
  std::streamoff begin = 0;
  std::streamoff size = 0;
};

struct KeptRun {
  CompletionsHeader header;
  std::map<std::int64_t, KeptEpisode> episodes;  // by their number
  std::map<std::int64_t, LineSpan> lines;
  std::streamoff size = 0;  // without a last line that was not written to its end
};

// NOT_FOUND if there is no such file or it is empty, else BAD_JSON with the line that is wrong.
Result<KeptRun> read_completions_file(const std::string& path);

// Writes a line as soon as an episode is over, so that a run that is killed can go on, and puts the
// lines in the order of the plan at the end.
class CompletionsFile {
 public:
  // Both are errors if the file cannot be written.
  Result<void> create(const std::string& path, const CompletionsHeader& header);
  Result<void> go_on(const std::string& path, const KeptRun& kept);

  void keep(const KeptEpisode& episode);

  // Call it at the end. Does nothing without a file.
  Result<void> finish();

 private:
  Result<void> problem() const;
  Result<void> put_in_order();

  std::string path_;
  std::string header_;
  std::map<std::int64_t, LineSpan> lines_;
  std::streamoff size_ = 0;
  std::ofstream file_;
};

}  // namespace sqlenv::cli
