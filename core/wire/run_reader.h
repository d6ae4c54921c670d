// RunReader: reads one run of an agent from the file that `sqlenv eval --trajectories` writes.
//
//   RunReader reader("my model");
//   while (...) reader.add(piece);
//   Result<AgentRun> run = reader.finish();
//
// Takes pieces of any size and any bytes, as EvaluationIndex does. An episode without its end, or
// with lines that cannot be read, is counted and left out.
#pragma once

#include <string>
#include <string_view>

#include "core/policy/comparison.h"
#include "core/wire/evaluation_index.h"

namespace sqlenv {

class RunReader {
 public:
  explicit RunReader(std::string name) { run_.name = std::move(name); }

  void add(std::string_view bytes);

  // The file ends here. MISMATCH if its episodes are of several packs or editions. A run without
  // episodes is none: its `problems` say why.
  Result<AgentRun> finish();

 private:
  void take();
  void add_episode(const EpisodeSummary& episode);

  EvaluationIndex index_;
  AgentRun run_;
  std::string other_pack_;
  std::string options_text_;  // of the episode before
  PlayOptions options_;
};

}  // namespace sqlenv
