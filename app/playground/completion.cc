#include "app/playground/completion.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"

namespace sqlenv::ui {
namespace {

constexpr auto kOfferedKeywords = std::to_array<std::string_view>(
    {"SELECT",     "FROM",        "WHERE",     "JOIN",    "LEFT JOIN", "GROUP BY",     "ORDER BY",
     "HAVING",     "LIMIT",       "DISTINCT",  "AND",     "OR",        "NOT",          "IN",
     "IS NULL",    "IS NOT NULL", "LIKE",      "BETWEEN", "EXISTS",    "CASE",         "WHEN",
     "THEN",       "ELSE",        "END",       "AS",      "ON",        "USING",        "UNION",
     "UNION ALL",  "INTERSECT",   "EXCEPT",    "ASC",     "DESC",      "NULL",         "OFFSET",
     "CAST",       "WITH",        "RECURSIVE", "VALUES",  "OVER",      "PARTITION BY", "INNER JOIN",
     "CROSS JOIN", "GLOB",        "COLLATE",   "FILTER"});

constexpr auto kFunctions = std::to_array<std::string_view>(
    {"count",    "sum",          "avg",    "min",    "max",        "round",    "abs",
     "length",   "lower",        "upper",  "substr", "trim",       "replace",  "instr",
     "coalesce", "ifnull",       "nullif", "iif",    "date",       "datetime", "julianday",
     "strftime", "group_concat", "total",  "printf", "row_number", "rank",     "dense_rank"});

constexpr auto kClauseWords = std::to_array<std::string_view>(
    {"select", "from", "join", "where", "group", "order", "having", "limit", "on", "using", "set"});

bool can_be_name(const SqlToken& token) {
  return token.is_word() || token.kind == TokenKind::kQuoted;
}

bool begins_with(std::string_view text, std::string_view prefix) {
  return equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

const KnownTable* find_table(const std::vector<KnownTable>& tables, std::string_view name) {
  const std::string wanted = to_lower(unquoted(name));
  for (const KnownTable& table : tables)
    if (to_lower(table.name) == wanted) return &table;
  return nullptr;
}

// A statement without its white space, and the caret's place in it.
class Statement {
 public:
  Statement(std::string_view sql, std::size_t caret, const std::vector<KnownTable>& tables)
      : sql_(sql), tables_(tables) {
    for (const SqlToken& token : all_sql_tokens(sql)) {
      if (token.kind == TokenKind::kSpace) continue;
      if (token.end < caret || (token.end == caret && !can_be_name(token)))
        before_ = all_.size() + 1;
      if (token.begin < caret && token.end >= caret) at_caret_ = all_.size();
      all_.push_back(token);
    }
    find_names();
  }

  std::string_view text(const SqlToken& token) const { return token.in(sql_); }
  std::string word(std::size_t index) const {
    return index < all_.size() ? to_lower(text(all_[index])) : "";
  }
  std::size_t before() const { return before_; }  // tokens that end before the caret's word
  const SqlToken* at_caret() const { return at_caret_ < all_.size() ? &all_[at_caret_] : nullptr; }
  const SqlToken& token(std::size_t index) const { return all_[index]; }

  // The table that a name or an alias stands for; null if there is none.
  const KnownTable* named(std::string_view name) const {
    const std::string wanted = to_lower(unquoted(name));
    for (auto alias = aliases_.rbegin(); alias != aliases_.rend(); ++alias)
      if (alias->first == wanted) return alias->second;
    return find_table(tables_, name);
  }

  bool uses(const KnownTable& table) const {
    return std::find(used_.begin(), used_.end(), &table) != used_.end();
  }

  // Whether a table comes next: after FROM or JOIN, or after a comma in a list of tables.
  bool wants_table() const {
    if (before_ == 0) return false;
    const std::string last = word(before_ - 1);
    if (last == "from" || last == "join") return true;
    if (last != ",") return false;
    int depth = 0;
    for (std::size_t i = before_ - 1; i-- > 0;) {
      const std::string here = word(i);
      if (here == ")") ++depth;
      if (here == "(" && --depth < 0) return false;
      if (depth == 0 &&
          std::find(kClauseWords.begin(), kClauseWords.end(), here) != kClauseWords.end())
        return here == "from" || here == "join";
    }
    return false;
  }

 private:
  void find_names() {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (!can_be_name(all_[i]) || i == at_caret_) continue;
      const KnownTable* table = find_table(tables_, text(all_[i]));
      const std::string previous = i == 0 ? "" : word(i - 1);
      if (table == nullptr || (previous != "from" && previous != "join" && previous != ","))
        continue;
      used_.push_back(table);
      const std::size_t alias = word(i + 1) == "as" ? i + 2 : i + 1;
      if (alias < all_.size() && can_be_name(all_[alias]) &&
          all_[alias].kind != TokenKind::kKeyword)
        aliases_.emplace_back(to_lower(unquoted(text(all_[alias]))), table);
    }
  }

  std::string_view sql_;
  const std::vector<KnownTable>& tables_;
  std::vector<SqlToken> all_;
  std::size_t before_ = 0;
  std::size_t at_caret_ = static_cast<std::size_t>(-1);
  std::vector<const KnownTable*> used_;
  std::vector<std::pair<std::string, const KnownTable*>> aliases_;
};

// Collects candidates that begin with the word, each label once.
class Gatherer {
 public:
  explicit Gatherer(std::string_view prefix) : prefix_(prefix) {}

  void add(CandidateKind kind, const std::string& label, const std::string& text,
           const std::string& note = "") {
    if (list_.size() >= kMostCandidates || !begins_with(label, prefix_)) return;
    for (Candidate& other : list_)
      if (other.label == label && other.kind == kind) {
        if (other.note != note) other.note.clear();  // a column of several tables
        return;
      }
    list_.push_back({label, text, kind, note});
  }
  void add_columns(const KnownTable& table) {
    for (const std::string& column : table.columns)
      add(CandidateKind::kColumn, column, sql_name(column), table.name);
  }
  void add_tables(const std::vector<KnownTable>& tables) {
    for (const KnownTable& table : tables)
      add(CandidateKind::kTable, table.name, sql_name(table.name));
  }
  void add_words() {
    const bool lower = !prefix_.empty() && to_lower(prefix_) == prefix_;
    for (const std::string_view name : kFunctions)
      add(CandidateKind::kFunction, std::string(name), std::string(name) + "(");
    for (const std::string_view name : kOfferedKeywords) {
      const std::string word = lower ? to_lower(name) : std::string(name);
      add(CandidateKind::kKeyword, word, word);
    }
  }

  // Empty where the word is complete, so that Enter makes a new line.
  std::vector<Candidate> take() {
    const bool complete = std::any_of(list_.begin(), list_.end(), [&](const Candidate& c) {
      return to_lower(c.label) == to_lower(prefix_);
    });
    return complete ? std::vector<Candidate>() : std::move(list_);
  }

 private:
  std::string prefix_;
  std::vector<Candidate> list_;
};

}  // namespace

Completion complete_sql(std::string_view sql, std::size_t caret,
                        const std::vector<KnownTable>& tables) {
  caret = std::min(caret, sql.size());
  const Statement statement(sql, caret, tables);
  const SqlToken* here = statement.at_caret();
  const bool in_word = here != nullptr && can_be_name(*here);
  // A word, a string, a number or a comment that ends at the caret may go on.
  const bool closed = here == nullptr || here->kind == TokenKind::kSymbol;
  Completion completion;
  completion.begin = in_word ? here->begin : caret;
  if ((!in_word && !closed) || (here != nullptr && here->end > caret)) return completion;
  const std::string_view prefix = sql.substr(completion.begin, caret - completion.begin);
  const std::size_t before = statement.before();
  const std::string last = before == 0 ? "" : statement.word(before - 1);
  Gatherer gather(prefix);
  const bool joined = before > 0 && statement.token(before - 1).end == completion.begin;
  if (last == "." && joined && before >= 2) {
    const KnownTable* table = statement.named(statement.text(statement.token(before - 2)));
    if (table != nullptr) gather.add_columns(*table);
  } else if (statement.wants_table()) {
    gather.add_tables(tables);
  } else if (last != "as" && !prefix.empty()) {
    for (const bool used : {true, false})
      for (const KnownTable& table : tables)
        if (statement.uses(table) == used) gather.add_columns(table);
    gather.add_words();
    gather.add_tables(tables);
  }
  completion.candidates = gather.take();
  return completion;
}

namespace {

// The text between the first two double quotes after `mark`.
std::string quoted_after(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return "";
  const std::size_t begin = text.find('"', at + mark.size());
  if (begin == std::string_view::npos || begin > at + mark.size() + 1) return "";
  const std::size_t end = text.find('"', begin + 1);
  if (end == std::string_view::npos) return "";
  return std::string(text.substr(begin + 1, end - begin - 1));
}

std::string word_after(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return "";
  const std::string_view rest = text.substr(at + mark.size());
  return std::string(rest.substr(0, rest.find_first_of(" ,.(\n")));
}

std::string named_in(std::string_view error) {
  for (const char* mark : {"near", "there is no table", "there is no column"})
    if (std::string name = quoted_after(error, mark); !name.empty()) return name;
  for (const char* mark : {"no such function: ", "ambiguous column name: ", "the function ",
                           "wrong number of arguments to function ", "misuse of aggregate: "})
    if (std::string name = word_after(error, mark); !name.empty()) return name;
  return "";
}

// Whether the tokens of `name` (several for a qualified column) stand at `at` in `sql`.
bool matches(std::string_view sql, const std::vector<SqlToken>& tokens, std::size_t at,
             std::string_view name_sql, const std::vector<SqlToken>& name) {
  if (at + name.size() > tokens.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const SqlToken& here = tokens[at + i];
    if (here.is_blank()) return false;
    if (!equal_ignoring_case(unquoted(here.in(sql)), unquoted(name[i].in(name_sql)))) return false;
  }
  return true;
}

}  // namespace

std::optional<SqlToken> error_place(std::string_view sql, std::string_view error) {
  const std::string name = named_in(error);
  if (name.empty()) return std::nullopt;
  const std::vector<SqlToken> tokens = all_sql_tokens(sql);
  const std::vector<SqlToken> wanted = all_sql_tokens(name);
  std::optional<SqlToken> found;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!matches(sql, tokens, i, name, wanted)) continue;
    if (found) return std::nullopt;
    found = tokens[i];
    found->end = tokens[i + wanted.size() - 1].end;
  }
  return found;
}

}  // namespace sqlenv::ui
