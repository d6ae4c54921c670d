#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>

#include <mutex>

#include "app/python/core/bindings.h"
#include "app/python/core/convert.h"
#include "app/python/core/handles.h"
#include "core/explorer/builtin_policies.h"
#include "core/policy/evaluate.h"
#include "core/wire/episode_json.h"
#include "core/wire/episode_save.h"

namespace sqlenv::python {
namespace {

// The connections that an Env and its clones share; they take turns.
struct Home {
  explicit Home(std::shared_ptr<const Catalog> catalog) : environment(std::move(catalog)) {
    environment.keep_tables(false);
  }
  Environment environment;
  std::mutex turn;
};

struct EnvHandle {
  EnvHandle(const CatalogHandle& handle, nb::handle options)
      : catalog(handle.catalog),
        home(std::make_shared<Home>(catalog)),
        defaults(read_options({}, options)),
        slot(home->environment, Autoreset::kDisabled) {}

  // Runs `what` during this Env's turn and without the GIL. Raises the answer's error.
  template <class What>
  nb::tuple perform(What&& what) {
    SlotAnswer answer;
    {
      const nb::gil_scoped_release release;
      const std::lock_guard<std::mutex> turn(home->turn);
      answer = what();
    }
    if (answer.error) raise(*answer.error);
    latest = std::move(answer.step);
    return step_tuple(latest);
  }

  std::shared_ptr<const Catalog> catalog;
  std::shared_ptr<Home> home;
  ResetOptions defaults;
  Slot slot;
  StepResult latest;
  bool seeded = false;
};

nb::tuple reset(EnvHandle& env, std::optional<std::uint64_t> seed, nb::handle options) {
  const ResetOptions chosen = read_options(env.defaults, options);
  env.seeded = env.seeded || seed.has_value();
  return env.perform([&] { return env.slot.begin(chosen, seed); });
}

nb::tuple step(EnvHandle& env, nb::handle sent) {
  const Action action = read_action(sent);
  episode_of(env.slot);
  return env.perform([&] { return env.slot.step(action); });
}

// Plays to the end with a built-in policy.
void play(EnvHandle& env, const std::string& name) {
  const Episode& episode = episode_of(env.slot);
  env.perform([&] {
    SlotAnswer answer;
    const Result<std::unique_ptr<Policy>> policy =
        builtin_policies().make(name, gold_source(env.home->environment, episode.task()));
    if (!policy) {
      answer.error = policy.error();
      return answer;
    }
    answer.step = episode.latest();
    (*policy)->begin(answer.step.observation, episode.options().seed);
    while (!episode.done()) answer = env.slot.step((*policy)->act(answer.step.observation));
    return answer;
  });
}

nb::tuple restore(EnvHandle& env, const SnapshotHandle& snapshot) {
  if (snapshot.catalog != env.catalog)
    raise("MISMATCH", "the snapshot is of another catalog; use save and load between two.");
  env.seeded = true;
  return env.perform([&] { return env.slot.adopt(*snapshot.episode); });
}

nb::tuple load(EnvHandle& env, nb::bytes saved) {
  const std::string_view text(saved.c_str(), saved.size());
  env.seeded = true;
  return env.perform([&] { return env.slot.load(text); });
}

nb::object outcome(const EnvHandle& env) {
  const Episode* episode = env.slot.episode();
  if (episode == nullptr || !episode->done()) return nb::none();
  return outcome_tuple(ending_of(*episode));
}

nb::bytes save(const EnvHandle& env) {
  const std::string saved = save_episode(episode_of(env.slot));
  return nb::bytes(saved.data(), saved.size());
}

SnapshotHandle snapshot(const EnvHandle& env) {
  return {std::make_shared<const Episode>(episode_of(env.slot)), env.catalog, env.home};
}

bool done(const EnvHandle& env) {
  return env.slot.episode() != nullptr && env.slot.episode()->done();
}

Micros total_micros(const EnvHandle& env) {
  return env.slot.episode() == nullptr ? 0 : env.slot.episode()->total_reward();
}

// Counts the codes of step errors in the current episode.
nb::dict step_errors(const EnvHandle& env) {
  nb::dict errors;
  for (const StepRecord& record : episode_of(env.slot).steps()) {
    if (!record.result.error) continue;
    const nb::object code = text(code_name(record.result.error->code));
    const int before = errors.contains(code) ? nb::cast<int>(errors[code]) : 0;
    errors[code] = before + 1;
  }
  return errors;
}

}  // namespace

void bind_env(nb::module_& module) {
  nb::class_<SnapshotHandle>(module, "Snapshot");
  nb::class_<EnvHandle>(module, "Env")
      .def(nb::init<const CatalogHandle&, nb::handle>())
      .def("reset", reset, nb::arg("seed").none(), nb::arg("options"))
      .def("step", step, nb::arg("action").none())
      .def("play", play)
      .def("seeded", [](const EnvHandle& env) { return env.seeded; })
      .def("done", done)
      .def("question",
           [](const EnvHandle& env) { return question_tuple(episode_of(env.slot).task()); })
      .def("seed", [](const EnvHandle& env) { return episode_of(env.slot).options().seed; })
      .def("total_micros", total_micros)
      .def("outcome", outcome)
      .def("step_errors", step_errors)
      .def("step_json",
           [](const EnvHandle& env) {
             episode_of(env.slot);
             return text(step_json(env.latest));
           })
      .def("trajectory", [](const EnvHandle& env) { return text(trajectory_of(env.slot)); })
      .def("clone", [](const EnvHandle& env) { return EnvHandle(env); })
      .def("snapshot", snapshot)
      .def("restore", restore)
      .def("save", save)
      .def("load", load);
}

}  // namespace sqlenv::python
