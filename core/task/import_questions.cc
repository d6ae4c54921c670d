#include "core/task/import_questions.h"

namespace sqlenv {

Result<std::vector<Question>> questions_about(const PackDatabase&, int) {
  return std::vector<Question>();
}

}  // namespace sqlenv
