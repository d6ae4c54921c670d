#include "app/model/model_run.h"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>

#include <algorithm>

#include "app/model/model_result.h"
#include "app/python/core/agent.h"
#include "app/python/core/bindings.h"
#include "app/python/core/handles.h"
#include "app/python/core/model.h"
#include "core/base/version.h"
#include "core/wire/evaluation_json.h"
#include "core/wire/trajectory.h"

namespace sqlenv::python {
namespace {

using Time = ModelRun::Time;

Time time_of(double seconds) { return Time(static_cast<Time::rep>(seconds * 1000)); }

// {"server", "model", "dialect", "grammar", "concurrency", "retries", "samples",
// "max_total_tokens", "timeout"}, all there; "server" may be None.
ModelRunOptions read_run_options(const nb::dict& fields) {
  ModelRunOptions run;
  if (!nb::object(fields["server"]).is_none())
    run.server = nb::cast<const ModelServer&>(fields["server"]);
  run.model = read_model_options(fields["model"]);
  run.dialect = read_dialect(nb::cast<std::string>(fields["dialect"]));
  run.grammar = nb::cast<bool>(fields["grammar"]);
  run.concurrency = nb::cast<int>(fields["concurrency"]);
  run.retries = nb::cast<int>(fields["retries"]);
  run.samples = nb::cast<int>(fields["samples"]);
  run.max_total_tokens = nb::cast<std::int64_t>(fields["max_total_tokens"]);
  run.limit = time_of(nb::cast<double>(fields["timeout"]));
  return run;
}

// An episode that came to an end, apart from the run.
struct Report {
  std::int64_t number = 0;
  std::string failure;
  std::optional<ModelTrouble> trouble;
  int steps = 0;
  Micros total = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> step_errors;
  std::optional<std::string> answer;
  std::vector<ModelReply> turns;
  std::string trajectory;
};

Report report_of(const ModelEpisodeEnd& end) {
  Report out{end.number, end.failure, end.trouble};
  if (end.played == nullptr) return out;
  const Episode& episode = end.played->episode();
  out.turns = end.played->turns();
  out.seed = episode.options().seed;
  if (!end.played->done()) return out;
  out.steps = episode.step_count();
  out.total = episode.total_reward();
  for (const StepRecord& step : episode.steps())
    if (step.result.error) out.step_errors.emplace_back(code_name(step.result.error->code));
  out.answer = end.played->answer();
  out.trajectory = trajectory_jsonl(episode);
  return out;
}

class RunHandle {
 public:
  RunHandle(const CatalogHandle& handle, nb::handle reset, std::uint64_t seed,
            std::int64_t episodes, const nb::dict& run, nb::handle kept)
      : catalog_(handle.catalog), environment_(catalog_), options_(read_run_options(run)) {
    environment_.keep_tables(false);
    evaluate_.reset = options_.reset = read_options({}, reset);
    evaluate_.reset.seed = seed;
    evaluate_.episodes = episodes;
    Result<std::vector<PlannedEpisode>> plan = checked_plan(environment_, evaluate_);
    if (!plan) raise(plan.error());
    ModelRunEvents events;
    events.ended = [this](const ModelEpisodeEnd& end) {
      result_.add(end);
      reports_.push_back(report_of(end));
    };
    events.keep = [this](const KeptEpisode& episode) { kept_.push_back(episode); };
    run_.emplace(environment_, options_, std::move(*plan), read_kept(kept), std::move(events));
  }

  RunHandle(const RunHandle&) = delete;
  RunHandle& operator=(const RunHandle&) = delete;

  ModelRun& run() { return *run_; }

  std::string header() const {
    return completions_header_json({kVersion, pack().name, pack().digest, options_.dialect,
                                    options_.grammar, options_.model, options_.samples, evaluate_});
  }

  nb::object next(double now) {
    const std::optional<ModelRun::Ask> ask = run_->next(time_of(now));
    if (!ask) return nb::none();
    return nb::make_tuple(ask->number, request_tuple(ask->request));
  }

  // Each episode as (number, failure, (code, message) or None, steps, micros, seed, step errors,
  // answer or None, replies, trajectory).
  nb::list reports() {
    nb::list out;
    for (const Report& one : std::exchange(reports_, {})) {
      nb::list errors, replies;
      for (const std::string& code : one.step_errors) errors.append(text(code));
      for (const ModelReply& reply : one.turns) replies.append(reply_tuple(reply));
      out.append(nb::make_tuple(
          one.number, text(one.failure), trouble(one.trouble), one.steps, one.total, one.seed,
          errors, one.answer ? text(*one.answer) : nb::none(), replies, text(one.trajectory)));
    }
    return out;
  }

  // (number of the episode, line of a file of completions)
  nb::list kept() {
    nb::list out;
    for (const KeptEpisode& one : std::exchange(kept_, {}))
      out.append(nb::make_tuple(one.number, text(kept_episode_json(one))));
    return out;
  }

  std::string result_json() const {
    return evaluation_json(pack(), evaluate_, result_.evaluation(), result_.model(options_, *run_));
  }

 private:
  const Pack& pack() const { return catalog_->packs().front(); }

  static nb::object trouble(const std::optional<ModelTrouble>& trouble) {
    if (!trouble) return nb::none();
    return nb::make_tuple(text(model_failure_name(trouble->kind)), text(trouble->message));
  }

  // The episodes in the lines of a file, which must be of a run with the same options.
  std::map<std::int64_t, KeptEpisode> read_kept(nb::handle lines) const {
    std::map<std::int64_t, KeptEpisode> out;
    if (lines.is_none()) return out;
    bool is_header = true;
    for (nb::handle each : lines) {
      const std::string line = lenient_utf8(each);
      if (std::exchange(is_header, false)) {
        check_header(line);
        continue;
      }
      Result<KeptEpisode> episode = parse_kept_episode(line);
      if (!episode) raise(episode.error());
      out[episode->number] = std::move(*episode);
    }
    return out;
  }

  void check_header(const std::string& line) const {
    const Result<CompletionsHeader> theirs = parse_completions_header(line);
    if (!theirs) raise(theirs.error());
    const Result<CompletionsHeader> ours = parse_completions_header(header());
    const std::vector<std::string> differing = differing_options(*ours, *theirs);
    if (!differing.empty())
      raise("MISMATCH", "the run in the file had another " + differing.front() +
                            ": go on with the options with which it began.");
  }

  std::shared_ptr<const Catalog> catalog_;
  Environment environment_;
  ModelRunOptions options_;
  EvaluateOptions evaluate_;
  ModelResult result_;
  std::vector<Report> reports_;
  std::vector<KeptEpisode> kept_;
  std::optional<ModelRun> run_;
};

nb::object ended_early(RunHandle& handle) {
  const std::optional<EarlyEnd>& end = handle.run().ended_early();
  if (!end) return nb::none();
  return nb::make_tuple(text(end->reason), text(end->message));
}

std::optional<double> wakes_at(RunHandle& handle) {
  const std::optional<Time> time = handle.run().wakes_at();
  return time ? std::optional(static_cast<double>(time->count()) / 1000) : std::nullopt;
}

}  // namespace

void bind_model_run(nb::module_& module) {
  nb::class_<RunHandle>(module, "ModelRun")
      .def(nb::init<const CatalogHandle&, nb::handle, std::uint64_t, std::int64_t, const nb::dict&,
                    nb::handle>(),
           nb::arg("catalog"), nb::arg("options"), nb::arg("seed"), nb::arg("episodes"),
           nb::arg("run"), nb::arg("kept").none())
      .def("header", [](const RunHandle& handle) { return text(handle.header()); })
      .def("next", &RunHandle::next)
      .def("wakes_at", wakes_at)
      .def("agent",
           [](RunHandle& handle, std::int64_t number) { return handle.run().agent(number); })
      .def("take_reply",
           [](RunHandle& handle, std::int64_t number, const nb::dict& reply, double now,
              std::int64_t today) {
             handle.run().take(number, read_http_reply(reply), time_of(now), today);
           })
      .def("take_completion",
           [](RunHandle& handle, std::int64_t number, nb::handle completion,
              std::int64_t prompt_tokens, std::int64_t completion_tokens) {
             ModelReply reply;
             reply.completion = read_written(completion);
             reply.prompt_tokens = prompt_tokens;
             reply.completion_tokens = completion_tokens;
             handle.run().take(number, reply);
           })
      .def("over", [](RunHandle& handle) { return handle.run().over(); })
      .def("interrupt", [](RunHandle& handle) { handle.run().interrupt(); })
      .def("finish", [](RunHandle& handle) { handle.run().finish(); })
      .def("planned", [](RunHandle& handle) { return handle.run().planned(); })
      .def("ended", [](RunHandle& handle) { return handle.run().ended(); })
      .def("ended_early", ended_early)
      .def("reports", &RunHandle::reports)
      .def("kept", &RunHandle::kept)
      .def("result_json", [](const RunHandle& handle) { return text(handle.result_json()); });
}

}  // namespace sqlenv::python
