// The audit of a pack as JSON.
#pragma once

#include <string>
#include <vector>

#include "core/verify/audit.h"

namespace sqlenv {

// {"pack", "digest", "questions": how many, "findings": [{"question_id", "database", "severity",
// "code", "detail"}]}, on several lines.
std::string audit_json(const Pack& pack, const std::vector<QuestionAudit>& audits);

}  // namespace sqlenv
