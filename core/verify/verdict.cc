#include "core/verify/verdict.h"

#include "core/base/text.h"
#include "core/verify/answer.h"
#include "core/verify/answer_text.h"
#include "core/verify/compare.h"
#include "core/verify/sqlenv_mode.h"

namespace sqlenv {
namespace {

struct ModeName {
  VerifierMode mode;
  std::string_view name;
};

constexpr ModeName kModes[] = {{VerifierMode::kStrict, "strict"},
                               {VerifierMode::kSqlenv, "sqlenv"},
                               {VerifierMode::kSpider, "spider"},
                               {VerifierMode::kBird, "bird"}};

}  // namespace

std::string_view reason_name(Reason reason) {
  switch (reason) {
    case Reason::kMatch: return "MATCH";
    case Reason::kRowCount: return "ROW_COUNT";
    case Reason::kColumnCount: return "COLUMN_COUNT";
    case Reason::kValue: return "VALUE";
    case Reason::kOrder: return "ORDER";
    case Reason::kDuplicates: return "DUPLICATES";
    case Reason::kParse: return "PARSE";
    case Reason::kEmpty: return "EMPTY";
    case Reason::kGoldError: return "GOLD_ERROR";
    case Reason::kGoldAmbiguous: return "GOLD_AMBIGUOUS";
    case Reason::kUndecided: return "UNDECIDED";
  }
  return "UNDECIDED";
}

std::vector<std::string> verifier_names() {
  std::vector<std::string> names;
  for (const ModeName& mode : kModes) names.emplace_back(mode.name);
  return names;
}

std::optional<VerifierMode> verifier_mode(std::string_view name) {
  for (const ModeName& mode : kModes)
    if (mode.name == name) return mode.mode;
  return std::nullopt;
}

Verdict wrong_verdict(Reason reason, std::string detail, std::optional<Place> where) {
  return {false, reason, std::move(detail), where};
}

Judgement judge_readings(const Gold& gold, std::string_view answer, VerifierMode mode) {
  const Verdict unread =
      wrong_verdict(Reason::kParse, "The answer could not be read as a list or table.");
  Judgement judgement = {unread, {}};
  AnswerReader reader(answer, gold.table.rows.size(), gold.table.columns);
  while (std::optional<AnswerReading> reading = reader.next()) {
    judgement = {compare_rows(gold, *reading, mode), std::move(reading)};
    if (judgement.verdict.correct) return judgement;
  }
  if (reader.broken()) return {unread, {}};
  return judgement;
}

Verdict verify(const Gold& gold, std::string_view answer, VerifierMode mode) {
  if (trim(answer).empty()) return wrong_verdict(Reason::kEmpty, "The answer is blank.");
  if (mode == VerifierMode::kSqlenv) return compare_by_sqlenv_rules(gold, answer);
  return judge_readings(gold, answer, mode).verdict;
}

Verdict verify(const Gold& gold, const ResultTable& answer, VerifierMode mode) {
  if (mode == VerifierMode::kSqlenv) return compare_by_sqlenv_rules(gold, answer_text(answer));
  return compare_rows(gold, {answer_rows(answer), false}, mode);
}

Verdict verify(const Result<Gold>& gold, std::string_view answer, VerifierMode mode) {
  if (gold) return verify(*gold, answer, mode);
  return wrong_verdict(Reason::kGoldError, "The gold query fails, so no answer can be judged.");
}

}  // namespace sqlenv
