#include "app/cli/release_importers.h"

#include <algorithm>
#include <map>

#include "app/cli/input_files.h"
#include "core/task/examples.h"
#include "core/task/sqlite_importer.h"
#include "core/wire/examples_json.h"

namespace sqlenv::cli {
namespace {

namespace fs = std::filesystem;

// A file of examples and the folder of their databases.
struct Part {
  const char* file;
  const char* split;
  const char* databases;
};

struct Source {
  fs::path folder;  // holds the databases
  std::vector<Example> examples;
};

bool is_wanted(const Wanted& wanted, const std::string& database) {
  const auto& names = wanted.databases;
  return names.empty() || std::find(names.begin(), names.end(), database) != names.end();
}

Result<ExampleList> read_part(const fs::path& release, const Part& part) {
  const fs::path file = release / part.file;
  if (const std::string why = why_unreadable(file, release); !why.empty())
    return fail(ErrorCode::kNotFound, std::string(part.file) + ": " + why + ".");
  const Result<NamedBytes> text = read_input(file, kMaxTextBytes, Interrupt::seen);
  if (!text) return fail(text.error());
  return parse_examples(text->bytes, {part.file, part.split});
}

// The wanted examples of all parts that exist.
Result<std::vector<Source>> read_parts(const fs::path& release, const std::vector<Part>& parts,
                                       const Wanted& wanted, ImportSession& session) {
  std::vector<Source> sources;
  std::error_code ignored;
  for (const Part& part : parts) {
    if (!fs::exists(fs::symlink_status(release / part.file, ignored))) continue;
    session.show(std::string("reading ") + part.file);
    Result<ExampleList> list = read_part(release, part);
    if (!list) return fail(list.error());
    session.skip(std::move(list->skipped));
    std::erase_if(list->examples, [&](const Example& e) { return !is_wanted(wanted, e.database); });
    for (Example& example : list->examples)
      if (!wanted.evidence) example.evidence.clear();
    const fs::path folder = release / part.databases;
    if (sources.empty() || sources.back().folder != folder) sources.push_back({folder, {}});
    auto& examples = sources.back().examples;
    std::move(list->examples.begin(), list->examples.end(), std::back_inserter(examples));
  }
  return sources;
}

Result<PackDatabase> read_database(const fs::path& folder, const std::string& name,
                                   std::vector<ImportRemark>& notes) {
  const fs::path file = folder / name / (name + ".sqlite");
  if (const std::string why = why_unreadable(file, folder); !why.empty())
    return fail(ErrorCode::kNotFound, why);
  Result<NamedBytes> bytes = read_database_file(file, kMaxDatabaseBytes, Interrupt::seen);
  if (!bytes) return fail(bytes.error());
  return take_sqlite(std::move(*bytes), name, notes, Interrupt::seen);
}

Result<void> take_database(const fs::path& folder, const std::string& name,
                           ExampleImporter& importer, ImportSession& session) {
  std::vector<ImportRemark> notes;
  Result<PackDatabase> database = read_database(folder, name, notes);
  if (session.has_database(name))
    database = fail(ErrorCode::kBadPack, "another database of this name was taken");
  if (!database) {
    if (database.error().code == ErrorCode::kTimeout) return fail(database.error());
    session.skip({{"database " + name, database.error().message}});
    importer.leave_out(name, "its database was left out");
    return {};
  }
  session.note(std::move(notes));
  if (auto ok = session.add_database(*database, false); !ok) return ok;
  Result<Database> opened = Database::open(database->image);
  if (!opened) return fail(opened.error());
  return importer.take(name, *opened, Interrupt::seen);
}

// In the order of the option, or else of the examples.
std::vector<std::string> order_of(const ExampleImporter& importer, const Wanted& wanted) {
  const std::vector<std::string> present = importer.databases();
  if (wanted.databases.empty()) return present;
  std::vector<std::string> names;
  for (const std::string& name : wanted.databases)
    if (std::find(present.begin(), present.end(), name) != present.end()) names.push_back(name);
  return names;
}

Result<void> take_source(Source source, const Wanted& wanted, ImportSession& session) {
  ExampleImporter importer(std::move(source.examples));
  const std::vector<std::string> names = order_of(importer, wanted);
  std::size_t number = 0;
  for (const std::string& name : names) {
    session.show("database " + std::to_string(++number) + " of " + std::to_string(names.size()) +
                 ": " + name + ", " + std::to_string(importer.examples_of(name)) + " questions");
    if (auto ok = take_database(source.folder, name, importer, session); !ok) return ok;
  }
  session.add_questions(importer.finish());
  session.skip(importer.skipped());
  return {};
}

void report_unknown(const std::vector<Source>& sources, const Wanted& wanted,
                    ImportSession& session) {
  for (const std::string& name : wanted.databases) {
    const bool known = std::any_of(sources.begin(), sources.end(), [&](const Source& source) {
      return std::any_of(source.examples.begin(), source.examples.end(),
                         [&](const Example& example) { return example.database == name; });
    });
    if (!known) session.skip({{"database " + name, "the release has no question about it"}});
  }
}

Result<void> import_release(const fs::path& release, const std::vector<Part>& parts,
                            const std::string& whose, const Wanted& wanted,
                            ImportSession& session) {
  Result<std::vector<Source>> sources = read_parts(release, parts, wanted, session);
  if (!sources) return fail(sources.error());
  if (sources->empty())
    return fail(ErrorCode::kNotFound, "the folder holds no file of examples (" +
                                          std::string(parts.front().file) + "). Is this " + whose +
                                          " release?");
  report_unknown(*sources, wanted, session);
  for (Source& source : *sources)
    if (auto ok = take_source(std::move(source), wanted, session); !ok) return ok;
  if (session.is_empty())
    return fail(ErrorCode::kNotFound,
                "none of the wanted databases could be taken. Is this " + whose + " release?");
  return {};
}

}  // namespace

const std::vector<std::string>& original_databases() {
  static const std::vector<std::string> names = {"student_assessment",
                                                 "concert_singer",
                                                 "world_1",
                                                 "car_1",
                                                 "employee_hire_evaluation",
                                                 "pets_1",
                                                 "cre_Doc_Template_Mgt",
                                                 "dog_kennels",
                                                 "flight_2",
                                                 "poker_player"};
  return names;
}

Result<void> import_spider(const fs::path& release, const Wanted& wanted, ImportSession& session) {
  return import_release(release,
                        {{"train_spider.json", "train", "database"},
                         {"train_others.json", "train", "database"},
                         {"dev.json", "eval", "database"}},
                        "Spider's", wanted, session);
}

Result<void> import_bird(const fs::path& release, const Wanted& wanted, ImportSession& session) {
  std::error_code ignored;
  const bool mini = !fs::exists(release / "dev.json", ignored) &&
                    fs::exists(release / "mini_dev_sqlite.json", ignored);
  return import_release(release,
                        {{mini ? "mini_dev_sqlite.json" : "dev.json", "eval", "dev_databases"},
                         {"train.json", "train", "train_databases"}},
                        "BIRD's", wanted, session);
}

}  // namespace sqlenv::cli
