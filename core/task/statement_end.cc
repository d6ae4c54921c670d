#include "core/task/statement_end.h"

#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr int kStatementHead = 8;
constexpr std::string_view kStarts =
    "INSERT CREATE ALTER DROP PRINT EXEC EXECUTE IF DECLARE USE UPDATE DELETE "
    "COMMIT BEGIN GRANT "
    "TRUNCATE SET RAISERROR ROLLBACK MERGE DENY REVOKE WHILE";

// Whether the word continues a statement although it may begin one.
bool continues(std::string_view first, std::string_view word) {
  if (first == "ALTER") return one_of(word, "ALTER DROP SET");
  if (first == "UPDATE") return word == "SET";
  return one_of(first, "MERGE GRANT DENY REVOKE");
}

}  // namespace

bool StatementEnd::ends_oracle(std::string_view word) const {
  return word == ";" && !whole_ && (!program_ || (closed_ && blocks_ <= 0));
}

bool StatementEnd::ends_server(std::string_view word, bool line_begins) {
  if (whole_) return false;
  if (word == ";") return blocks_ <= 0;
  if (depth_ > 0 || blocks_ > 0) return false;
  const bool starts = one_of(word, kStarts);
  if (closed_ && one_of(first_, "IF WHILE BEGIN")) return word != "ELSE";
  if (!one_of(first_, "IF WHILE")) return starts && line_begins && !continues(first_, word);
  if (starts && has_body_ && line_begins && last_ != "ELSE") return true;
  has_body_ = has_body_ || starts;
  return false;
}

void StatementEnd::count(std::string_view word) {
  const bool made = one_of(first_, "CREATE ALTER") && tokens_ <= kStatementHead;
  if (made && one_of(word, oracle_ ? "PACKAGE BODY" : "PROCEDURE PROC FUNCTION TRIGGER VIEW"))
    whole_ = true;
  if (oracle_ &&
      (one_of(first_, "BEGIN DECLARE") || (made && one_of(word, "PROCEDURE FUNCTION TRIGGER"))))
    program_ = true;
  depth_ += word == "(" ? 1 : word == ")" ? -1 : 0;
  // END closes BEGIN and CASE; END IF and END LOOP close what is not counted.
  const bool inner = last_ == "END" && one_of(word, "IF LOOP");
  const bool transaction = last_ == "BEGIN" && one_of(word, "TRAN TRANSACTION WORK");
  if (inner || (one_of(word, "BEGIN CASE") && last_ != "END")) ++blocks_;
  if (word == "END" || transaction) --blocks_;
  if (word == "END") closed_ = blocks_ <= 0;
  else if (inner || !oracle_) closed_ = false;
}

bool StatementEnd::before(std::string_view token, bool line_begins) {
  const std::string word = token.size() > 40 ? "" : to_upper(token);
  if (tokens_++ == 0) {
    first_ = word;
  } else {
    if (line_begins && word == (oracle_ ? "/" : "GO")) return true;
    if (oracle_ ? ends_oracle(word) : ends_server(word, line_begins)) return true;
  }
  count(word);
  last_ = word;
  return false;
}

}  // namespace sqlenv
