// Pack: a set of databases and the questions about them. Immutable and shared between threads.
//
// A PackManifest holds the contents of pack.json (read by wire/pack_json.h). assemble_pack() loads
// its databases, checks that the parts fit together and computes the digest: SHA-256 over the
// pack's name, each database's source bytes and each question, so that two packs with one digest
// give the same episodes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/sql/database.h"
#include "core/task/pack_files.h"
#include "core/task/question.h"

namespace sqlenv {

struct PackManifest {
  struct DatabaseFile {
    std::string name;
    std::string file;  // "….sql" is text to run, anything else a SQLite database file
    std::string title;
    std::string description;
  };

  std::string name;
  std::string title;
  std::string license;
  std::vector<DatabaseFile> databases;
  std::vector<std::string> question_files;
};

struct PackDatabase {
  std::string name;
  std::string title;
  std::string description;
  DatabaseImage image;
};

struct Pack {
  std::string name;
  std::string title;
  std::string license;
  std::string digest;
  std::vector<PackDatabase> databases;
  std::vector<Question> questions;

  const PackDatabase* find_database(std::string_view name) const;
  const Question* find_question(std::string_view id) const;
};

// The purpose of loading: a pack to play needs questions, a pack to inspect or pass on does not.
enum class PackUse { kPlay, kInspect };

// assemble_pack() reads the databases from files. seal_pack() takes a pack whose databases are
// loaded, checks it and sets its digest, as if each image had been a file. Both fail with BAD_PACK,
// and a message that names the fault: a database that is named twice or cannot be loaded, a
// question without a database, an id that occurs twice, no question at all.
Result<Pack> assemble_pack(const PackManifest& manifest, std::vector<Question> questions,
                           const PackFiles& files, PackUse use = PackUse::kPlay);
Result<Pack> seal_pack(Pack pack, PackUse use = PackUse::kPlay);

}  // namespace sqlenv
