#include "core/verify/audit.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/sql/select_shape.h"
#include "core/sql/sql_tokens.h"
#include "core/verify/compare.h"
#include "core/verify/text_numbers.h"
#include "core/verify/tie_groups.h"
#include "core/verify/verdict.h"

namespace sqlenv {
namespace {

constexpr std::array<std::string_view, 5> kRandomFunctions = {"random", "randomblob", "changes",
                                                              "total_changes", "last_insert_rowid"};
constexpr std::array<std::string_view, 6> kClockFunctions = {"date",      "time",     "datetime",
                                                             "julianday", "strftime", "unixepoch"};
constexpr std::array<std::string_view, 3> kClockWords = {"current_date", "current_time",
                                                         "current_timestamp"};

// Reals that differ by less, relatively or absolutely, differ in their last digits.
constexpr double kLastDigits = 1e-9;

template <class List>
bool has(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

class Auditor {
 public:
  Auditor(AuditedDatabase& database, const Question& question)
      : database_(database.database),
        mirror_(database.mirror),
        numbers_(database.numbers),
        sql_(question.gold_sql),
        question_(question) {}

  std::vector<Finding> run() {
    check_functions();
    Result<Gold> gold = compute_gold(database_, sql_, question_.answer_type, mirror_);
    if (!gold) {
      add(Severity::kError, "GOLD_ERROR", "The gold query fails: " + gold.error().to_string());
    } else {
      shape_ = read_select_shape(sql_);
      check_rows(*gold);
      check_ties(*gold);
      if (!check_keys(*gold)) check_text_numbers(*gold);
      check_scan_order(*gold);
    }
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
    return std::move(findings_);
  }

 private:
  void add(Severity severity, const char* code, std::string detail) {
    findings_.push_back({severity, code, std::move(detail)});
  }

  void check_functions() {
    const auto differs = [&](const std::string& name) {
      add(Severity::kWarning, "NONDETERMINISTIC",
          "The gold query uses " + name + ", whose value is not in the data.");
    };
    const bool now = to_lower(sql_).find("'now'") != std::string::npos;
    for (const std::string& name : functions_called(sql_))
      if (has(kRandomFunctions, name) || (now && has(kClockFunctions, name))) differs(name + "()");
    for (const SqlToken& token : sql_tokens(sql_)) {
      const std::string word = to_lower(token.in(sql_));
      if (token.kind == TokenKind::kKeyword && has(kClockWords, word)) differs(word);
    }
  }

  void check_rows(const Gold& gold) {
    const std::vector<Row>& rows = gold.table.rows;
    if (rows.empty()) return add(Severity::kWarning, "EMPTY", "The gold query gives no row.");
    const auto null_cells = [](const Row& row) {
      return std::count_if(row.begin(), row.end(), is_null);
    };
    std::ptrdiff_t nulls = 0;
    for (const Row& row : rows) nulls += null_cells(row);
    if (nulls == std::ptrdiff_t(rows.size() * gold.table.columns.size()))
      add(Severity::kWarning, "NULL", "The gold query gives nothing but NULL.");
    else if (nulls > 0)
      add(Severity::kNote, "NULL_CELLS", "Some cells of the gold result are NULL.");
  }

  void check_ties(const Gold& gold) {
    if (!gold.ties_known)
      return add(Severity::kWarning, "TIES_UNKNOWN",
                 "Which rows tie in ORDER BY could not be computed; spell the keys out.");
    if (gold.mentions_order_by && !gold.ordered && gold.table.rows.size() > 1)
      add(Severity::kNote, "INNER_ORDER",
          "ORDER BY is in a subquery only; mode spider judges the order all the same.");
    if (gold.table.rows.empty()) return;
    bool cut = false;
    bool tie = false;
    std::size_t first = 0;
    for (const TieGroup& group : gold.groups) {
      // Equal rows are interchangeable.
      const Row& kept = gold.table.rows[first];
      const auto same = [&](const Row& row) { return row == kept; };
      const auto begin = gold.table.rows.begin() + std::ptrdiff_t(first);
      const bool alike = std::all_of(begin, begin + std::ptrdiff_t(group.rows), same);
      tie = tie || (gold.ordered && !alike);
      cut = cut || (!group.others.empty() &&
                    !(alike && std::all_of(group.others.begin(), group.others.end(), same)));
      first += group.rows;
    }
    if (cut && gold.ordered)
      add(Severity::kWarning, "LIMIT_TIE",
          "LIMIT cuts through rows that tie in ORDER BY, so several results are right.");
    else if (cut)
      add(Severity::kWarning, "LIMIT_UNORDERED",
          "LIMIT without ORDER BY keeps whichever rows come first.");
    if (tie) add(Severity::kNote, "ORDER_TIE", "Rows tie in ORDER BY; they may swap.");
  }

  // Checks the sort keys of each ORDER BY term. Returns whether it found numbers sorted as text.
  bool check_keys(const Gold& gold) {
    if (!gold.ordered) return false;
    const auto keys = sort_keys(database_, sql_, shape_, gold.table.columns);
    std::optional<KeptRows> kept = kept_rows(database_, sql_, shape_);
    if (!keys || !kept || keys->empty()) return false;
    kept->end = std::min(kept->end, keys->size());
    check_null_keys(*keys, *kept);
    if (!sorts_numbers_as_text(*keys, shape_, *kept)) return false;
    add(Severity::kWarning, "TEXT_NUMBERS",
        "ORDER BY sorts numbers that are stored as text, so 10 comes before 9.");
    return true;
  }

  // Whether the result changes if texts that are numbers are ordered as such. A LIMIT without
  // ORDER BY keeps any rows.
  void check_text_numbers(const Gold& gold) {
    if (!numbers_ || (gold.limited && !gold.ordered)) return;
    auto text = mirrored_result(database_.schema(), sql_, mirror_);
    auto number = mirrored_result(database_.schema(), sql_, &*numbers_);
    if (!text || !number) return;
    if (!gold.ordered)
      for (ResultTable* table : {&*text, &*number})
        std::sort(table->rows.begin(), table->rows.end(), row_less);
    if (text->rows != number->rows)
      add(Severity::kWarning, "TEXT_COMPARISON",
          "max(), min() or a comparison orders numbers that are stored as text, so '10' is less "
          "than '9'.");
  }

  void check_null_keys(const std::vector<Row>& keys, KeptRows kept) {
    bool kept_null = false;
    for (std::size_t r = kept.begin; r < kept.end; ++r)
      kept_null = kept_null || is_null(keys[r].front());
    if (kept_null && shape_.limit)
      add(Severity::kWarning, "NULL_FIRST",
          "LIMIT keeps rows whose sort key is NULL, which SQLite puts before all values.");
    else if (std::any_of(keys.begin(), keys.end(), [](const Row& r) { return is_null(r.front()); }))
      add(Severity::kNote, "NULL_KEY", "Some sort keys are NULL; SQLite puts NULL first.");
  }

  void check_scan_order(const Gold& gold) {
    if (!gold.unsearched.empty()) return add(Severity::kWarning, "UNDECIDED", gold.unsearched);
    const auto ambiguous = [this] {
      add(Severity::kWarning, "AMBIGUOUS",
          "The result depends on the order in which rows are stored.");
    };
    if (gold.alternative) return ambiguous();
    if (!has_reals(gold.table)) return;
    const auto other = mirrored_result(database_.schema(), sql_, mirror_);
    if (!other || !differs(gold, *other, 0)) return;
    if (differs(gold, *other, kLastDigits)) return ambiguous();
    add(Severity::kNote, "FLOAT_ORDER",
        "The last digits of a real depend on the order in which rows are added up.");
  }

  static bool has_reals(const ResultTable& table) {
    return std::any_of(table.rows.begin(), table.rows.end(), [](const Row& row) {
      return std::any_of(row.begin(), row.end(),
                         [](const Value& value) { return std::holds_alternative<double>(value); });
    });
  }

  static bool differs(const Gold& gold, const ResultTable& other, double tolerance) {
    const Verdict verdict = compare_closely(gold, other, tolerance);
    return !verdict.correct && verdict.reason != Reason::kUndecided;
  }

  Database& database_;
  const Result<Database*> mirror_;
  Result<Database>& numbers_;
  const std::string& sql_;
  const Question& question_;
  SelectShape shape_;
  std::vector<Finding> findings_;
};

Result<Database> open_mirror(const DatabaseImage& image) {
  const Result<DatabaseImage> copy = mirror_image(image);
  return copy ? Database::open(*copy) : fail(copy.error());
}

}  // namespace

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::kNote: return "note";
    case Severity::kWarning: return "warning";
    case Severity::kError: return "error";
  }
  return "error";
}

AuditedDatabase::AuditedDatabase(const DatabaseImage& image, Database opened)
    : database(std::move(opened)),
      reversed(open_mirror(image)),
      numbers(collated_mirror(image, kTextNumbers)),
      mirror(reversed ? Result<Database*>(&*reversed) : fail(reversed.error())) {}

std::vector<Finding> audit_question(AuditedDatabase& database, const Question& question) {
  return Auditor(database, question).run();
}

Result<std::vector<QuestionAudit>> audit_pack(const Pack& pack) {
  std::vector<QuestionAudit> audits;
  for (const PackDatabase& entry : pack.databases) {
    Result<Database> opened = Database::open(entry.image);
    if (!opened) return fail(opened.error());
    AuditedDatabase database(entry.image, std::move(*opened));
    for (const Question& question : pack.questions)
      if (question.database == entry.name)
        audits.push_back({&question, audit_question(database, question)});
  }
  return audits;
}

}  // namespace sqlenv
