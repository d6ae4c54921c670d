#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>

#include "app/cli/file_importers.h"
#include "app/cli/import_session.h"
#include "app/cli/interrupt.h"
#include "app/cli/pack_commands.h"
#include "app/cli/pack_copy.h"
#include "app/cli/release_importers.h"
#include "app/packs.h"
#include "core/base/text.h"
#include "core/task/folder_files.h"
#include "core/wire/import_json.h"
#include "core/wire/pack_json.h"

namespace sqlenv::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShownRemarks = 20;

struct Options {
  FileInputs inputs;
  ImportSession::Options session;
  Wanted wanted;
  bool all = false;
  bool no_evidence = false;
  bool json = false;
};

// The differences between the kinds of imports.
struct Kind {
  const char* name;
  const char* title;
  const char* license;
  std::function<Result<void>(const Options&, ImportSession&)> run;
};

void print_remarks(const std::string& word, const std::vector<ImportRemark>& remarks) {
  std::size_t left = kShownRemarks;
  for (const ImportRemark& remark : remarks) {
    if (left-- == 0) break;
    std::cerr << word << " " << remark.what << ": " << remark.why << "\n";
  }
  if (remarks.size() > kShownRemarks)
    std::cerr << word << " " << remarks.size() - kShownRemarks << " more; --json lists them all\n";
}

void print_table(const ImportedTable& table) {
  std::cout << "table " << table.table << " from " << table.file << ": " << table.rows << " rows, "
            << table.encoding << ", " << table.delimiter
            << (table.header ? ", first row names the columns\n" : ", no row of names\n");
  for (const ImportedTable::Column& column : table.columns)
    std::cout << "  " << column.name << " " << column.type
              << (column.why.empty() ? "" : " (" + column.why + ")") << "\n";
}

void print_report(const ImportReport& report) {
  print_remarks("skipped", report.skipped);
  print_remarks("note:", report.notes);
  for (const ImportedTable& table : report.tables) print_table(table);
  std::cout << "pack " << report.pack << ": " << report.databases.size() << " databases, "
            << report.train + report.eval << " questions, " << report.skipped.size()
            << " skipped\n";
  if (report.generated > 0)
    std::cout << report.generated << " of the questions were made from the data\n";
  std::cout << "digest " << report.digest << "\n"
            << "written to " << report.folder << "\n";
  if (report.train + report.eval > 0)
    std::cout << "play it: sqlenv run --pack " << report.folder << "\n";
  else std::cout << "it has no questions yet: sqlenv pack generate " << report.folder << "\n";
}

int print_result(const ImportReport& report, bool json) {
  if (json) std::cout << import_report_json(report);
  else print_report(report);
  return std::cout.flush() ? 0 : complain_pack("standard output cannot be written.");
}

int fail_import(const Error& error, const std::vector<ImportRemark>& skipped, bool json) {
  const bool stopped = error.code == ErrorCode::kTimeout && Interrupt::seen();
  const Error shown = stopped ? Error{error.code, "interrupted; nothing was written."} : error;
  if (json) std::cout << import_error_json(shown, skipped);
  else print_remarks("skipped", skipped);
  return complain_pack(shown.to_string());
}

int import(const Kind& kind, Options options) {
  const Interrupt interrupt;
  if (options.session.name.empty()) {
    const fs::path first = fs::path(options.inputs.paths.front()).lexically_normal();
    const fs::path named = first.has_filename() ? first : first.parent_path();
    options.session.name = *kind.name != '\0' ? kind.name : plain_name(named.string());
  }
  const std::string title = *kind.title != '\0' ? kind.title : options.session.name;
  Result<ImportSession> session = ImportSession::begin(options.session, title, kind.license);
  if (!session) return fail_import(session.error(), {}, options.json);
  Result<void> done = kind.run(options, *session);
  if (done) done = session->finish();
  if (!done) return fail_import(done.error(), session->report().skipped, options.json);
  return print_result(session->report(), options.json);
}

std::shared_ptr<Options> add_kind(CLI::App& command, const Kind& kind, Runner& chosen) {
  auto options = std::make_shared<Options>();
  command.add_option("--output", options->session.output,
                     "Folder of the new pack (default: under its name, where packs are kept)");
  command.add_option("--name", options->session.name, "Name of the pack");
  command.add_flag("--json", options->json, "Report as JSON");
  command.callback(
      [options, kind, &chosen] { chosen = [options, kind] { return import(kind, *options); }; });
  return options;
}

std::shared_ptr<Options> add_release(CLI::App& command, const Kind& kind, const char* layout,
                                     Runner& chosen) {
  auto options = add_kind(command, kind, chosen);
  command.add_option("folder", options->inputs.paths, layout)
      ->required()
      ->expected(1)
      ->check(CLI::ExistingDirectory);
  command.add_option("--database", options->wanted.databases, "Only this one; may be repeated")
      ->allow_extra_args(false);
  return options;
}

std::shared_ptr<Options> add_files(CLI::App& command, const Kind& kind, const char* what,
                                   Runner& chosen) {
  auto options = add_kind(command, kind, chosen);
  command.add_option("paths", options->inputs.paths, what)->required()->check(CLI::ExistingPath);
  command
      .add_option("--questions", options->session.questions,
                  "How many to make for a database without any (default 100; 0: none)")
      ->check(CLI::Range(0, 100'000));
  return options;
}

void add_spider(CLI::App& importer, Runner& chosen) {
  CLI::App* command = importer.add_subcommand("spider", "From the folder of Spider's release");
  const Kind kind{"spider", "Spider 1.0", "CC BY-SA 4.0 (Yu et al., EMNLP 2018)",
                  [](const Options& options, ImportSession& session) {
                    Wanted wanted = options.wanted;
                    if (wanted.databases.empty() && !options.all)
                      wanted.databases = original_databases();
                    return import_spider(options.inputs.paths.front(), wanted, session);
                  }};
  auto options =
      add_release(*command, kind, "The release: dev.json, train_spider.json, database/", chosen);
  command->add_flag("--all", options->all,
                    "All databases (default: the ten that the original SQLEnv plays on)");
}

void add_bird(CLI::App& importer, Runner& chosen) {
  CLI::App* command = importer.add_subcommand("bird", "From the folder of BIRD's release");
  const Kind kind{"bird", "BIRD", "CC BY-SA 4.0 (Li et al., NeurIPS 2023)",
                  [](const Options& options, ImportSession& session) {
                    Wanted wanted = options.wanted;
                    wanted.evidence = !options.no_evidence;
                    return import_bird(options.inputs.paths.front(), wanted, session);
                  }};
  auto options =
      add_release(*command, kind,
                  "The release: dev.json, dev_databases/, or train.json, train_databases/", chosen);
  command->add_flag("--no-evidence", options->no_evidence, "Leave the evidence out of questions");
}

void add_sqlite(CLI::App& importer, Runner& chosen) {
  CLI::App* command = importer.add_subcommand("sqlite", "From SQLite database files");
  const Kind kind{"", "", "", [](const Options& options, ImportSession& session) {
                    return import_sqlite_files(options.inputs, session);
                  }};
  auto options = add_files(*command, kind, "Database files, or folders of them", chosen);
  command
      ->add_option("--questions-file", options->inputs.questions_file,
                   "Questions about them (default: questions.json in the folder)")
      ->check(CLI::ExistingFile);
}

void add_database_name(CLI::App& command, Options& options) {
  command
      .add_option_function<std::string>(
          "--database", [&options](const std::string& name) { options.inputs.database = name; },
          "Name of the database (default: the pack's)")
      ->check([](const std::string& name) {
        return is_plain_name(name) ? std::string() : "this cannot be the name of a database";
      });
}

void add_csv(CLI::App& importer, Runner& chosen) {
  CLI::App* command = importer.add_subcommand("csv", "From CSV files: a table each");
  const Kind kind{"", "", "", [](const Options& options, ImportSession& session) {
                    return import_csv_files(options.inputs, session);
                  }};
  auto options = add_files(*command, kind, "CSV files, or folders of them", chosen);
  add_database_name(*command, *options);
  command
      ->add_option_function<std::string>(
          "--delimiter",
          [options](const std::string& text) {
            options->inputs.csv.delimiter = text == "tab" || text == "\\t" ? '\t' : text.front();
          },
          "What stands between cells: one character, or tab (default: found out)")
      ->check([](const std::string& text) {
        const bool one = text.size() == 1 && text != "\"" && text != "\n";
        return one || text == "tab" || text == "\\t" ? std::string() : "one character, or tab";
      });
  command
      ->add_option_function<std::string>(
          "--header",
          [options](const std::string& word) {
            if (word != "auto") options->inputs.csv.header = word == "yes";
          },
          "Does the first row name the columns: yes, no or auto (default)")
      ->check(CLI::IsMember({"yes", "no", "auto"}));
}

void add_sql(CLI::App& importer, Runner& chosen) {
  CLI::App* command = importer.add_subcommand("sql", "From SQL scripts, such as a dump");
  const Kind kind{"", "", "", [](const Options& options, ImportSession& session) {
                    return import_sql_files(options.inputs, session);
                  }};
  auto options = add_files(*command, kind, "Scripts, or folders of them, run in order", chosen);
  add_database_name(*command, *options);
}

// Installs an exported pack as it is, under its own name.
Result<void> take_exported(const Options& options, ImportReport& report) {
  const std::string& path = options.inputs.paths.front();
  const Result<std::unique_ptr<PackFiles>> files = pack_files(path);
  if (!files) return fail(files.error());
  const Result<PackManifest> manifest = load_manifest(**files);
  if (!manifest) return fail(manifest.error());
  if (!is_plain_name(manifest->name) || manifest->name == "starter")
    return fail(ErrorCode::kBadPack, "a pack cannot be imported under the name \"" +
                                         shorten(manifest->name, 80) + "\".");
  const std::string& output = options.session.output;
  Result<PackDraft> draft =
      PackDraft::begin(output.empty() ? pack_home() / manifest->name : fs::path(output));
  if (!draft) return fail(draft.error());
  const auto write = [&](const std::string& file, std::string_view bytes) {
    return draft->write(file, bytes, Interrupt::seen);
  };
  if (auto ok = copy_pack(**files, write); !ok) return ok;
  const Result<Pack> pack = load_pack(FolderFiles(draft->folder()), PackUse::kInspect);
  if (!pack) return fail(pack.error());
  report = report_of(*pack);
  report.folder = draft->target().string();
  return draft->commit();
}

void add_exported(CLI::App& importer, Runner& chosen) {
  CLI::App* command = importer.add_subcommand("pack", "From a pack that was exported");
  auto options = std::make_shared<Options>();
  command->add_option("path", options->inputs.paths, "The archive or folder")
      ->required()
      ->expected(1)
      ->check(CLI::ExistingPath);
  command->add_option("--output", options->session.output,
                      "Folder of the pack (default: under its name, where packs are kept)");
  command->add_flag("--json", options->json, "Report as JSON");
  command->callback([options, &chosen] {
    chosen = [options] {
      const Interrupt interrupt;
      ImportReport report;
      const Result<void> done = take_exported(*options, report);
      if (!done) return fail_import(done.error(), {}, options->json);
      return print_result(report, options->json);
    };
  });
}

}  // namespace

void add_pack_import(CLI::App& pack, Runner& chosen) {
  CLI::App* importer = pack.add_subcommand("import", "Make a pack from data that you have");
  importer->require_subcommand(1);
  add_spider(*importer, chosen);
  add_bird(*importer, chosen);
  add_sqlite(*importer, chosen);
  add_csv(*importer, chosen);
  add_sql(*importer, chosen);
  add_exported(*importer, chosen);
}

}  // namespace sqlenv::cli
