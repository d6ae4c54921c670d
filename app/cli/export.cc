#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "app/cli/interrupt.h"
#include "app/cli/pack_commands.h"
#include "app/cli/pack_copy.h"
#include "app/cli/pack_draft.h"
#include "app/packs.h"
#include "core/task/archive_writer.h"
#include "core/task/import.h"
#include "core/wire/pack_json.h"

namespace sqlenv::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string pack;
  std::string output;
  std::string format;
};

bool ends_with(const std::string& text, std::string_view ending) {
  return text.size() >= ending.size() &&
         text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

std::string format_of(const Options& options) {
  if (!options.format.empty()) return options.format;
  if (options.output.empty() || ends_with(options.output, ".tar")) return "tar";
  return ends_with(options.output, ".jsonl") ? "jsonl" : "folder";
}

// Writes the contents of one file and returns its own errors; write_file() notices a failing
// stream.
using Fill = std::function<Result<void>(std::ostream&)>;

tl::unexpected<Error> cannot_write(const fs::path& file) {
  return fail(ErrorCode::kNotFound, "cannot write " + file.filename().string() +
                                        "; is there room, and may you write there?");
}

// Writes beside the file and then replaces it, so that a failure leaves what was there.
Result<void> write_file(const fs::path& file, const Fill& fill) {
  const fs::path draft = fs::path(file) += ".partial";
  std::ofstream out(draft, std::ios::binary);
  if (!out) return cannot_write(file);
  Result<void> done = fill(out);
  out.close();
  std::error_code error;
  if (done && !out) done = cannot_write(file);
  if (done) fs::rename(draft, file, error);
  if (error) done = cannot_write(file);
  if (!done) fs::remove(draft, error);
  return done;
}

Result<void> write_stream(const std::string& output, const Fill& fill) {
  if (output != "-") return write_file(output, fill);
  Result<void> done = fill(std::cout);
  if (done && !std::cout.flush()) return fail(ErrorCode::kNotFound, "cannot write the output.");
  return done;
}

Result<void> fill_archive(const PackFiles& files, std::ostream& out) {
  ArchiveWriter archive([&out](std::string_view bytes) {
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  });
  const Result<void> done = copy_pack(files, [&](const std::string& path, std::string_view bytes) {
    return archive.add(path, bytes);
  });
  if (done) archive.finish();
  return done;
}

Result<void> write_folder(const PackFiles& files, const fs::path& folder) {
  Result<PackDraft> draft = PackDraft::begin(folder);
  if (!draft) return fail(draft.error());
  const Result<void> done = copy_pack(files, [&](const std::string& path, std::string_view bytes) {
    return draft->write(path, bytes, Interrupt::seen);
  });
  return done ? draft->commit() : done;
}

Result<void> write_pack(const PackFiles& files, const std::vector<Question>& questions,
                        const std::string& format, const std::string& output) {
  if (format == "folder") return write_folder(files, output);
  if (format == "tar")
    return write_stream(output, [&](std::ostream& out) { return fill_archive(files, out); });
  return write_stream(output, [&](std::ostream& out) -> Result<void> {
    out << questions_jsonl(questions);
    return {};
  });
}

int export_pack(const Options& options) {
  const Interrupt interrupt;
  const std::string format = format_of(options);
  Result<Pack> pack = open_pack(options.pack, PackUse::kInspect);
  if (!pack) return complain_pack(pack.error().message);
  pack->databases.clear();  // they are copied as files; the memory may be needed
  std::string output = options.output;
  if (output.empty()) output = plain_name(pack->name) + (format == "folder" ? "" : "." + format);
  const Result<fs::path> path = find_pack(options.pack);
  if (!path) return complain_pack(path.error().message);
  const Result<std::unique_ptr<PackFiles>> files = pack_files(*path);
  if (!files) return complain_pack(files.error().message);
  if (auto done = write_pack(**files, pack->questions, format, output); !done)
    return complain_pack(done.error().message);
  (output == "-" ? std::cerr : std::cout) << "pack " << pack->name << " as " << format << ": "
                                          << pack->questions.size() << " questions\n"
                                          << "digest " << pack->digest << "\n"
                                          << "written to " << output << "\n";
  return 0;
}

}  // namespace

void add_pack_export(CLI::App& pack, Runner& chosen) {
  CLI::App* command =
      pack.add_subcommand("export", "Write a pack so that another machine can use it");
  auto options = std::make_shared<Options>();
  command->add_option("pack", options->pack, "Pack folder, archive or name")->required();
  command->add_option("--output", options->output,
                      "FILE.tar, FILE.jsonl or a folder; - is standard output (default: NAME.tar)");
  command
      ->add_option("--format", options->format,
                   "folder, tar, or jsonl: the questions alone, gold queries included (default: by "
                   "the output's name)")
      ->check(CLI::IsMember({"folder", "tar", "jsonl"}));
  command->callback([options, &chosen] { chosen = [options] { return export_pack(*options); }; });
}

}  // namespace sqlenv::cli
