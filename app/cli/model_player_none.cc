#include "app/cli/model_player.h"

namespace sqlenv::cli {

Result<void> play_by_http(ModelRun&, const std::function<void()>&) {
  return fail(
      ErrorCode::kBadOption,
      "this program was built without libcurl (SQLENV_MODELS=OFF), by which it asks models.");
}

}  // namespace sqlenv::cli
