// Reset options as JSON, and the episodes that they start.
#include "core/wire/episode_json.h"
#include "tests/fuzz/fuzz.h"

namespace sqlenv {
namespace {

std::string reset_of(Environment& environment, const ResetOptions& options) {
  const Result<Episode> episode = environment.reset(options);
  if (!episode) return episode.error().to_string();
  SQLENV_CHECK(episode->budget_remaining() == options.step_budget);
  const std::string json = step_json(episode->first());
  fuzz::check_json(json);
  return json;
}

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlenv;
  const Result<ResetRequest> request = parse_reset(fuzz::text_of(data, size));
  if (!request) {
    const ErrorCode code = request.error().code;
    SQLENV_CHECK(code == ErrorCode::kBadJson || code == ErrorCode::kBadOption);
    return 0;
  }
  SQLENV_CHECK(reset_of(fuzz::environment(), request->options) ==
               reset_of(fuzz::other_environment(), request->options));
  return 0;
}
