#include "app/cli/file_importers.h"

#include <filesystem>
#include <optional>

#include "app/cli/input_files.h"
#include "core/base/text.h"
#include "core/task/examples.h"
#include "core/task/sql_importer.h"
#include "core/task/sqlite_importer.h"
#include "core/wire/examples_json.h"

namespace sqlenv::cli {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kCsvEndings = {".csv", ".tsv", ".txt"};
const std::vector<std::string> kSqlEndings = {".sql"};
const std::vector<std::string> kSqliteEndings = {".sqlite", ".sqlite3", ".db", ".db3"};

// The file of questions that the options name, or the one in the only folder that they name.
std::optional<fs::path> find_questions(const FileInputs& inputs) {
  if (!inputs.questions_file.empty()) return fs::path(inputs.questions_file);
  std::error_code ignored;
  if (inputs.paths.size() != 1 || !fs::is_directory(inputs.paths.front(), ignored))
    return std::nullopt;
  for (const char* name : {"questions.json", "questions.jsonl"}) {
    const fs::path file = fs::path(inputs.paths.front()) / name;
    if (fs::exists(file, ignored)) return file;
  }
  return std::nullopt;
}

Result<std::vector<Example>> read_questions(const FileInputs& inputs, ImportSession& session,
                                            const std::string& only_database) {
  const std::optional<fs::path> file = find_questions(inputs);
  if (!file) return std::vector<Example>();
  const fs::path around = inputs.questions_file.empty() ? file->parent_path() : fs::path();
  if (const std::string why = why_unreadable(*file, around); !why.empty())
    return fail(ErrorCode::kNotFound, file->filename().string() + ": " + why + ".");
  const Result<NamedBytes> text = read_input(*file, kMaxTextBytes, Interrupt::seen);
  if (!text) return fail(text.error());
  Result<ExampleList> list = parse_examples(text->bytes, {text->name, "eval"}, only_database);
  if (!list) return fail(list.error());
  session.skip(std::move(list->skipped));
  return std::move(list->examples);
}

Result<void> take_file(const fs::path& file, const std::string& name, ExampleImporter& importer,
                       ImportSession& session) {
  std::vector<ImportRemark> notes;
  Result<NamedBytes> bytes = read_database_file(file, kMaxDatabaseBytes, Interrupt::seen);
  if (!bytes) return fail(bytes.error());
  const Result<PackDatabase> database =
      take_sqlite(std::move(*bytes), name, notes, Interrupt::seen);
  if (!database) return fail(database.error());
  session.note(std::move(notes));
  const bool has_questions = importer.examples_of(name) > 0;
  if (auto ok = session.add_database(*database, !has_questions); !ok) return ok;
  if (!has_questions) return {};
  Result<Database> opened = Database::open(database->image);
  if (!opened) return fail(opened.error());
  return importer.take(name, *opened, Interrupt::seen);
}

// Reads the texts of the files. Fails before it reads any if they are too large together.
Result<std::vector<NamedBytes>> read_texts(const FileInputs& inputs,
                                           const std::vector<std::string>& endings,
                                           ImportSession& session) {
  std::vector<ImportRemark> skipped;
  const Result<std::vector<fs::path>> files = list_inputs(inputs.paths, endings, skipped);
  if (!files) return fail(files.error());
  session.skip(std::move(skipped));
  std::vector<NamedBytes> texts;
  std::int64_t left = kMaxTextBytes;
  for (const fs::path& file : *files) {
    session.show("reading " + file.filename().string());
    Result<NamedBytes> text = read_input(file, kMaxTextBytes, Interrupt::seen);
    if (!text) return fail(text.error());
    left -= std::ssize(text->bytes);
    if (left < 0)
      return fail(check_size("all files together", kMaxTextBytes - left, kMaxTextBytes).error());
    texts.push_back(std::move(*text));
  }
  return texts;
}

Result<void> take(Result<Import> import, ImportSession& session) {
  if (!import) return fail(import.error());
  session.skip(std::move(import->skipped));
  session.note(std::move(import->notes));
  session.add_tables(std::move(import->tables));
  for (const PackDatabase& database : import->databases)
    if (auto ok = session.add_database(database, true); !ok) return ok;
  return {};
}

ImportOptions options_of(const ImportSession& session) {
  return {session.report().pack, Interrupt::seen};
}

}  // namespace

Result<void> import_csv_files(const FileInputs& inputs, ImportSession& session) {
  Result<std::vector<NamedBytes>> texts = read_texts(inputs, kCsvEndings, session);
  if (!texts) return fail(texts.error());
  session.show("reading the tables");
  CsvOptions csv = inputs.csv;
  csv.database = inputs.database;
  return take(import_csv(std::move(*texts), options_of(session), csv), session);
}

Result<void> import_sql_files(const FileInputs& inputs, ImportSession& session) {
  Result<std::vector<NamedBytes>> texts = read_texts(inputs, kSqlEndings, session);
  if (!texts) return fail(texts.error());
  session.show("running the script");
  return take(import_sql(std::move(*texts), options_of(session), inputs.database), session);
}

Result<void> import_sqlite_files(const FileInputs& inputs, ImportSession& session) {
  std::vector<ImportRemark> skipped;
  const Result<std::vector<fs::path>> files = list_inputs(inputs.paths, kSqliteEndings, skipped);
  if (!files) return fail(files.error());
  session.skip(std::move(skipped));
  const std::string only = files->size() == 1 ? plain_name(files->front().string()) : "";
  Result<std::vector<Example>> examples = read_questions(inputs, session, only);
  if (!examples) return fail(examples.error());
  ExampleImporter importer(std::move(*examples));
  std::set<std::string> names;
  Error first{ErrorCode::kNotFound, "there is no SQLite file (.sqlite, .sqlite3, .db, .db3) here."};
  for (const fs::path& file : *files) {
    const std::string name = unused_name(plain_name(file.string()), names);
    session.show("database " + std::to_string(names.size()) + " of " +
                 std::to_string(files->size()) + ": " + name);
    const Result<void> taken = take_file(file, name, importer, session);
    if (taken) continue;
    if (taken.error().code == ErrorCode::kTimeout) return taken;
    const std::string shown = valid_utf8(file.filename().string());
    if (session.report().skipped.empty())
      first = {taken.error().code, shown + ": " + taken.error().message};
    session.skip({{shown, taken.error().message}});
  }
  session.add_questions(importer.finish());
  session.skip(importer.skipped());
  if (session.is_empty()) return fail(first);
  return {};
}

}  // namespace sqlenv::cli
