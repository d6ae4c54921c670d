#include "core/wire/audit_json.h"

#include "core/wire/json.h"

namespace sqlenv {

std::string audit_json(const Pack& pack, const std::vector<QuestionAudit>& audits) {
  Json findings = Json::array();
  for (const QuestionAudit& audit : audits)
    for (const Finding& finding : audit.findings)
      findings.push_back({{"question_id", audit.question->id},
                          {"database", audit.question->database},
                          {"severity", severity_name(finding.severity)},
                          {"code", finding.code},
                          {"detail", finding.detail}});
  const Json report = {{"pack", pack.name},
                       {"digest", pack.digest},
                       {"questions", audits.size()},
                       {"findings", findings}};
  return write_json(report, 2) + "\n";
}

}  // namespace sqlenv
