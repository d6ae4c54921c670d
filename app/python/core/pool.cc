#include <nanobind/ndarray.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>

#include "app/python/core/bindings.h"
#include "app/python/core/convert.h"
#include "app/python/core/handles.h"
#include "core/wire/episode_json.h"
#include "core/wire/episode_save.h"

namespace sqlenv::python {
namespace {

template <class T>
using Column = nb::ndarray<nb::numpy, T, nb::ndim<1>>;

// The answers of one recv(), for Python to read.
class Batch {
 public:
  explicit Batch(std::vector<PoolAnswer> answers) : answers_(std::move(answers)) {}

  std::size_t size() const { return answers_.size(); }
  const SlotAnswer& at(std::size_t i) const { return answers_.at(i).answer; }
  int slot(std::size_t i) const { return answers_.at(i).slot; }

  // The result with the reward and done; under kSameStep it is that of the episode that ended.
  const StepResult& judged(std::size_t i) const {
    const SlotAnswer& answer = at(i);
    return answer.last ? *answer.last : answer.step;
  }

  // One value for each position, as an array that owns its memory.
  template <class T, class Value>
  Column<T> column(Value&& value) const {
    auto values = std::make_unique<T[]>(size());
    for (std::size_t i = 0; i < size(); ++i) values[i] = static_cast<T>(value(i));
    T* data = values.release();
    const nb::capsule owner(data, [](void* memory) noexcept { delete[] static_cast<T*>(memory); });
    return Column<T>(data, {size()}, owner);
  }

 private:
  std::vector<PoolAnswer> answers_;
};

struct PoolHandle {
  PoolHandle(const CatalogHandle& handle, int slots, int threads, const std::string& mode,
             nb::handle options)
      : catalog(handle.catalog), defaults(read_options({}, options)) {
    if (slots < 1 || slots > 1'000'000) throw nb::value_error("num_envs must be from 1");
    if (threads < 0 || threads > 1024) throw nb::value_error("threads must be from 0 to 1024");
    const Autoreset autoreset = mode == "SameStep"   ? Autoreset::kSameStep
                                : mode == "Disabled" ? Autoreset::kDisabled
                                                     : Autoreset::kNextStep;
    pool = std::make_shared<EpisodePool>(catalog, PoolOptions{slots, threads, autoreset});
    seeded.resize(static_cast<std::size_t>(slots));
  }

  EpisodePool& open() const {
    if (pool == nullptr) raise("NO_EPISODE", "the environment is closed.");
    return *pool;
  }

  // Raises if a slot is out of range, occurs twice or has yet to answer.
  void check_idle(const std::vector<int>& slots) const {
    std::vector<bool> chosen(static_cast<std::size_t>(open().slots()));
    for (const int slot : slots) {
      check_slot(slot);
      if (chosen[static_cast<std::size_t>(slot)])
        throw nb::value_error(("slot " + std::to_string(slot) + " is named twice").c_str());
      chosen[static_cast<std::size_t>(slot)] = true;
    }
  }

  const Slot& check_slot(int slot) const {
    if (slot < 0 || slot >= open().slots())
      throw nb::index_error(("there is no slot " + std::to_string(slot)).c_str());
    if (open().busy(slot))
      raise("SLOT_BUSY", "receive the answer of slot " + std::to_string(slot) + " first.");
    return open().slot(slot);
  }

  void send(std::vector<PoolCommand> commands) const {
    const nb::gil_scoped_release release;
    pool->send(std::move(commands));
  }

  std::shared_ptr<const Catalog> catalog;
  ResetOptions defaults;
  std::shared_ptr<EpisodePool> pool;
  std::vector<bool> seeded;
};

// Raises unless all answers were received: a whole batch is sent and received at once.
void check_nothing_owed(const PoolHandle& handle) {
  if (handle.open().owed() > 0)
    raise("SLOT_BUSY", "receive what was sent before, by recv(), first.");
}

void reset(PoolHandle& handle, const std::vector<int>& slots,
           const std::vector<std::optional<std::uint64_t>>& seeds, const nb::list& options) {
  check_nothing_owed(handle);
  handle.check_idle(slots);
  std::vector<PoolCommand> commands;
  for (std::size_t i = 0; i < slots.size(); ++i)
    commands.push_back(
        {slots[i], PoolCommand::Begin{read_options(handle.defaults, options[i]), seeds.at(i)}});
  for (std::size_t i = 0; i < slots.size(); ++i)
    if (seeds[i]) handle.seeded[static_cast<std::size_t>(slots[i])] = true;
  handle.send(std::move(commands));
}

void send(PoolHandle& handle, const std::optional<std::vector<int>>& slots,
          const nb::sequence& actions) {
  const std::size_t count = nb::len(actions);
  std::vector<int> all;
  if (!slots)
    for (int i = 0; i < handle.open().slots(); ++i) all.push_back(i);
  const std::vector<int>& chosen = slots ? *slots : all;
  if (chosen.size() != count)
    throw nb::value_error(
        (std::to_string(count) + " actions for " + std::to_string(chosen.size()) + " slots")
            .c_str());
  handle.check_idle(chosen);
  std::vector<PoolCommand> commands;
  commands.reserve(count);
  std::size_t i = 0;
  for (nb::handle action : actions) {
    episode_of(handle.open().slot(chosen[i]));
    commands.push_back({chosen[i++], read_action(action)});
  }
  handle.send(std::move(commands));
}

void restore(PoolHandle& handle, const std::vector<int>& slots, const nb::list& snapshots) {
  check_nothing_owed(handle);
  handle.check_idle(slots);
  if (snapshots.size() != slots.size()) throw nb::value_error("one snapshot for each slot");
  std::vector<PoolCommand> commands;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto& snapshot = nb::cast<const SnapshotHandle&>(snapshots[i]);
    if (snapshot.catalog != handle.catalog)
      raise("MISMATCH", "the snapshot is of another catalog; use save and load between two.");
    commands.push_back({slots[i], PoolCommand::Adopt{snapshot.episode}});
    handle.seeded[static_cast<std::size_t>(slots[i])] = true;
  }
  handle.send(std::move(commands));
}

void load(PoolHandle& handle, const std::vector<int>& slots, const nb::list& saved) {
  check_nothing_owed(handle);
  handle.check_idle(slots);
  if (saved.size() != slots.size()) throw nb::value_error("one saved episode for each slot");
  std::vector<PoolCommand> commands;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto bytes = nb::cast<nb::bytes>(saved[i]);
    commands.push_back({slots[i], PoolCommand::Load{std::string(bytes.c_str(), bytes.size())}});
    handle.seeded[static_cast<std::size_t>(slots[i])] = true;
  }
  handle.send(std::move(commands));
}

Batch recv(PoolHandle& handle, std::size_t count, bool in_order) {
  if (count > handle.open().owed())
    throw nb::value_error(
        ("only " + std::to_string(handle.open().owed()) + " answers are owed").c_str());
  std::vector<PoolAnswer> answers;
  {
    const nb::gil_scoped_release release;
    answers = handle.pool->recv(count);
    if (in_order)
      std::sort(answers.begin(), answers.end(),
                [](const PoolAnswer& a, const PoolAnswer& b) { return a.position < b.position; });
  }
  for (const PoolAnswer& one : answers)
    if (one.answer.error) raise(*one.answer.error);
  return Batch(std::move(answers));
}

nb::list unseeded(const PoolHandle& handle) {
  nb::list slots;
  for (std::size_t i = 0; i < handle.seeded.size(); ++i)
    if (!handle.seeded[i]) slots.append(i);
  return slots;
}

nb::bytes save(const PoolHandle& handle, int slot) {
  const std::string saved = save_episode(episode_of(handle.check_slot(slot)));
  return nb::bytes(saved.data(), saved.size());
}

SnapshotHandle snapshot(const PoolHandle& handle, int slot) {
  const Episode& episode = episode_of(handle.check_slot(slot));
  return {std::make_shared<const Episode>(episode), handle.catalog, handle.pool};
}

nb::list texts(const Batch& batch, const std::string& member) {
  std::string Observation::*field = member == "question"      ? &Observation::question
                                    : member == "schema_info" ? &Observation::schema_info
                                    : member == "result"      ? &Observation::result
                                    : member == "error"       ? &Observation::error
                                                              : nullptr;
  if (field == nullptr)
    throw nb::key_error("the texts are question, schema_info, result and error");
  nb::list all;
  for (std::size_t i = 0; i < batch.size(); ++i)
    all.append(text(batch.at(i).step.observation.*field));
  return all;
}

nb::list observations(const Batch& batch) {
  nb::list all;
  for (std::size_t i = 0; i < batch.size(); ++i)
    all.append(observation_dict(batch.at(i).step.observation));
  return all;
}

nb::list outcomes(const Batch& batch) {
  nb::list found;
  for (std::size_t i = 0; i < batch.size(); ++i)
    if (const auto& ending = batch.at(i).ending)
      found.append(nb::make_tuple(i, outcome_tuple(*ending)));
  return found;
}

nb::list final_observations(const Batch& batch) {
  nb::list found;
  for (std::size_t i = 0; i < batch.size(); ++i)
    if (const auto& last = batch.at(i).last)
      found.append(nb::make_tuple(i, observation_dict(last->observation)));
  return found;
}

void bind_batch(nb::module_& module) {
  using Index = std::size_t;
  nb::class_<Batch>(module, "Batch")
      .def("__len__", &Batch::size)
      .def(
          "slots",
          [](const Batch& b) { return b.column<std::int64_t>([&](Index i) { return b.slot(i); }); })
      .def("rewards",
           [](const Batch& b) {
             return b.column<double>([&](Index i) { return b.judged(i).reward.value_or(0); });
           })
      .def("terminated",
           [](const Batch& b) { return b.column<bool>([&](Index i) { return b.judged(i).done; }); })
      .def("began",
           [](const Batch& b) { return b.column<bool>([&](Index i) { return b.at(i).began; }); })
      .def("failed",
           [](const Batch& b) {
             return b.column<bool>([&](Index i) { return !b.judged(i).observation.error.empty(); });
           })
      .def("step_counts",
           [](const Batch& b) {
             return b.column<std::int64_t>(
                 [&](Index i) { return b.at(i).step.observation.step_count; });
           })
      .def("budgets",
           [](const Batch& b) {
             return b.column<std::int64_t>(
                 [&](Index i) { return b.at(i).step.observation.budget_remaining; });
           })
      .def("observation",
           [](const Batch& b, Index i) { return observation_dict(b.at(i).step.observation); })
      .def("observations", observations)
      .def("texts", texts)
      .def("json", [](const Batch& b, Index i) { return text(step_json(b.at(i).step)); })
      .def("final_json", [](const Batch& b, Index i) { return text(step_json(b.judged(i))); })
      .def("outcomes", outcomes)
      .def("final_observations", final_observations);
}

}  // namespace

void bind_pool(nb::module_& module) {
  bind_batch(module);
  nb::class_<PoolHandle>(module, "Pool")
      .def(nb::init<const CatalogHandle&, int, int, const std::string&, nb::handle>())
      .def("reset", reset)
      .def("send", send, nb::arg("slots").none(), nb::arg("actions"))
      .def("recv", recv)
      .def("restore", restore)
      .def("load", load)
      .def("owed", [](const PoolHandle& handle) { return handle.open().owed(); })
      .def("unseeded", unseeded)
      .def("question",
           [](const PoolHandle& handle, int slot) {
             return question_tuple(episode_of(handle.check_slot(slot)).task());
           })
      .def("trajectory", [](const PoolHandle& handle,
                            int slot) { return text(trajectory_of(handle.check_slot(slot))); })
      .def("snapshot", snapshot)
      .def("save", save)
      .def("close", [](PoolHandle& handle) {
        const nb::gil_scoped_release release;
        handle.pool.reset();
      });
}

}  // namespace sqlenv::python
