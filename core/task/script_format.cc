#include "core/task/script_format.h"

#include <array>
#include <string_view>

namespace sqlenv {
namespace {

struct Format {
  std::size_t at;
  std::string_view mark;
  const char* name;
  const char* advice;
};

constexpr const char* kUnpack = "Unpack it and import the .sql file inside.";
constexpr const char* kPlain = "Dump the database as SQL text: pg_dump --format=plain.";
constexpr std::array<Format, 10> kFormats = {{
    {0, "PGDMP", "a PostgreSQL dump in the custom format", kPlain},
    {0, "toc.dat", "a PostgreSQL dump in the tar format",
     "Unpack it and import restore.sql together with the .dat files."},
    {257, "ustar", "a tar archive", kUnpack},
    {0, "\x1f\x8b", "a gzip archive", kUnpack},
    {0, "PK\x03\x04", "a zip archive", kUnpack},
    {0, "BZh", "a bzip2 archive", kUnpack},
    {0,
     "\xfd"
     "7zXZ",
     "an xz archive", kUnpack},
    {0, "\x28\xb5\x2f\xfd", "a zstd archive", kUnpack},
    {0, "SQLite format 3", "an SQLite database", "Import it with \"sqlenv pack import sqlite\"."},
    {0, "TAPE", "a backup of SQL Server",
     "Write a script with the data instead (Generate Scripts)."},
}};

}  // namespace

Result<void> check_script_format(const NamedBytes& file) {
  for (const Format& format : kFormats)
    if (file.bytes.compare(format.at < file.bytes.size() ? format.at : file.bytes.size(),
                           format.mark.size(), format.mark) == 0)
      return fail(ErrorCode::kNotADatabase,
                  file.name + ": this is " + format.name + ", not SQL text. " + format.advice);
  return {};
}

}  // namespace sqlenv
