#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <filesystem>

#include "app/packs.h"
#include "app/python/core/bindings.h"
#include "app/python/core/convert.h"
#include "app/python/core/handles.h"
#include "core/policy/evaluate.h"
#include "core/task/folder_files.h"
#include "core/task/question_generator.h"
#include "core/task/sqlite_importer.h"

namespace sqlenv::python {
namespace {

using Names = std::vector<std::string>;
using Name = std::optional<std::string>;

CatalogHandle load(const Names& packs) {
  Result<std::shared_ptr<const Catalog>> catalog = fail(ErrorCode::kInternal, "");
  {
    const nb::gil_scoped_release release;
    catalog = load_catalog(packs);
  }
  if (!catalog) raise(catalog.error());
  return {std::move(*catalog)};
}

nb::list packs_of(const CatalogHandle& handle) {
  nb::list packs;
  for (const Pack& pack : handle.catalog->packs())
    packs.append(nb::make_tuple(text(pack.name), text(pack.digest)));
  return packs;
}

nb::list questions_of(const CatalogHandle& handle, Name pack, Name database, Name difficulty,
                      Name split, Name question_id) {
  const QuestionFilter filter{std::move(pack), std::move(database), std::move(difficulty),
                              std::move(split), std::move(question_id)};
  const Result<std::vector<Task>> tasks = handle.catalog->select(filter);
  if (!tasks) raise(tasks.error());
  nb::list questions;
  for (const Task& task : *tasks) questions.append(question_tuple(task));
  return questions;
}

// (pack, question id, seed) of each episode of an evaluation, in its order.
nb::list plan(const CatalogHandle& handle, nb::handle options, std::uint64_t seed,
              std::int64_t episodes) {
  EvaluateOptions evaluate;
  evaluate.reset = read_options({}, options);
  evaluate.reset.seed = seed;
  evaluate.episodes = episodes;
  const Result<std::vector<PlannedEpisode>> plan = plan_evaluation(*handle.catalog, evaluate);
  if (!plan) raise(plan.error());
  nb::list episodes_of_plan;
  for (const PlannedEpisode& one : *plan)
    episodes_of_plan.append(
        nb::make_tuple(text(one.task.pack->name), text(one.task.question->id), one.seed));
  return episodes_of_plan;
}

// Replaces the pack's questions by generated ones, as `sqlenv pack generate` does.
Result<Pack> with_generated(Pack pack, const GeneratorOptions& options) {
  pack.title += ", generated questions";
  pack.questions.clear();
  for (const PackDatabase& database : pack.databases) {
    Result<GeneratedQuestions> made = generate_questions(database.image, database.name, options);
    if (!made) return fail(made.error());
    std::move(made->questions.begin(), made->questions.end(), std::back_inserter(pack.questions));
  }
  // A pack read from files has its train questions first and no descriptions of databases.
  std::stable_partition(pack.questions.begin(), pack.questions.end(),
                        [](const Question& question) { return question.split == "train"; });
  for (PackDatabase& database : pack.databases) database.description.clear();
  pack.name += "-generated";
  return seal_pack(std::move(pack));
}

CatalogHandle catalog_of(Result<Pack> pack) {
  if (!pack) raise(pack.error());
  std::vector<Pack> packs;
  packs.push_back(std::move(*pack));
  return {std::make_shared<const Catalog>(std::move(packs))};
}

CatalogHandle generate(const CatalogHandle& handle, int count, std::uint64_t seed,
                       double eval_share, const Names& families, const Names& databases) {
  Pack pack = handle.catalog->packs().front();
  for (const std::string& name : databases)
    if (pack.find_database(name) == nullptr)
      raise("BAD_OPTION", "there is no database \"" + name + "\" in the pack.");
  if (!databases.empty())
    std::erase_if(pack.databases, [&](const PackDatabase& database) {
      return std::find(databases.begin(), databases.end(), database.name) == databases.end();
    });
  Result<Pack> made = fail(ErrorCode::kInternal, "");
  {
    const nb::gil_scoped_release release;
    made = with_generated(std::move(pack), {seed, count, eval_share, families});
  }
  return catalog_of(std::move(made));
}

Result<Pack> pack_of_file(const std::filesystem::path& path, std::vector<ImportRemark>& notes) {
  Result<std::string> bytes = read_file(path);
  if (!bytes) return fail(bytes.error());
  const std::string name = path.stem().string();
  Result<PackDatabase> database = take_sqlite({name, std::move(*bytes)}, name, notes);
  if (!database) return fail(database.error());
  Pack pack;
  pack.name = pack.title = name;
  pack.databases.push_back(std::move(*database));
  return pack;
}

CatalogHandle generate_about_file(const std::string& path, int count, std::uint64_t seed,
                                  double eval_share, const Names& families) {
  Result<Pack> pack = fail(ErrorCode::kInternal, "");
  std::vector<ImportRemark> notes;
  {
    const nb::gil_scoped_release release;
    pack = pack_of_file(path, notes);
    if (pack) pack = with_generated(std::move(*pack), {seed, count, eval_share, families});
  }
  for (const ImportRemark& note : notes)
    if (PyErr_WarnEx(PyExc_UserWarning, (note.what + ": " + note.why).c_str(), 1) != 0)
      throw nb::python_error();
  return catalog_of(std::move(pack));
}

}  // namespace

void bind_catalog(nb::module_& module) {
  nb::class_<CatalogHandle>(module, "Catalog")
      .def("packs", packs_of)
      .def("questions", questions_of, nb::arg("pack").none(), nb::arg("database").none(),
           nb::arg("difficulty").none(), nb::arg("split").none(), nb::arg("question_id").none())
      .def("plan", plan)
      .def("generate", generate);
  module.def("load_catalog", load);
  module.def("generate_about_file", generate_about_file);
}

}  // namespace sqlenv::python
