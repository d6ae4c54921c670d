#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/spider_release.h"
#include "app/packs.h"

namespace sqlenv::cli {
namespace {

namespace fs = std::filesystem;

int complain(const std::string& message) {
  std::cerr << "sqlenv pack: " << message << "\n";
  return 1;
}

int import(const fs::path& release, const fs::path& target) {
  const Result<ImportReport> report = import_spider_release(release, target, std::cerr);
  if (!report) return complain(report.error().to_string());
  for (const SkippedExample& skipped : report->skipped)
    std::cerr << "skipped " << skipped.what << ": " << skipped.why << "\n";
  std::cout << "pack spider: " << report->databases << " databases, " << report->questions
            << " questions, " << report->skipped.size() << " skipped\n"
            << "written to " << target.string() << "\n"
            << "play it: sqlenv run --pack " << target.string() << "\n";
  return 0;
}

void print_pack(const std::string& name) {
  const auto catalog = load_catalog({name});
  if (!catalog) {
    std::cout << name << "  unusable: " << catalog.error().message << "\n";
    return;
  }
  const Pack& pack = (*catalog)->packs().front();
  std::cout << pack.name << "  " << pack.databases.size() << " databases, " << pack.questions.size()
            << " questions  " << pack.title << "\n";
}

int list() {
  print_pack("starter");
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(pack_home(), none))
    if (entry.is_directory()) print_pack(entry.path().filename().string());
  return 0;
}

}  // namespace

void add_pack_command(CLI::App& app, Runner& chosen) {
  CLI::App* pack = app.add_subcommand("pack", "Packs: sets of databases and questions");
  pack->require_subcommand(1);

  pack->add_subcommand("list", "Show the bundled pack and the imported ones")->callback([&chosen] {
    chosen = list;
  });

  add_generate_command(*pack, chosen);

  CLI::App* importer = pack->add_subcommand("import", "Make a pack from a published data set");
  importer->require_subcommand(1);
  CLI::App* spider = importer->add_subcommand("spider", "From the folder of Spider's release");
  auto release = std::make_shared<std::string>();
  auto target = std::make_shared<std::string>();
  spider->add_option("folder", *release, "The release: dev.json, train_spider.json, database/")
      ->required()
      ->check(CLI::ExistingDirectory);
  spider->add_option("--output", *target, "Folder of the new pack (default: where packs are kept)");
  spider->callback([release, target, &chosen] {
    chosen = [release, target] {
      return import(*release, target->empty() ? pack_home() / "spider" : fs::path(*target));
    };
  });
}

}  // namespace sqlenv::cli
