#include "core/task/pack.h"

#include <set>

#include "core/base/sha256.h"

namespace sqlenv {
namespace {

bool is_sql_text(const std::string& file) {
  constexpr std::string_view kSuffix = ".sql";
  return file.size() >= kSuffix.size() &&
         file.compare(file.size() - kSuffix.size(), kSuffix.size(), kSuffix) == 0;
}

// The length comes first, so that different lists of parts give different bytes.
void feed(Sha256& hash, std::string_view part) {
  hash.update(std::to_string(part.size()) + ":");
  hash.update(part);
}

Result<PackDatabase> load_database(const PackManifest::DatabaseFile& entry, const PackFiles& files,
                                   Sha256& hash) {
  Result<std::string> contents = files.read(entry.file);
  if (!contents) return fail(contents.error());
  feed(hash, entry.name);
  feed(hash, *contents);
  Result<DatabaseImage> image = is_sql_text(entry.file)
                                    ? DatabaseImage::from_sql_text(*contents)
                                    : DatabaseImage::from_file_bytes(std::move(*contents));
  if (!image)
    return fail(ErrorCode::kBadPack, "database " + entry.name + ": " + image.error().message);
  return PackDatabase{entry.name, entry.title, entry.description, std::move(*image)};
}

Result<void> check_question(const Pack& pack, const Question& question,
                            std::set<std::string>& ids) {
  if (question.id.empty() || question.text.empty() || question.gold_sql.empty())
    return fail(ErrorCode::kBadPack, "question " + question.id + " has an empty field.");
  if (!ids.insert(question.id).second)
    return fail(ErrorCode::kBadPack, "two questions have the id " + question.id + ".");
  if (pack.find_database(question.database) == nullptr)
    return fail(ErrorCode::kBadPack, "question " + question.id + " asks about " +
                                         question.database + ", which the pack does not hold.");
  return {};
}

Error named_twice(const std::string& database) {
  return {ErrorCode::kBadPack, "the pack names the database " + database + " twice."};
}

// Checks the questions and adds them to the digest, after the databases.
Result<Pack> seal(Pack pack, PackUse use, Sha256& hash) {
  std::set<std::string> ids;
  for (const Question& question : pack.questions) {
    if (const Result<void> checked = check_question(pack, question, ids); !checked)
      return fail(checked.error());
    for (const std::string* part : {&question.id, &question.text, &question.database,
                                    &question.gold_sql, &question.split, &question.difficulty})
      feed(hash, *part);
  }
  if (pack.questions.empty() && use == PackUse::kPlay)
    return fail(ErrorCode::kBadPack, "the pack holds no questions.");
  pack.digest = "sha256:" + hash.hex();
  return pack;
}

}  // namespace

const PackDatabase* Pack::find_database(std::string_view wanted) const {
  for (const PackDatabase& database : databases)
    if (database.name == wanted) return &database;
  return nullptr;
}

const Question* Pack::find_question(std::string_view id) const {
  for (const Question& question : questions)
    if (question.id == id) return &question;
  return nullptr;
}

Result<Pack> seal_pack(Pack pack, PackUse use) {
  Sha256 hash;
  feed(hash, pack.name);
  std::set<std::string> names;
  for (const PackDatabase& database : pack.databases) {
    if (!names.insert(database.name).second) return fail(named_twice(database.name));
    feed(hash, database.name);
    feed(hash, database.image.bytes());
  }
  return seal(std::move(pack), use, hash);
}

Result<Pack> assemble_pack(const PackManifest& manifest, std::vector<Question> questions,
                           const PackFiles& files, PackUse use) {
  Pack pack;
  pack.name = manifest.name;
  pack.title = manifest.title;
  pack.license = manifest.license;
  Sha256 hash;
  feed(hash, pack.name);
  for (const PackManifest::DatabaseFile& entry : manifest.databases) {
    if (pack.find_database(entry.name) != nullptr) return fail(named_twice(entry.name));
    Result<PackDatabase> database = load_database(entry, files, hash);
    if (!database) return fail(database.error());
    pack.databases.push_back(std::move(*database));
  }
  pack.questions = std::move(questions);
  return seal(std::move(pack), use, hash);
}

}  // namespace sqlenv
