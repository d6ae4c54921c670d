// DatabaseImage: a whole SQLite database in memory, as the bytes of a database file.
//
// Immutable; it may be shared by any number of threads and connections. Copies share the bytes.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/sql/schema.h"

namespace sqlenv {

class DatabaseImage {
 public:
  // A database file's contents. NOT_A_DATABASE if SQLite cannot read them (also if they are
  // encrypted or damaged), MISSING_EXTENSION if a table needs a collation that is not available:
  // check_database_file() takes such files. A file left in write-ahead mode is taken as its last
  // checkpoint.
  static Result<DatabaseImage> from_file_bytes(std::string bytes);

  // Runs a script of CREATE and INSERT statements on an empty database. The script is trusted: it
  // comes from a pack, never from an agent.
  static Result<DatabaseImage> from_sql_text(const std::string& script);

  const std::string& bytes() const { return *bytes_; }
  const Schema& schema() const { return *schema_; }

 private:
  std::shared_ptr<const std::string> bytes_;
  std::shared_ptr<const Schema> schema_;
  friend class Database;
};

}  // namespace sqlenv
