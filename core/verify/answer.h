// The one reader of answers.
//
// An agent answers in text, which can often be read in more than one way: `Answer: yes` may be a
// label and a value, or a value that begins so; a first line may be a value or a column's name.
// AnswerReader gives each fair reading of a text as rows of cells, and an answer is right if one of
// them is. It knows the gold's height and the names of its columns and none of its values.
//
// It reads a bare value; JSON or Python literals (scalars, lists, lists of lists or tuples, objects
// with a member for each column); rows on lines of their own, with cells between '|', tabs or
// commas; tables as sqlite3, psql, mysql and Markdown print them, with their header, rules and the
// line that counts rows. Layers around it (core/base/wrapping.h), quotes and the escapes \| and \n
// are taken off, but not in the first readings. Only literals of JSON and Python fix a cell's type:
// a bare 42 may be a number or a text, and the comparison decides by the gold cell.
//
// A first line is a header, and no row, if a rule or a frame sets it off, if a line such as
// "(2 rows)" counts one row less than there are lines, or if it holds the names of the gold's
// columns. In the last case, and above a rule of Markdown, both readings are fair. A count that
// contradicts the lines is a line like any other. Any bytes may be given; a reading's work is
// linear in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sql/value.h"

namespace sqlenv {

struct AnswerCell {
  std::string text;
  std::optional<Value> literal;  // set when the notation fixed the type
};

using AnswerRow = std::vector<AnswerCell>;
using AnswerRows = std::vector<AnswerRow>;

struct AnswerReading {
  AnswerRows rows;
  // Whether the answer named the gold's columns. The cells then stand in the gold's order.
  bool named = false;
};

struct Literal;

class AnswerReader {
 public:
  // `text` and `columns`, the names of the gold's columns, must outlive it.
  AnswerReader(std::string_view text, std::size_t gold_rows,
               const std::vector<std::string>& columns);
  AnswerReader(const AnswerReader&) = delete;
  AnswerReader& operator=(const AnswerReader&) = delete;
  ~AnswerReader();

  // The next reading, from the most literal to the most usual one; none at the end.
  std::optional<AnswerReading> next();

  // Whether the text begins a list and breaks off, such as "[1, 2", or its rows differ in kind.
  bool broken() const { return broken_; }

 private:
  struct Plan;

  void plan_layer(std::string_view text);
  void plan_lines(std::string_view text, std::string_view body);
  void plan_table(std::string_view text, std::string_view body, char separator);
  std::optional<AnswerReading> read(const Plan& plan);
  AnswerReading settle(AnswerRows rows);
  AnswerReading both(AnswerRows rows, AnswerReading below_header);
  AnswerReading named_by(const AnswerRow& header, AnswerRows rows) const;
  std::optional<std::vector<std::size_t>> order_of(const AnswerRow& header) const;

  std::size_t rows_;
  const std::vector<std::string>& columns_;
  bool unique_ = true;  // no two columns have one name
  std::vector<Plan> plans_;
  std::size_t at_ = 0;
  std::vector<Literal> lists_;
  std::optional<AnswerReading> second_;  // of the plan before at_
  bool broken_ = false;
};

// The text, and what is left of it after each layer is taken off: at most six, each trimmed.
std::vector<std::string_view> answer_layers(std::string_view text);

// None if lists and values are mixed, or objects differ in their keys. A flat list is one row if
// the gold is one row of several columns, else one cell for each row.
std::optional<AnswerRows> rows_of_list(const Literal& list, std::size_t gold_rows,
                                       std::size_t columns);

}  // namespace sqlenv
