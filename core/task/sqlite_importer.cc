#include "core/task/sqlite_importer.h"

#include "core/sql/database_check.h"

namespace sqlenv {
namespace {

Result<void> take_examples(std::vector<Example> examples, Import& import,
                           const ImportOptions& options) {
  ExampleImporter importer(std::move(examples));
  for (const PackDatabase& taken : import.databases) {
    Result<Database> database = Database::open(taken.image);
    if (!database) return fail(database.error());
    if (auto ok = importer.take(taken.name, *database, options.stopped); !ok) return ok;
  }
  import.questions = importer.finish();
  import.skipped.insert(import.skipped.end(), importer.skipped().begin(), importer.skipped().end());
  return {};
}

}  // namespace

Result<PackDatabase> take_sqlite(NamedBytes file, const std::string& name,
                                 std::vector<ImportRemark>& notes,
                                 const std::function<bool()>& stopped) {
  if (auto ok = check_size(file.name, std::ssize(file.bytes), kMaxDatabaseBytes); !ok)
    return fail(ok.error());
  Result<CheckedDatabase> checked = check_database_file(std::move(file.bytes), stopped);
  if (!checked) return fail(checked.error());
  for (std::string& remark : checked->remarks) notes.push_back({file.name, std::move(remark)});
  note_left_out(file.name, checked->image.schema(), notes);
  return PackDatabase{name, name, "", std::move(checked->image)};
}

Result<Import> import_sqlite(std::vector<NamedBytes> files, std::vector<Example> examples,
                             const ImportOptions& options) {
  if (files.empty()) return fail(ErrorCode::kNotFound, "there is no SQLite file to import.");
  Import import;
  import.name = options.name.empty() ? plain_name(files.front().name) : options.name;
  import.title = import.name;
  std::set<std::string> names;
  Error first;
  for (NamedBytes& file : files) {
    const std::string file_name = file.name;
    const std::string name = unused_name(plain_name(file_name), names);
    Result<PackDatabase> database =
        take_sqlite(std::move(file), name, import.notes, options.stopped);
    if (database) {
      import.databases.push_back(std::move(*database));
      continue;
    }
    if (database.error().code == ErrorCode::kTimeout) return fail(database.error());
    if (import.skipped.empty())
      first = {database.error().code, file_name + ": " + database.error().message};
    import.skipped.push_back({file_name, database.error().message});
  }
  if (import.databases.empty()) return fail(first);
  if (auto ok = take_examples(std::move(examples), import, options); !ok) return fail(ok.error());
  return import;
}

}  // namespace sqlenv
