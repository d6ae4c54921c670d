// Names of tables, columns and foreign keys in questions. Pure functions over a schema.
//
// A name that does not read as an English noun is quoted beside one: `"plays_for" record`,
// `"directed_by" value`. No two tables of a database, and no two columns of a table, get the same
// name.
#pragma once

#include <string>
#include <vector>

#include "core/sql/schema.h"
#include "core/task/generate/noun.h"

namespace sqlenv::generate {

// One noun a table, in the schema's order.
std::vector<Noun> table_nouns(const Schema& schema);

// One phrase a column, without words that repeat the table's noun: the column "Country name" of
// countries is "name", and so is the column "Continent" of continents. Units and counts are said:
// "price in USD" for "price_usd", "number of bikes available" for "bikes_available".
std::vector<Noun> column_phrases(const Table& table, const Noun& noun);

// The role of the row that a foreign key refers to, such as "source airport"; empty if the column's
// name gives none, such as "created_by".
std::string role_of(const std::string& column, const std::string& parent_column, const Noun& child,
                    const Noun& parent);

bool names_a_key(const std::vector<std::string>& words);   // ends in "ID" or the like
bool names_a_code(const std::vector<std::string>& words);  // names a number that is not an amount
bool names_a_secret(const std::vector<std::string>& words);
bool names_a_flag(const std::vector<std::string>& words);
bool is_additive(const std::vector<std::string>& words);     // a total makes sense
bool is_averageable(const std::vector<std::string>& words);  // a mean makes sense
int label_score(const std::vector<std::string>& words);  // how well a column names a row, 0 to 100

}  // namespace sqlenv::generate
