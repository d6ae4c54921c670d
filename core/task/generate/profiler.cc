#include "core/task/generate/profiler.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/task/generate/links.h"
#include "core/task/generate/naming.h"
#include "core/task/generate/profile_column.h"

namespace sqlenv::generate {
namespace {

// About what SQLite takes for each row of a column that is looked through.
constexpr std::int64_t kOperationsPerRow = 60;

std::int64_t count_rows(MeteredDatabase& database, const Table& table) {
  if (table.row_count) return *table.row_count;
  const auto counted = database.query("SELECT count(*) FROM " + sql_name(table.name), kWholeTable);
  if (!counted || counted->rows.empty()) return 0;
  const auto* rows = std::get_if<std::int64_t>(&counted->rows.front().front());
  return rows == nullptr ? 0 : *rows;
}

bool is_key(const Table& table, const Column& column) {
  if (column.primary_key > 0 || names_a_key(split_name(column.name))) return true;
  for (const ForeignKey& key : table.foreign_keys)
    for (const std::string& own : key.columns)
      if (equal_ignoring_case(own, column.name)) return true;
  return false;
}

bool is_only_key(const Table& table, const Column& column) {
  const auto in_key = [](const Column& other) { return other.primary_key > 0; };
  return in_key(column) && std::count_if(table.columns.begin(), table.columns.end(), in_key) == 1;
}

int label_score_of(const ColumnProfile& column) {
  if (column.kind != Kind::kText || !column.clean || column.flag || column.nulls > 0) return 0;
  const bool raw = column.phrase.one.front() == '"';
  const int words = label_score(split_name(column.phrase.one));
  return raw ? std::min(words, 10) : words;
}

std::optional<std::size_t> find_phrase(const TableProfile& table, std::string_view phrase) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const ColumnProfile& column = table.columns[i];
    if (column.phrase.one == phrase && column.kind == Kind::kText && column.nulls == 0) return i;
  }
  return std::nullopt;
}

bool choose_full_name(MeteredDatabase& database, TableProfile& table) {
  const auto first = find_phrase(table, "first name");
  const auto last = find_phrase(table, "last name");
  if (!first || !last) return false;
  const std::string a = sql_name(table.columns[*first].name);
  const std::string b = sql_name(table.columns[*last].name);
  const auto names = database.query("SELECT count(*) FROM (SELECT DISTINCT " + a + ", " + b +
                                        " FROM " + sql_name(table.table->name) + ")",
                                    kWholeTable);
  if (!names || names->rows.empty()) return false;
  table.label = {*first, *last};
  table.label_phrase = {"first and last name", "first and last names"};
  table.label_unique = names->rows.front().front() == Value(table.rows);
  table.label_is_name = true;
  return true;
}

// Labels rows that have no other name by their only key column.
void choose_key(TableProfile& table) {
  std::vector<std::size_t> keys;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.table->columns[i].primary_key > 0) keys.push_back(i);
  if (keys.size() != 1) return;
  const ColumnProfile& key = table.columns[keys.front()];
  if (key.nulls > 0 || key.distinct != table.rows || !key.clean) return;
  for (const ForeignKey& foreign : table.table->foreign_keys)
    if (std::find(foreign.columns.begin(), foreign.columns.end(), key.name) !=
        foreign.columns.end())
      return;
  table.label = keys;
  table.label_phrase = key.phrase;
  table.label_unique = true;
  table.label_is_key = true;
}

// Chooses the label of a table whose columns are profiled.
void choose_label(MeteredDatabase& database, TableProfile& table) {
  int best = 0;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const ColumnProfile& column = table.columns[i];
    int score = label_score_of(column);
    const bool unique = column.distinct == table.rows;
    // Rows may share a name, which is then checked in each result, but no other label.
    if (!unique) score = score >= 80 && column.distinct * 10 > table.rows * 7 ? score - 40 : 0;
    if (score <= best) continue;
    best = score;
    table.label = {i};
    table.label_phrase = column.phrase;
    table.label_unique = unique;
    table.label_is_name = label_score(split_name(column.phrase.one)) >= 94;
  }
  if (best < 60 && choose_full_name(database, table)) return;
  if (table.label.empty()) choose_key(table);
}

}  // namespace

Profiler::Profiler(MeteredDatabase& database) : database_(database), reserve_(database.left() / 2) {
  const std::vector<Noun> nouns = table_nouns(database.schema());
  for (std::size_t i = 0; i < nouns.size(); ++i) {
    TableProfile table;
    table.table = &database.schema().tables[i];
    table.noun = nouns[i];
    profile_.tables.push_back(std::move(table));
  }
}

bool Profiler::advance() {
  if (next_ < profile_.tables.size()) {
    read_table(profile_.tables[next_++]);
    return true;
  }
  profile_.links = find_links(database_, profile_);
  return false;
}

void Profiler::read_table(TableProfile& table) {
  table.rows = count_rows(database_, *table.table);
  const std::vector<Noun> phrases = column_phrases(*table.table, table.noun);
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    const Column& declared = table.table->columns[i];
    ColumnProfile column;
    column.name = declared.name;
    column.phrase = phrases[i];
    column.key = is_key(*table.table, declared);
    const bool affordable = database_.left() - table.rows * kOperationsPerRow > reserve_;
    if (table.rows > 0 && affordable)
      profile_column(database_, sql_name(table.table->name), table.rows,
                     is_only_key(*table.table, declared), split_name(declared.name), column);
    // A code that is different in every row identifies the row.
    if (column.kind == Kind::kCode && column.distinct == table.rows) column.key = true;
    table.columns.push_back(std::move(column));
  }
  if (table.rows > 0) choose_label(database_, table);
}

}  // namespace sqlenv::generate
