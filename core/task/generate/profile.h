// Profile: what the generator knows about a database before it words a question.
//
// The facts of ColumnProfile decide which templates may use a column: only those whose question
// then has one reading. All are computed from the whole column; only `values` is a sample if
// `complete` is false. A plain value, made by Profiler (profiler.h); it points into the image's
// Schema, which must outlive it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/sql/schema.h"
#include "core/sql/value.h"
#include "core/task/generate/noun.h"

namespace sqlenv::generate {

enum class Kind {
  kOther,   // blobs, mixed types, long or messy text, secrets: not asked about
  kText,    // short text
  kCode,    // whole numbers that name something, such as a version or a room
  kNumber,  // amounts, which can be compared and averaged
  kDate     // years, or texts in one sortable date format
};

enum class DateForm { kNone, kYear, kMonth, kDay, kMoment };  // 2024, 2024-05, 2024-05-01, … 10:00

struct ColumnProfile {
  std::string name;
  Noun phrase;  // its name in a question, unique in the table
  Kind kind = Kind::kOther;
  bool key = false;          // part of a primary or foreign key, or named like one: not asked about
  bool flag = false;         // yes or no
  bool clean = false;        // no empty text, no stand-in for NULL, one spelling of each thing
  bool padded = false;       // text with blanks at its ends; column_sql() trims it
  bool name_like = false;    // its words call it a name or title
  bool integral = false;     // all numbers are whole
  bool additive = false;     // a total of the numbers makes sense
  bool averageable = false;  // a mean of the numbers makes sense
  DateForm date_form = DateForm::kNone;
  std::int64_t nulls = 0;
  std::int64_t distinct = 0;
  bool complete = false;      // `values` holds every value
  std::vector<Value> values;  // without NULL, ascending, different; padded text is trimmed
};

struct TableProfile {
  const Table* table = nullptr;
  Noun noun;  // "city", "cities"
  std::int64_t rows = 0;
  std::vector<ColumnProfile> columns;

  // The one or two columns that name a row in an answer; empty if no column does.
  std::vector<std::size_t> label;
  Noun label_phrase;           // "name", "names"
  bool label_unique = false;   // no two rows share one
  bool label_is_key = false;   // a number or code, not a name
  bool label_is_name = false;  // `the city "Oslo"` reads well

  // The column of this name, ignoring case; null if there is none.
  const ColumnProfile* find(std::string_view name) const {
    for (const ColumnProfile& column : columns)
      if (equal_ignoring_case(column.name, name)) return &column;
    return nullptr;
  }
};

// A foreign key to unique parent columns. No child value without a parent is another spelling of a
// parent's value. If padded texts are compared trimmed, trims_child or trims_parent says so.
struct Link {
  std::size_t child = 0;  // positions in Profile::tables
  std::size_t parent = 0;
  std::vector<std::string> child_columns;
  std::vector<std::string> parent_columns;
  std::string role;       // what the parent is to the child: "stadium", "source airport"; or empty
  std::string via;        // the child's column that questions name, where no role says which link
  bool plain = false;     // no other link joins the two tables: a parent "has" children
  bool one_one = false;   // no parent has two children
  bool optional = false;  // some child has no parent
  bool trims_child = false;
  bool trims_parent = false;
};

struct Profile {
  std::vector<TableProfile> tables;
  std::vector<Link> links;
};

}  // namespace sqlenv::generate
