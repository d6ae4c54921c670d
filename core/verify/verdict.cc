#include "core/verify/verdict.h"

#include <algorithm>

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

bool is_header(const std::vector<AnswerCell>& row, const std::vector<std::string>& columns) {
  return std::equal(row.begin(), row.end(), columns.begin(), columns.end(),
                    [](const AnswerCell& cell, const std::string& column) {
                      return equal_ignoring_case(trim(cell.text), trim(column));
                    });
}

// Drops a first row that holds the names of the columns.
void drop_header(const Gold& gold, AnswerRows& answer, VerifierMode mode) {
  const bool extra = answer.size() == gold.table.rows.size() + 1;
  if (!answer.empty() && (extra || mode == VerifierMode::kBird) &&
      is_header(answer.front(), gold.table.columns))
    answer.erase(answer.begin());
}

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

std::optional<AnswerRows> read_rows(const Gold& gold, std::string_view answer, VerifierMode mode) {
  std::optional<AnswerRows> rows =
      parse_answer(answer, {gold.table.rows.size(), gold.table.columns.size()});
  if (rows) drop_header(gold, *rows, mode);
  return rows;
}

Verdict verify(const Gold& gold, std::string_view answer, VerifierMode mode) {
  if (trim(answer).empty()) return wrong_verdict(Reason::kEmpty, "The answer is blank.");
  if (mode == VerifierMode::kSqlenv) return compare_by_sqlenv_rules(gold, answer);
  const std::optional<AnswerRows> rows = read_rows(gold, answer, mode);
  if (!rows)
    return wrong_verdict(Reason::kParse, "The answer could not be read as a list or table.");
  return compare_rows(gold, *rows, mode);
}

Verdict verify(const Gold& gold, const ResultTable& answer, VerifierMode mode) {
  if (mode == VerifierMode::kSqlenv) return compare_by_sqlenv_rules(gold, answer_text(answer));
  return compare_rows(gold, answer_rows(answer), mode);
}

Verdict verify(const Result<Gold>& gold, std::string_view answer, VerifierMode mode) {
  if (gold) return verify(*gold, answer, mode);
  return wrong_verdict(Reason::kGoldError, "The gold query fails, so no answer can be judged.");
}

}  // namespace sqlenv
