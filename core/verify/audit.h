// The audit of gold queries: finds questions that are unfair by running their gold.
//
// A question whose gold fails, gives no row or leaves its result open cannot be answered for sure.
// The audit examines each question once, offline; docs/verification.md explains each finding. It
// needs no model and changes nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/sql/database.h"
#include "core/task/pack.h"

namespace sqlenv {

enum class Severity {
  kNote,     // the verifier handles it
  kWarning,  // the question should be changed
  kError     // the question cannot be judged
};

std::string_view severity_name(Severity severity);

struct Finding {
  Severity severity = Severity::kNote;
  std::string code;    // such as LIMIT_TIE
  std::string detail;  // one sentence
};

// A database with the mirrors that its golds are compared on (sql/mirror.h). One thread's.
struct AuditedDatabase {
  AuditedDatabase(const DatabaseImage& image, Database opened);
  AuditedDatabase(const AuditedDatabase&) = delete;
  AuditedDatabase& operator=(const AuditedDatabase&) = delete;

  Database database;
  Result<Database> reversed;
  Result<Database> numbers;  // orders numbers that are stored as text as numbers
  Result<Database*> mirror;  // `reversed`, or the error for which there is none
};

// All findings on one question, the gravest first. Where the mirror cannot answer, UNDECIDED is
// found if the result may depend on the order of scanning.
std::vector<Finding> audit_question(AuditedDatabase& database, const Question& question);

struct QuestionAudit {
  const Question* question = nullptr;  // belongs to the pack
  std::vector<Finding> findings;
};

// Every question of the pack, database by database. INTERNAL if a database cannot be opened.
Result<std::vector<QuestionAudit>> audit_pack(const Pack& pack);

}  // namespace sqlenv
