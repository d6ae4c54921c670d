#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <memory>

#include "app/cli/commands.h"
#include "app/packs.h"
#include "core/verify/audit.h"
#include "core/wire/audit_json.h"

namespace sqlenv::cli {
namespace {

// Prints how often each code was found, in the order of the codes.
std::string summary(const std::vector<QuestionAudit>& audits) {
  std::map<std::string, int> counts;
  for (const QuestionAudit& audit : audits)
    for (const Finding& finding : audit.findings)
      ++counts[std::string(severity_name(finding.severity)) + " " + finding.code];
  std::string out;
  for (const auto& [code, count] : counts)
    out += (out.empty() ? "" : ", ") + code + " " + std::to_string(count);
  return out.empty() ? "nothing found" : out;
}

void print(const Pack& pack, const std::vector<QuestionAudit>& audits) {
  for (const QuestionAudit& audit : audits)
    for (const Finding& finding : audit.findings)
      std::cout << audit.question->id << "  " << severity_name(finding.severity) << "  "
                << finding.code << "  " << finding.detail << "\n";
  std::cout << "pack " << pack.name << ": " << audits.size() << " questions; " << summary(audits)
            << "\n";
}

bool is_clean(const std::vector<QuestionAudit>& audits) {
  for (const QuestionAudit& audit : audits)
    for (const Finding& finding : audit.findings)
      if (finding.severity != Severity::kNote) return false;
  return true;
}

int audit(const std::string& name, bool json) {
  const auto catalog = load_catalog({name});
  if (!catalog) {
    std::cerr << "sqlenv pack audit: " << catalog.error().to_string() << "\n";
    return 1;
  }
  const Pack& pack = (*catalog)->packs().front();
  const Result<std::vector<QuestionAudit>> audits = audit_pack(pack);
  if (!audits) {
    std::cerr << "sqlenv pack audit: " << audits.error().to_string() << "\n";
    return 1;
  }
  if (json) std::cout << audit_json(pack, *audits);
  else print(pack, *audits);
  return is_clean(*audits) ? 0 : 1;
}

}  // namespace

void add_audit_command(CLI::App& pack, Runner& chosen) {
  CLI::App* command =
      pack.add_subcommand("audit", "Look for gold queries that make their question unfair");
  auto name = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  command->add_option("pack", *name, "A pack's folder, archive or name")->required();
  command->add_flag("--json", *json, "Write the findings as JSON");
  command->footer("Status 1 if anything graver than a note is found.");
  command->callback(
      [name, json, &chosen] { chosen = [name, json] { return audit(*name, *json); }; });
}

}  // namespace sqlenv::cli
