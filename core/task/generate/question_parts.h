// Parts of questions and of their queries that several templates use.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "core/task/generate/draft_writer.h"
#include "core/task/generate/profile.h"
#include "core/task/generate/question_draft.h"

namespace sqlenv::generate {

// Kinds of columns that templates ask for.
bool is_topic(const ColumnProfile& column);     // may be asked about
bool is_amount(const ColumnProfile& column);    // a number with different values
bool is_category(const ColumnProfile& column);  // text, codes or years that name groups

// Whether few enough values are unique: at most 70 % as many values as rows.
bool is_shared(const TableProfile& table, const ColumnProfile& column);

bool has_label(const TableProfile& table);
std::string label_list(const TableProfile& table, const std::string& prefix = "");
Shape label_shape(const TableProfile& table);

// A row as words, `the city "Oslo"`, and the condition that finds it.
struct NamedRow {
  std::string words;
  std::string sql;
};
// Draws a row; none if rows of the table have no unique name.
std::optional<NamedRow> some_row(DraftWriter& writer, const TableProfile& table,
                                 const std::string& prefix);

// A link in words, from the child: "whose stadium's capacity is 5", `whose stadium is "X"`.
std::string through_parent(const Profile& profile, const Link& link, const Condition& condition);
std::string of_parent(const Profile& profile, const Link& link, const NamedRow& row);

// `"created_by" value`, for a link that only its column names.
std::string via_words(const Link& link);

// "the stadium of the concert", "the stadium linked to the hiring record".
std::string parent_of(const Profile& profile, const Link& link, const std::string& child);

// " FROM concert AS t1 JOIN stadium AS t2 ON …", the child first.
std::string join_of(const Profile& profile, const Link& link, const std::string& child_alias,
                    const std::string& parent_alias);
std::string on_of(const Link& link, const std::string& child_alias,
                  const std::string& parent_alias);

// SQL for: parent `t2` has (or, negated, has no) child `t1` that meets the conditions. A link of
// one column needs no subquery for each parent.
std::string has_child(const Profile& profile, const Link& link, bool negated,
                      std::vector<std::string> conditions = {});

std::string table_sql(const TableProfile& table);

// The column as queries read it: padded texts are trimmed.
std::string column_sql(const ColumnProfile& column, const std::string& prefix = "");
std::string shown(const Value& number);           // as a person writes it: "12", "12.5"
std::string verb_of(const std::string& subject);  // "is" or "are"

// The decimals of a column's mean or total: 2, or 4 if all values are below 1.
int decimals_of(const ColumnProfile& column);
std::string rounded(const std::string& expression, int decimals);
std::string rounding_words(int decimals);

// For a column with NULLs: "Ignore the cities with no recorded population." and what goes into
// WHERE. Both are empty for other columns.
std::string null_words(const TableProfile& table, const ColumnProfile& column);
std::vector<std::string> null_sql(const ColumnProfile& column, const std::string& prefix = "");

// Joins sentences by blanks, without the empty ones.
std::string sentences(std::initializer_list<std::string> parts);

}  // namespace sqlenv::generate
