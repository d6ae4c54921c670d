#include "core/task/dump_table.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv {
namespace {

// SQLite would read some of these as numbers ("interval" and "point" hold INT).
constexpr std::string_view kTextTypes =
    "ENUM SET JSON JSONB NATIONAL INTERVAL XML XMLTYPE UUID UNIQUEIDENTIFIER INET CIDR MACADDR "
    "MACADDR8 POINT LINE LSEG BOX PATH POLYGON CIRCLE GEOMETRY GEOGRAPHY TSVECTOR TSQUERY HSTORE "
    "NAME SYSNAME LONG ROWID UROWID VARBIT HIERARCHYID SQL_VARIANT INT4RANGE INT8RANGE NUMRANGE "
    "DATERANGE TSRANGE TSTZRANGE MULTIPOINT LINESTRING POLYGON";
constexpr std::string_view kBlobTypes = "BINARY VARBINARY BYTEA IMAGE RAW BFILE ROWVERSION";
constexpr std::string_view kKeptTypes =
    "NUMERIC DECIMAL DEC FIXED NUMBER MONEY SMALLMONEY DATE DATETIME DATETIME2 DATETIMEOFFSET "
    "SMALLDATETIME TIMESTAMP TIMESTAMPTZ TIME TIMETZ YEAR BOOL BOOLEAN BIT";
// SQLite decides by these parts of a type's name.
constexpr std::array<std::string_view, 8> kTypeParts = {"INT",  "CHAR", "CLOB", "TEXT",
                                                        "BLOB", "REAL", "FLOA", "DOUB"};

bool is_whole_type(const std::string& type) {
  return (type.find("INT") != std::string::npos && !one_of(type, kTextTypes)) ||
         type.find("SERIAL") != std::string::npos;
}

std::string type_name(const std::string& type, const std::string& written, SqlDialect dialect) {
  if (type.ends_with("SERIAL") || one_of(type, "SERIAL2 SERIAL4 SERIAL8")) return "INTEGER";
  if (one_of(type, kTextTypes)) return "TEXT";
  if (one_of(type, kBlobTypes)) return "BLOB";
  if (type == "BIT" && dialect == SqlDialect::kPostgres) return "TEXT";
  const bool known = one_of(type, kKeptTypes) ||
                     std::any_of(kTypeParts.begin(), kTypeParts.end(), [&](std::string_view part) {
                       return type.find(part) != std::string::npos;
                     });
  return known ? written : "";
}

// "(10,2)" of a group; empty if it does not begin with a number.
std::string width_of(const DumpTokens& tokens, std::size_t open, std::size_t end) {
  std::string width;
  for (std::size_t i = open + 1; i < end && !is_symbol(tokens, i, ')'); ++i) {
    if (!is_digit(tokens[i].text.front()) && tokens[i].text != "," && tokens[i].text != "-") break;
    width += tokens[i].text;
  }
  return width.empty() || !is_digit(width.back()) ? "" : "(" + width + ")";
}

// The columns of a key without prefix lengths and directions: (a(10), b DESC) gives (a, b).
std::string key_columns(const DumpTokens& tokens, std::size_t open) {
  std::string columns;
  for (const DumpSpan& item : group_items(tokens, open))
    if (item.first < item.second)
      columns += (columns.empty() ? "" : ", ") + tokens[item.first].text;
  return "(" + columns + ")";
}

// "REFERENCES t (a)" at `at`, which moves behind it.
std::string reference(const DumpTokens& tokens, std::size_t& at, const DumpNames& names) {
  std::string text = "REFERENCES " + names.quoted_at(tokens, ++at);
  if (is_symbol(tokens, at, '(')) {
    text += " " + key_columns(tokens, at);
    at = after_group(tokens, at);
  }
  return text;
}

bool is_plain_value(const DumpTokens& tokens, std::size_t at) {
  if (at >= tokens.size()) return false;
  const char c = tokens[at].text.front();
  return one_of(tokens[at].word, "NULL TRUE FALSE") || c == '\'' || is_digit(c) || c == '-' ||
         tokens[at].text.starts_with("X'");
}

// Reads what follows a column's type.
class Attributes {
 public:
  Attributes(const DumpTokens& tokens, DumpSpan span, const DumpNames& names)
      : tokens_(tokens), at_(span.first), end_(span.second), names_(names) {
    while (at_ < end_) read();
    if (not_null_ && !lost_default_) kept = " NOT NULL" + kept;
  }

  std::string kept;      // with a blank in front of each
  std::string computed;  // "AS (…)"
  bool counts = false;

 private:
  bool next_is(std::string_view word) const {
    return at_ + 1 < end_ && tokens_[at_ + 1].word == word;
  }

  void read() {
    const std::string& word = tokens_[at_].word;
    if (is_symbol(tokens_, at_, '(')) at_ = after_group(tokens_, at_);
    else if (word == "NOT" && next_is("NULL")) not_null_ = true, at_ += 2;
    else if (word == "PRIMARY" && next_is("KEY")) kept += " PRIMARY KEY", at_ += 2;
    else if (word == "UNIQUE") kept += " UNIQUE", ++at_;
    else if (word == "DEFAULT") read_default();
    else if (word == "REFERENCES") kept += " " + reference(tokens_, at_, names_);
    else if (word == "AS") read_computed();
    else {
      counts = counts || one_of(word, "AUTO_INCREMENT IDENTITY AUTOINCREMENT");
      at_ += one_of(word, "COMMENT COLLATE CHARSET CONSTRAINT") ? 2 : 1;
    }
  }

  void read_default() {
    const bool negative = is_symbol(tokens_, ++at_, '-');
    counts = counts || is_word(tokens_, at_, "NEXTVAL");
    const std::size_t end = std::min(at_ + (negative ? 2 : 1), end_);
    if (at_ < end && is_plain_value(tokens_, at_) && !is_symbol(tokens_, end, '('))
      kept += " DEFAULT " + joined(tokens_, at_, end);
    else lost_default_ = true;
    if (!is_symbol(tokens_, at_, '(')) at_ = end;
  }

  void read_computed() {
    if (!is_symbol(tokens_, ++at_, '(')) return;
    const std::size_t end = std::min(after_group(tokens_, at_), end_);
    computed = "AS " + joined(tokens_, at_, end);
    at_ = end;
  }

  const DumpTokens& tokens_;
  std::size_t at_;
  std::size_t end_;
  const DumpNames& names_;
  bool not_null_ = false;
  bool lost_default_ = false;  // SQLite would insist on a value where the other system has one
};

std::string name_text(const DumpToken& token) {
  return token.word.empty() ? token.text : quote_identifier(token.text);
}

char type_letter(const DumpTokens& tokens, std::size_t at) {
  if (at >= tokens.size()) return '-';
  return one_of(tokens[at].word, "BOOL BOOLEAN") ? 'b' : tokens[at].word == "BYTEA" ? 'y' : '-';
}

// CREATE TABLE name LIKE other, CREATE TABLE name (LIKE other …).
std::string like_table(const DumpTokens& tokens, std::size_t at, const DumpNames& names) {
  if (is_symbol(tokens, at, '(')) ++at;
  if (!is_word(tokens, at, "LIKE")) return "";
  return " AS SELECT * FROM " + names.quoted_at(tokens, ++at) + " WHERE 0";
}

}  // namespace

std::string column_type(const DumpTokens& tokens, std::size_t& at, std::size_t end,
                        const DumpNames& names, SqlDialect dialect) {
  if (at >= end || tokens[at].word == "AS" || !is_name(tokens, at)) return "";
  std::string written = read_name(tokens, at).table;
  const std::string type = to_upper(written);
  const std::string* made = names.find_type(written);
  for (; at < end && one_of(tokens[at].word, "VARYING PRECISION"); ++at)
    written += " " + tokens[at].text;
  std::string width;
  if (at < end && is_symbol(tokens, at, '(')) {
    width = is_whole_type(type) ? "" : width_of(tokens, at, end);
    at = after_group(tokens, at);
  }
  for (; at < end && one_of(tokens[at].word, "VARYING PRECISION"); ++at) {
  }
  if (at < end && (is_symbol(tokens, at, '[') || tokens[at].word == "ARRAY")) return "TEXT";
  if (made != nullptr) return *made;
  const std::string name = type_name(type, written, dialect);
  return name == written ? name + width : name;
}

std::string table_column(const DumpTokens& tokens, DumpSpan item, const DumpNames& names,
                         SqlDialect dialect, std::vector<std::string>& computed) {
  std::size_t at = item.first + 1;
  const std::string name = name_text(tokens[item.first]);
  std::string type = column_type(tokens, at, item.second, names, dialect);
  const Attributes attributes(tokens, {at, item.second}, names);
  if (!attributes.computed.empty()) {
    computed.push_back(name);
    return name + " " + type + " " + attributes.computed;
  }
  if (attributes.counts) type = "INTEGER";
  return name + (type.empty() ? "" : " ") + type + attributes.kept;
}

bool is_constraint(const DumpTokens& tokens, std::size_t at, SqlDialect dialect) {
  if (at >= tokens.size()) return false;
  const std::string& word = tokens[at].word;
  if (one_of(word, "PRIMARY UNIQUE FOREIGN CHECK CONSTRAINT EXCLUDE")) return true;
  if (dialect == SqlDialect::kMySql) return one_of(word, "KEY INDEX FULLTEXT SPATIAL");
  return (word == "PERIOD" && is_word(tokens, at + 1, "FOR")) ||
         (word == "INDEX" && dialect == SqlDialect::kSqlServer);
}

std::string table_key(const DumpTokens& tokens, DumpSpan item, const DumpNames& names) {
  std::size_t at = item.first;
  constexpr std::string_view kKinds = "PRIMARY UNIQUE FOREIGN";
  if (is_word(tokens, at, "CONSTRAINT"))
    at +=
        at + 1 < item.second && one_of(tokens[at + 1].word, "PRIMARY UNIQUE FOREIGN CHECK") ? 1 : 2;
  const std::size_t open = find_open(tokens, at, item.second);
  if (open >= item.second || !one_of(tokens[at].word, kKinds)) return "";
  if (tokens[at].word == "PRIMARY") return "PRIMARY KEY " + key_columns(tokens, open);
  if (tokens[at].word == "UNIQUE") return "UNIQUE " + key_columns(tokens, open);
  std::size_t target = after_group(tokens, open);
  if (!is_word(tokens, target, "REFERENCES")) return "";
  return "FOREIGN KEY " + key_columns(tokens, open) + " " + reference(tokens, target, names);
}

DumpName partition_parent(const DumpTokens& tokens, std::size_t name, SqlDialect dialect) {
  read_name(tokens, name);
  if (is_word(tokens, name, "PARTITION") && is_word(tokens, name + 1, "OF"))
    return read_name(tokens, name += 2);
  std::size_t parent = find_word(tokens, name, "INHERITS") + 2;
  if (parent >= tokens.size()) return {};
  for (const DumpSpan& item : group_items(tokens, name))
    if (item.first < item.second && !is_constraint(tokens, item.first, dialect)) return {};
  return read_name(tokens, parent);
}

DumpTable create_table(const DumpTokens& tokens, std::size_t name, const DumpNames& names,
                       SqlDialect dialect, const std::vector<std::string>& keys, bool computed) {
  DumpTable table{"CREATE TABLE ", {}, {}};
  for (std::size_t i = 0; i < name; ++i)
    if (tokens[i].word == "EXISTS") table.sql += "IF NOT EXISTS ";
  table.sql += names.quoted_at(tokens, name);
  const std::string like = like_table(tokens, name, names);
  if (!like.empty() || !is_symbol(tokens, name, '('))
    return table.sql += like.empty() ? " " + joined(tokens, name, tokens.size()) : like, table;
  const std::size_t after = after_group(tokens, name);
  if (find_word(tokens, after, "SELECT") < tokens.size() ||
      find_word(tokens, after, "INHERITS") < tokens.size())
    return table.sql += " " + joined(tokens, name, tokens.size()), table;
  std::vector<std::string> columns;
  std::vector<std::string> constraints;
  for (const DumpSpan& item : group_items(tokens, name)) {
    if (item.first >= item.second) continue;
    if (is_constraint(tokens, item.first, dialect)) {
      constraints.push_back(table_key(tokens, item, names));
      continue;
    }
    const std::size_t known = table.computed.size();
    std::string column = table_column(tokens, item, names, dialect, table.computed);
    table.columns.push_back(
        {unquoted(tokens[item.first].text), type_letter(tokens, item.first + 1)});
    if (computed || table.computed.size() == known) columns.push_back(std::move(column));
  }
  constraints.insert(constraints.end(), keys.begin(), keys.end());
  for (const std::string& constraint : constraints)
    if (!constraint.empty() &&
        std::find(columns.begin(), columns.end(), constraint) == columns.end())
      columns.push_back(constraint);
  table.sql += " (" + join(columns, ", ") + ")";
  return table;
}

}  // namespace sqlenv
