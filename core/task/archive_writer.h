// ArchiveWriter: writes a pack as a plain ustar file, which ArchiveFiles and any tar program read.
//
// Equal files give equal bytes: no times, owners or rights of the machine are kept. Entries go to
// the sink one by one, so that an archive may be larger than memory.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace sqlenv {

class ArchiveWriter {
 public:
  using Sink = std::function<void(std::string_view)>;
  explicit ArchiveWriter(Sink sink) : sink_(std::move(sink)) {}

  // BAD_PACK if the format has no room for the path or the size.
  Result<void> add(const std::string& path, std::string_view bytes);

  void finish();

 private:
  Sink sink_;
};

}  // namespace sqlenv
