// DraftWriter: draws tables, columns, conditions and phrasings for a question by the seed.
//
// One thread. It refers to the Profile and the Random that it is given.
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

// A condition on a row, as SQL and in words.
struct Condition {
  std::string sql;
  std::string subject;      // "population"
  std::string verb;         // "is", "are", "starts", "falls"
  std::string rest;         // "more than 1000"
  std::string whose;        // "whose population is more than 1000"
  std::string relative;     // the same, or "with a population of more than 1000"
  std::string have;         // "a population of more than 1000", for numbers only
  bool comparison = false;  // compares numbers
  bool complete = true;     // the column has no NULL
  std::string column;       // the column's name
};

// What say() fills in: names of places with their words.
using Places = std::initializer_list<std::pair<std::string_view, std::string>>;

class DraftWriter {
 public:
  DraftWriter(const Profile& profile, Random& random) : profile_(profile), random_(random) {}

  const Profile& profile() const { return profile_; }
  const TableProfile& table(std::size_t i) const { return profile_.tables[i]; }

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_.below(bound)); }
  bool chance(std::size_t percent) { return below(100) < percent; }

  template <class T>
  const T* pick(const std::vector<T>& items) {
    return items.empty() ? nullptr : &items[below(items.size())];
  }

  // One of the phrasings, drawn, with each "{place}" filled in and a capital at its start.
  std::string say(std::initializer_list<std::string_view> phrasings, Places places);

  // Draws among the tables of at least two rows that satisfy `suits`.
  std::optional<std::size_t> some_table(const std::function<bool(const TableProfile&)>& suits =
                                            [](const TableProfile&) { return true; });
  const Link* some_link(const std::function<bool(const Link&)>& suits);
  const ColumnProfile* some_column(const TableProfile& table,
                                   const std::function<bool(const ColumnProfile&)>& suits);

  // Draws a condition on a column of `table` other than `except`; `prefix` goes before the column
  // in SQL. Equality with a value of a nearly unique column is drawn only if `linked`: on the table
  // that is counted or listed itself it would give the answer away.
  std::optional<Condition> condition(const TableProfile& table, const std::string& prefix,
                                     const std::string& except = "", bool linked = false);
  std::optional<Condition> condition_on(const ColumnProfile& column, const std::string& prefix);
  std::optional<Condition> equality(const ColumnProfile& column, const std::string& prefix);

  // Draws a value short enough for a question; null if a few draws find none.
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

}  // namespace sqlenv::generate
