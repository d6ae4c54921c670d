#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/pack_draft.h"
#include "app/packs.h"
#include "app/terminal.h"
#include "core/task/folder_files.h"
#include "core/task/question_generator.h"
#include "core/task/sqlite_importer.h"
#include "core/wire/pack_json.h"

namespace sqlenv::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string source;
  std::string output;
  bool json = false;
  GeneratorOptions generator;
};

int complain(const std::string& message) {
  std::cerr << "sqlenv pack generate: " << message << "\n";
  return 1;
}

// A database that questions are made for, with the bytes that the new pack holds.
struct Source {
  std::string name;
  std::string title;
  DatabaseImage image;
};

struct Sources {
  std::string name;  // the new pack's
  std::string title;
  std::string license;
  std::vector<Source> databases;
};

bool is_database_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  char magic[16] = {};
  in.read(magic, sizeof magic);
  return in && std::string_view(magic, 15) == "SQLite format 3";
}

Result<Sources> sources_of(const std::string& source) {
  std::error_code ignored;
  if (fs::is_regular_file(source, ignored) && is_database_file(source)) {
    Result<std::string> bytes = read_file(source);
    if (!bytes) return fail(bytes.error());
    const std::string name = fs::path(source).stem().string();
    std::vector<ImportRemark> notes;
    Result<PackDatabase> database =
        take_sqlite({name, std::move(*bytes)}, name, notes, Interrupt::seen);
    if (!database) return fail(database.error());
    for (const ImportRemark& note : notes) std::cerr << note.what << ": " << note.why << "\n";
    return Sources{name + "-generated",
                   name + ", generated questions",
                   "",
                   {{name, name, std::move(database->image)}}};
  }
  const Result<Pack> pack = open_pack(source, PackUse::kInspect);
  if (!pack) return fail(pack.error());
  Sources sources{
      pack->name + "-generated", pack->title + ", generated questions", pack->license, {}};
  for (const PackDatabase& database : pack->databases)
    sources.databases.push_back({database.name, database.title, database.image});
  return sources;
}

Result<GeneratedQuestions> generate(const Source& source, GeneratorOptions options) {
  options.stopped = Interrupt::seen;
  Result<QuestionGenerator> generator = QuestionGenerator::open(source.image, source.name, options);
  if (!generator) return fail(generator.error());
  const bool terminal = isatty(STDERR_FILENO) != 0;
  int shown = -1;
  while (generator->advance()) {
    if (Interrupt::seen()) return fail(ErrorCode::kTimeout, "it was stopped; nothing was written.");
    const int share = generator->accepted() * 100 / options.count;
    if (!terminal || share == shown) continue;
    shown = share;
    steer_terminal("\r");
    std::cerr << source.name << ": " << share << " %" << std::flush;
  }
  if (terminal) steer_terminal("\r\033[K");
  if (Interrupt::seen()) return fail(ErrorCode::kTimeout, "it was stopped; nothing was written.");
  return generator->finish();
}

std::vector<Question> of_split(const std::vector<Question>& questions, const std::string& split) {
  std::vector<Question> chosen;
  for (const Question& question : questions)
    if (question.split == split) chosen.push_back(question);
  return chosen;
}

Result<void> write_pack(const fs::path& target, const Sources& sources,
                        const std::vector<Question>& questions) {
  Result<PackDraft> draft = PackDraft::begin(target);
  if (!draft) return fail(draft.error());
  PackManifest manifest;
  manifest.name = sources.name;
  manifest.title = sources.title;
  manifest.license = sources.license;
  for (const Source& source : sources.databases) {
    const std::string file = "databases/" + source.name + ".sqlite";
    manifest.databases.push_back({source.name, file, source.title, ""});
    if (auto ok = draft->write(file, source.image.bytes(), Interrupt::seen); !ok) return ok;
  }
  for (const char* split : {"train", "eval"}) {
    const std::string file = std::string("questions/questions_") + split + ".json";
    manifest.question_files.push_back(file);
    if (auto ok = draft->write(file, questions_json(of_split(questions, split))); !ok) return ok;
  }
  if (auto ok = draft->write("pack.json", pack_manifest_json(manifest)); !ok) return ok;
  if (const Result<Pack> loaded = load_pack(FolderFiles(draft->folder())); !loaded)
    return fail(loaded.error());
  if (Interrupt::seen()) return fail(ErrorCode::kTimeout, "it was stopped; nothing was written.");
  return draft->commit();
}

int run(const Options& options) {
  const Interrupt interrupt;
  const Result<Sources> sources = sources_of(options.source);
  if (!sources) return complain(sources.error().to_string());
  std::vector<Question> questions;
  for (const Source& source : sources->databases) {
    Result<GeneratedQuestions> made = generate(source, options.generator);
    if (!made) return complain(made.error().to_string());
    std::cerr << source.name << ": " << made->questions.size() << " questions";
    if (!made->shortfall.empty())
      std::cerr << " of " << options.generator.count << " asked for: " << made->shortfall;
    std::cerr << "\n";
    questions.insert(questions.end(), made->questions.begin(), made->questions.end());
  }
  if (questions.empty()) return complain("no question can be made from this data.");
  if (options.json) {
    std::cout << questions_json(questions);
    return 0;
  }
  const fs::path target =
      options.output.empty() ? pack_home() / sources->name : fs::path(options.output);
  if (const Result<void> put = write_pack(target, *sources, questions); !put)
    return complain(put.error().to_string());
  std::cout << "pack " << sources->name << ": " << sources->databases.size() << " databases, "
            << questions.size() << " questions\nwritten to " << target.string()
            << "\nplay it: sqlenv run --pack " << target.string() << "\n";
  return 0;
}

std::string family_help() {
  std::string text = "Only these families of questions, separated by commas. All:";
  for (const QuestionFamily& family : question_families()) text += "\n" + family.name;
  return text;
}

}  // namespace

void add_generate_command(CLI::App& pack, Runner& chosen) {
  CLI::App* command = pack.add_subcommand(
      "generate", "Make a pack of generated questions about a database, or those of a pack");
  auto options = std::make_shared<Options>();
  command->add_option("source", options->source, "A SQLite database file, or a pack")->required();
  command->add_option("--count", options->generator.count, "Questions for each database")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--seed", options->generator.seed, "Equal seeds give equal questions")
      ->capture_default_str();
  std::vector<std::string> names;
  for (const QuestionFamily& family : question_families()) names.push_back(family.name);
  command->add_option("--families", options->generator.families, family_help())
      ->delimiter(',')
      ->check(CLI::IsMember(names));
  command
      ->add_option("--split-eval", options->generator.eval_share, "Share of the eval split, 0 to 1")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  auto* json = command->add_flag("--json", options->json, "Print the questions; make no pack");
  command
      ->add_option("--output", options->output,
                   "Folder of the new pack (default: where packs are kept)")
      ->excludes(json);
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}

}  // namespace sqlenv::cli
