// What the families of questions are written with: a Candidate to fill in, a Composer that draws
// tables, columns, conditions and phrasings by the seed. One thread; a Composer points into the
// Profile and the Random it was given.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/random.h"
#include "core/task/generate/profile.h"

namespace sqlenv::generate {

enum class Shape { kOne, kList, kTable };  // one cell, one column of rows, several columns

// A query that must come out in a certain way, or the candidate is dropped.
struct Check {
  enum class Kind {
    kZero,      // its first cell is 0
    kAtLeast,   // its first cell is at least `number`
    kAtMost,    // its first cell is at most `number`
    kNoTie,     // of its last column, the first `number` + 1 cells differ and none is NULL
    kUnrounded  // the result before rounding: no cell half-way between two of `number` decimals
  };
  Kind kind = Kind::kZero;
  std::string sql;
  std::int64_t number = 0;
};

struct Candidate {
  std::string text;
  std::string sql;
  Shape shape = Shape::kOne;
  std::vector<std::size_t> tables;  // as often as each is read from
  bool layered = false;             // subquery, set operation, window or anti-join
  bool grouped = false;             // GROUP BY
  std::vector<Check> checks;
  std::int64_t least = 1;               // of a number in kOne
  std::optional<std::int64_t> most;     // of a number in kOne
  std::optional<std::int64_t> longest;  // rows of kList and kTable, if less than the usual
};

// A test of a row, as SQL and as words.
struct Condition {
  std::string sql;
  std::string subject;      // "population"
  std::string verb;         // "is", "are", "starts", "falls"
  std::string rest;         // "more than 1000"
  std::string relative;     // "whose population is …", or "with a population of …"
  std::string whose;        // always the former
  std::string have;         // "a population of more than 1000", for numbers only
  bool comparison = false;  // of numbers
  bool complete = true;     // the column has no NULL
  std::string column;       // its name
};

using Places = std::initializer_list<std::pair<std::string_view, std::string>>;

class Composer {
 public:
  Composer(const Profile& profile, Random& random) : profile_(profile), random_(random) {}

  const Profile& profile() const { return profile_; }
  const TableProfile& table(std::size_t i) const { return profile_.tables[i]; }

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_.below(bound)); }
  bool chance(std::size_t percent) { return below(100) < percent; }

  template <class T>
  const T* pick(const std::vector<T>& items) {
    return items.empty() ? nullptr : &items[below(items.size())];
  }

  // One of the phrasings, with each "{place}" filled in, the first letter a capital.
  std::string say(std::initializer_list<std::string_view> phrasings, Places places);

  // A table of at least two rows that satisfies `suits`.
  std::optional<std::size_t> some_table(const std::function<bool(const TableProfile&)>& suits =
                                            [](const TableProfile&) { return true; });
  const Link* some_link(const std::function<bool(const Link&)>& suits);
  const ColumnProfile* some_column(const TableProfile& table,
                                   const std::function<bool(const ColumnProfile&)>& suits);

  // A condition on a column of `table` other than `except`, its columns written after `prefix`.
  // Of the table that is counted or listed, equality with a value of a nearly unique column would
  // tell the answer: only conditions on linked tables may be of that kind.
  std::optional<Condition> condition(const TableProfile& table, const std::string& prefix,
                                     const std::string& except = "", bool linked = false);
  std::optional<Condition> condition_on(const ColumnProfile& column, const std::string& prefix);
  std::optional<Condition> equality(const ColumnProfile& column, const std::string& prefix);

  // A value of the column that questions can show; none if a few draws find none.
  const Value* some_value(const ColumnProfile& column);

 private:
  std::optional<Condition> amount_condition(const ColumnProfile& column, const std::string& prefix);
  std::optional<Condition> date_condition(const ColumnProfile& column, const std::string& prefix);
  std::optional<Condition> text_condition(const ColumnProfile& column, const std::string& prefix);
  std::optional<Condition> value_condition(const ColumnProfile& column, const std::string& prefix);
  std::optional<Condition> one_of(const ColumnProfile& column, const std::string& prefix);

  const Profile& profile_;
  Random& random_;
};

// Kinds of columns that families ask for.
bool is_topic(const ColumnProfile& column);     // any that may be asked about
bool is_amount(const ColumnProfile& column);    // kNumber
bool is_category(const ColumnProfile& column);  // text, codes or years to name groups by

bool is_shared(const TableProfile& table, const ColumnProfile& column);  // by rows, on average

bool has_label(const TableProfile& table);
std::string label_list(const TableProfile& table, const std::string& prefix = "");
Shape label_shape(const TableProfile& table);

// "the city "Oslo"" and the condition that finds it; none if its rows have no name of their own.
struct NamedRow {
  std::string words;
  std::string sql;
};
std::optional<NamedRow> some_row(Composer& composer, const TableProfile& table,
                                 const std::string& prefix);

// The link seen from the child: "whose stadium's capacity is 5", "whose stadium is "X"".
std::string through_parent(const Profile& profile, const Link& link, const Condition& condition);
std::string of_parent(const Profile& profile, const Link& link, const NamedRow& row);
// "the stadium of the concert", "the stadium linked to the hiring record"
std::string parent_of(const Profile& profile, const Link& link, const std::string& child);

// "FROM concert AS t1 JOIN stadium AS t2 ON …": child first.
std::string join_of(const Profile& profile, const Link& link, const std::string& child_alias,
                    const std::string& parent_alias);
std::string on_of(const Link& link, const std::string& child_alias,
                  const std::string& parent_alias);

// Whether parent `t2` has a child `t1` that meets the conditions. Without the cost of a subquery
// for each parent where the link is of one column.
std::string has_child(const Profile& profile, const Link& link, bool negated,
                      std::vector<std::string> conditions = {});

std::string table_sql(const TableProfile& table);

// The column as queries read it: without blanks at the ends of texts.
std::string column_sql(const ColumnProfile& column, const std::string& prefix = "");
std::string shown(const Value& number);           // as a person writes it: "12", "12.5"
std::string verb_of(const std::string& subject);  // "is" or "are"

// How a column's mean or total is rounded: to 2 decimals, or 4 where the values are small.
int decimals_of(const ColumnProfile& column);
std::string rounded(const std::string& expression, int decimals);
std::string rounding_words(int decimals);

// "Ignore the cities with no recorded population.", if the column has NULLs and what to add to
// WHERE; both empty if it has none.
std::string null_words(const TableProfile& table, const ColumnProfile& column);
std::vector<std::string> null_sql(const ColumnProfile& column, const std::string& prefix = "");

// `text` and further sentences, blanks between.
std::string sentences(std::initializer_list<std::string> parts);

}  // namespace sqlenv::generate
