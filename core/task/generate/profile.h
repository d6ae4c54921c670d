// Profile: what the generator knows about a database before it words a question.
//
// A column is used for a kind of question only where the contents allow one reading: see the
// comments of ColumnProfile. Everything is computed from whole columns, never from a sample, except
// `values` where `complete` is false. A plain value, made by Profiler (profiler.h); it points into
// the Schema of the image, which must outlive it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/sql/schema.h"
#include "core/sql/value.h"
#include "core/task/generate/noun.h"

namespace sqlenv::generate {

enum class Kind {
  kOther,   // not asked about: blobs, mixed types, long or messy text, secrets
  kText,    // short text
  kCode,    // whole numbers that name something: a version, a room
  kNumber,  // an amount: can be compared and averaged
  kDate     // a year, or text in one sortable date format
};

enum class DateForm { kNone, kYear, kMonth, kDay, kMoment };  // 2024, 2024-05, 2024-05-01, … 10:00

struct ColumnProfile {
  std::string name;
  Noun phrase;  // how it is called in a question; no other column of the table is called so
  Kind kind = Kind::kOther;
  bool key = false;          // part of a primary or foreign key, or named like one: never a topic
  bool flag = false;         // yes or no
  bool clean = false;        // text without empty text, stand-ins for NULL, spellings of one thing
  bool padded = false;       // text with blanks at its ends: read trimmed, see column_sql()
  bool name_like = false;    // its words call it a name or title
  bool integral = false;     // of numbers: all are whole
  bool additive = false;     // of numbers: a total makes sense
  bool averageable = false;  // of numbers: a mean makes sense
  DateForm date_form = DateForm::kNone;
  std::int64_t nulls = 0;
  std::int64_t distinct = 0;
  bool complete = false;      // `values` holds every value
  std::vector<Value> values;  // without NULL, ascending, no two equal; of padded text trimmed
};

struct TableProfile {
  const Table* table = nullptr;
  Noun noun;  // "city", "cities"
  std::int64_t rows = 0;
  std::vector<ColumnProfile> columns;

  // The columns that name a row in an answer, one or two; empty if there is none.
  std::vector<std::size_t> label;
  Noun label_phrase;           // "name", "names"
  bool label_unique = false;   // no two rows share one
  bool label_is_key = false;   // a number or code that nobody calls the row by
  bool label_is_name = false;  // "the city "Oslo"" can be said

  const ColumnProfile* find(const std::string& name) const;
};

// A foreign key whose parent columns are unique, in which every child value that has no parent is
// also no mere spelling of one. Of one column whose texts are padded, the trimmed ones are meant.
struct Link {
  std::size_t child = 0;  // positions in Profile::tables
  std::size_t parent = 0;
  std::vector<std::string> child_columns;
  std::vector<std::string> parent_columns;
  std::string role;       // the parent as the child calls it: "stadium", "source airport"; or empty
  bool plain = false;     // the parent simply "has" such children
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
