// Packs from a person's own files: SQLite databases, CSV files, SQL scripts.
#pragma once

#include <string>
#include <vector>

#include "app/cli/import_session.h"
#include "core/task/csv_importer.h"

namespace sqlenv::cli {

struct FileInputs {
  std::vector<std::string> paths;  // files, or folders of them
  std::string questions_file;      // about SQLite files; empty: questions.json(l) beside them
  std::string database;            // name of the database that CSV files or scripts make
  CsvOptions csv;
};

// Makes a database of each SQLite file, named after it. Questions come from the file of questions;
// databases that it does not ask about get generated ones.
Result<void> import_sqlite_files(const FileInputs& inputs, ImportSession& session);

// Makes one database of all CSV files (.csv, .tsv, .txt), a table each, or by running all scripts
// (.sql). Its questions are generated.
Result<void> import_csv_files(const FileInputs& inputs, ImportSession& session);
Result<void> import_sql_files(const FileInputs& inputs, ImportSession& session);

}  // namespace sqlenv::cli
