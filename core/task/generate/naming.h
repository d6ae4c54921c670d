// How tables, columns and foreign keys are called in questions. Pure functions over a schema.
//
// A name that does not read as English is shown as it is, in quotes, after a noun: `record of
// "T1"`,
// `"x2" value`. No two tables of a database, and no two columns of a table, are called alike.
#pragma once

#include <string>
#include <vector>

#include "core/sql/schema.h"
#include "core/task/generate/noun.h"

namespace sqlenv::generate {

// One noun a table, in the schema's order.
std::vector<Noun> table_nouns(const Schema& schema);

// One phrase a column. Words that repeat the table's noun are left out: "Country name" of countries
// is their name, and the column Continent of continents is their name too.
std::vector<Noun> column_phrases(const Table& table, const Noun& noun);

// What a foreign key's column calls the row it points at; empty if it says nothing of its own.
std::string role_of(const std::string& column, const std::string& parent_column, const Noun& child,
                    const Noun& parent);

bool names_a_key(const std::vector<std::string>& words);   // … ends in "ID" or the like
bool names_a_code(const std::vector<std::string>& words);  // a number that is no amount
bool names_a_secret(const std::vector<std::string>& words);
bool names_a_flag(const std::vector<std::string>& words);
bool is_additive(const std::vector<std::string>& words);     // a total makes sense
bool is_averageable(const std::vector<std::string>& words);  // a mean makes sense
int label_score(const std::vector<std::string>& words);      // how well it names a row, 0 to 100

}  // namespace sqlenv::generate
