// Profiler: reads a database table by table into a Profile. One thread.
#pragma once

#include "core/task/generate/meter.h"
#include "core/task/generate/profile.h"

namespace sqlenv::generate {

// Operations for one look through a whole table.
inline constexpr std::int64_t kWholeTable = 200'000'000;

class Profiler {
 public:
  // REQUIRES: `database` outlives the profiler.
  explicit Profiler(MeteredDatabase& database);

  // Reads one more table. False when all are read and the links are made.
  bool advance();

  // REQUIRES: advance() gave false.
  Profile take() { return std::move(profile_); }

 private:
  void read_table(TableProfile& table);

  MeteredDatabase& database_;
  std::int64_t reserve_;  // of the work, kept for the questions
  std::size_t next_ = 0;
  Profile profile_;
};

// Fills in everything of `column` but its name, phrase and key, from the contents.
// `rows_source` is the table's name as SQL; `unique` says that no two rows share a value, which is
// not looked up then.
void profile_column(MeteredDatabase& database, const std::string& rows_source, std::int64_t rows,
                    bool unique, const std::vector<std::string>& words, ColumnProfile& column);

// Chooses the label of a table whose columns are profiled.
void choose_label(MeteredDatabase& database, TableProfile& table);

// The links that the schema declares or, if it declares none at all, that its names show:
// a column with the name of another table's only key column, or with that table's name before
// "_id" where the key is "id", and whose every value is found there. Where some are declared, a
// column called like a table that none refers to is one too, if every value is found. Such columns
// become keys.
std::vector<Link> find_links(MeteredDatabase& database, Profile& profile);

}  // namespace sqlenv::generate
