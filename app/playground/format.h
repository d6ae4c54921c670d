// Numbers and results as text for people, and results as answers. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/english.h"
#include "core/episode/episode.h"

namespace sqlenv::ui {

// "+0.02", "−0.0375", "0.00": at least two decimals, at most six, with a true minus sign.
std::string signed_amount(Micros amount);

// Decimals that signed_amount() writes, and an amount with at least so many, so that the decimal
// points of a column stand below each other.
std::size_t decimals_of(Micros amount);
std::string aligned_amount(Micros amount, std::size_t decimals);

// "1,234,567".
std::string grouped(std::size_t number);

// "1 row", "12 rows".
std::string counted(std::size_t number, std::string_view noun);

// "new_information" as "new information".
std::string spaced(std::string_view name);

// The text in one line: line breaks become "¶" and tabs blanks; cut at `max_bytes`.
std::string one_line(std::string_view text, std::size_t max_bytes = 400);

// The first letter of an action's name, "?" for an unknown one.
std::string action_letter(const Action& action);

// The outcome of a step in a few words: "23 rows", "described", "correct", or an error's code.
std::string outcome_text(const StepRecord& step);

// A result as the text of an ANSWER: a scalar, a list or rows of JSON. None if it is too large to
// be read as one.
std::optional<std::string> answer_text(const ResultTable& table);

// A row as a JSON array. Blobs, and numbers that JSON does not have, become texts.
std::string json_row(const std::vector<Value>& row);

// A result as tab-separated text with a head, for the clipboard.
std::string tab_separated(const ResultTable& table);

// The description of a table as a result: column, type, key, references.
ResultTable description_table(const Table& table);

}  // namespace sqlenv::ui
