#include "app/cli/eval_model.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <utility>

#include "app/cli/completions_file.h"
#include "app/cli/eval_progress.h"
#include "app/cli/eval_reporter.h"
#include "app/cli/eval_table.h"
#include "app/cli/interrupt.h"
#include "app/cli/model_player.h"
#include "app/model/model_result.h"
#include "app/packs.h"
#include "core/base/version.h"
#include "core/wire/evaluation_json.h"

namespace sqlenv::cli {
namespace {

int complain(const std::string& message) {
  std::cerr << "sqlenv eval: " << message << "\n";
  return 1;
}

void warn(const std::string& message) { std::cerr << "sqlenv eval: warning: " << message << "\n"; }

// What is played, and with which completions it begins.
struct Setup {
  ModelRunOptions run;
  EvaluateOptions evaluate;
  std::optional<KeptRun> kept;
};

Result<std::string> read_key(const std::string& variable) {
  if (variable.empty()) return "";
  const char* value = std::getenv(variable.c_str());
  if (value == nullptr)
    return fail(ErrorCode::kBadOption, "the environment variable " + variable +
                                           ", which --api-key-env names, is not set.");
  Result<std::string> key = check_model_key(value);
  if (!key)
    return fail(ErrorCode::kBadOption,
                "the environment variable " + variable + " holds no key: " + key.error().message);
  return key;
}

Result<ModelRunOptions> run_options(const ModelEvalOptions& options) {
  ModelRunOptions run;
  const Result<ModelAddress> address = parse_model_address(options.url);
  if (!address) return fail(address.error());
  Result<std::string> key = read_key(options.key_variable);
  if (!key) return fail(key.error());
  run.server = {*address, std::move(*key)};
  run.dialect = *find_dialect(options.dialect);
  run.grammar = options.grammar;
  run.model.examples = options.examples;
  if ((run.grammar || run.model.examples) && run.dialect != Dialect::kCompact)
    return fail(ErrorCode::kBadOption, std::string(run.grammar ? "--grammar" : "--examples") +
                                           " needs --dialect compact.");
  run.model.model = options.name;
  run.model.max_tokens = options.max_tokens.value_or(default_max_tokens(run.dialect));
  run.model.temperature = options.temperature == "default"
                              ? std::nullopt
                              : std::optional(std::stod(options.temperature));
  run.concurrency = options.concurrency;
  run.retries = options.retries;
  run.samples = options.samples;
  run.max_total_tokens = options.max_total_tokens;
  run.limit = std::chrono::milliseconds(static_cast<long long>(1000 * options.timeout_seconds));
  return run;
}

CompletionsHeader header_of(const Setup& setup, const Pack& pack) {
  return {kVersion,          pack.name,       pack.digest,       setup.run.dialect,
          setup.run.grammar, setup.run.model, setup.run.samples, setup.evaluate};
}

void warn_of(const ModelRunOptions& run) {
  if (!run.server.key.empty() && run.server.address.base.starts_with("http://") &&
      !is_local(run.server.address))
    warn("the key is sent without encryption: the address begins with http://.");
  if (run.samples > 1 && run.model.temperature == 0.0)
    warn("at temperature 0 samples are mostly alike: give --temperature.");
}

Result<KeptRun> read_for_replay(const std::string& path, const Pack& pack) {
  Result<KeptRun> kept = read_completions_file(path);
  if (!kept) return kept;
  if (kept->header.pack != pack.name)
    return fail(ErrorCode::kMismatch,
                path + " was played on the pack " + kept->header.pack + ": give it with --pack.");
  if (kept->header.pack_digest != pack.digest)
    return fail(ErrorCode::kMismatch, path + " was played on another edition of the pack.");
  return kept;
}

Result<Setup> replay_setup(const std::string& path, const Pack& pack) {
  Result<KeptRun> kept = read_for_replay(path, pack);
  if (!kept) return fail(kept.error());
  Setup setup;
  setup.run.replay = true;
  setup.run.dialect = kept->header.dialect;
  setup.run.grammar = kept->header.grammar;
  setup.run.model = kept->header.model;
  setup.run.samples = static_cast<int>(std::min<std::int64_t>(kept->header.samples, 10'000));
  setup.evaluate = kept->header.evaluate;
  setup.kept = std::move(*kept);
  return setup;
}

// Fails if the run in the file is another one than the options ask for.
Result<void> resume(Setup& setup, const std::string& path, const Pack& pack) {
  Result<KeptRun> kept = read_completions_file(path);
  if (!kept && kept.error().code == ErrorCode::kNotFound) return {};
  if (!kept) return fail(kept.error());
  const std::vector<std::string> differing =
      differing_options(header_of(setup, pack), kept->header);
  if (!differing.empty())
    return fail(ErrorCode::kMismatch, "the run in " + path + " had another " + differing.front() +
                                          ": go on with the options with which it began.");
  setup.kept = std::move(*kept);
  return {};
}

Result<Setup> set_up(const EvalOptions& options, const Pack& pack) {
  if (!options.model.replay_file.empty()) return replay_setup(options.model.replay_file, pack);
  Result<ModelRunOptions> run = run_options(options.model);
  if (!run) return fail(run.error());
  Setup setup{std::move(*run), options.evaluate, {}};
  warn_of(setup.run);
  if (!options.model.resume_file.empty())
    if (const Result<void> kept = resume(setup, options.model.resume_file, pack); !kept)
      return fail(kept.error());
  return setup;
}

Result<void> open_completions(const EvalOptions& options, const Setup& setup, const Pack& pack,
                              CompletionsFile& file) {
  const ModelEvalOptions& model = options.model;
  if (!model.completions_file.empty() && read_completions_file(model.completions_file))
    return fail(ErrorCode::kBadOption,
                model.completions_file +
                    " holds the completions of a run already: go on with it by "
                    "--resume, or name another file.");
  if (!model.completions_file.empty())
    return file.create(model.completions_file, header_of(setup, pack));
  if (model.resume_file.empty()) return {};
  return setup.kept ? file.go_on(model.resume_file, *setup.kept)
                    : file.create(model.resume_file, header_of(setup, pack));
}

// The options that help, behind a failure's own message.
std::string advice(const std::string& failure, const ModelEvalOptions& options) {
  const std::string& file =
      options.resume_file.empty() ? options.completions_file : options.resume_file;
  std::string out;
  if (failure == "KEY_MISSING")
    out = " Put it into an environment variable and name that by --api-key-env.";
  if ((failure == "MODEL_NOT_FOUND" || failure == "REQUEST_REFUSED") && options.name.empty())
    out = " Give the model's name with --model-name.";
  if (failure == "TIMED_OUT") out = " (--timeout, --max-tokens)";
  if (failure == "RATE_LIMITED") out = " (--concurrency)";
  return out + (file.empty() ? "" : " Go on with --resume " + file + ".");
}

// One evaluation, from its files to its exit status.
class ModelEvaluationRun {
 public:
  ModelEvaluationRun(const EvalOptions& options, std::shared_ptr<const Catalog> catalog)
      : options_(options), pack_(catalog->packs().front()), environment_(catalog) {
    environment_.keep_tables(false);
  }

  int run() {
    Result<Setup> setup = set_up(options_, pack_);
    if (!setup) return complain(setup.error().message);
    setup->run.reset = setup->evaluate.reset;
    Result<std::vector<PlannedEpisode>> plan = checked_plan(environment_, setup->evaluate);
    if (!plan) return complain(plan.error().to_string());
    // Files of an earlier run are left alone until nothing is wrong with this one.
    const Result<void> opened = open_completions(options_, *setup, pack_, completions_);
    if (!opened) return complain(opened.error().message);
    reporter_.emplace(options_.trajectory_file, options_.list_failures);
    if (!reporter_->usable()) return complain("cannot write to " + options_.trajectory_file + ".");
    std::map<std::int64_t, KeptEpisode> kept;
    if (setup->kept) kept = std::move(setup->kept->episodes);
    ModelRun run(environment_, setup->run, std::move(*plan), std::move(kept), events());
    if (const Result<void> played = play(run, setup->run.replay); !played)
      return complain(played.error().message);
    run.finish();
    return conclude(*setup, run);
  }

 private:
  ModelRunEvents events() {
    return {[this](const ModelEpisodeEnd& end) {
              const bool whole = end.played != nullptr && end.played->done();
              result_.add(end);
              if (options_.list_failures) progress_.hide();
              reporter_->add(*end.task, whole ? &end.played->episode() : nullptr, end.failure);
              if (end.trouble) last_trouble_ = *end.trouble;
            },
            [this](const KeptEpisode& episode) { completions_.keep(episode); }, Interrupt::seen};
  }

  Result<void> play(ModelRun& run, bool replay) {
    const Interrupt interrupt;
    const auto show = [&] {
      if (Interrupt::seen()) run.interrupt();
      progress_.show(run);
    };
    if (!replay) return play_by_http(run, show);
    run.next(ModelRun::Time(0));
    return {};
  }

  int conclude(const Setup& setup, const ModelRun& run) {
    progress_.hide();
    const ModelEvaluation model = result_.model(setup.run, run);
    const Evaluation& counted = result_.evaluation();
    if (counted.all.episodes > 0 || !model.ended) print(setup, counted, model);
    const Result<void> kept = completions_.finish();
    if (!kept) return complain(kept.error().message);
    if (!reporter_->finish())
      return complain("the trajectories could not be written to " + options_.trajectory_file + ".");
    if (!std::cout.flush()) return complain("standard output cannot be written.");
    return status_of(model, counted.all.episodes);
  }

  void print(const Setup& setup, const Evaluation& counted, const ModelEvaluation& model) const {
    if (options_.json) {
      std::cout << evaluation_json(pack_, setup.evaluate, counted, model) << "\n";
      return;
    }
    const std::string name = model.model.empty() ? "model" : "model " + model.model;
    print_evaluation(name + ", dialect " + model.dialect, pack_, setup.run.reset, counted);
    print_model_evaluation(model, counted.all.episodes);
  }

  int status_of(const ModelEvaluation& model, std::int64_t episodes) const {
    const std::int64_t lost = counted_lost(model);
    if (lost > 0)
      complain(std::to_string(lost) + (lost == 1 ? " episode was" : " episodes were") +
               " lost to failures of the model's server. The last one: " + last_trouble_.message +
               (model.ended
                    ? ""
                    : advice(std::string(model_failure_name(last_trouble_.kind)), options_.model)));
    if (!model.ended) return lost > 0 ? 1 : 0;
    const std::string played = episodes == 0
                                   ? ""
                                   : " " + std::to_string(episodes) + " of " +
                                         std::to_string(model.planned) + " episodes were played.";
    complain(model.ended->message + played + advice(model.ended->reason, options_.model));
    return lost == 0 && model.ended->reason == "TOKEN_BUDGET" ? 0 : 1;
  }

  static std::int64_t counted_lost(const ModelEvaluation& model) {
    std::int64_t lost = 0;
    for (const auto& [kind, count] : model.lost) lost += count;
    return lost;
  }

  const EvalOptions& options_;
  const Pack& pack_;
  Environment environment_;
  std::optional<EvalReporter> reporter_;
  CompletionsFile completions_;
  ModelResult result_;
  ModelTrouble last_trouble_;
  EvalProgress progress_;
};

}  // namespace

int eval_model(const EvalOptions& options) {
  Result<std::shared_ptr<const Catalog>> catalog = load_catalog(options.packs);
  if (!catalog) return complain(catalog.error().to_string());
  return ModelEvaluationRun(options, std::move(*catalog)).run();
}

}  // namespace sqlenv::cli
