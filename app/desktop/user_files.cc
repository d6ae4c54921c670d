#include "app/desktop/user_files.h"

#include <filesystem>
#include <optional>
#include <utility>

#include "app/desktop/settings_file.h"
#include "app/desktop/trajectory_file.h"
#include "core/wire/share.h"

namespace sqlenv::desktop {

UserFiles::UserFiles(std::shared_ptr<const Catalog> catalog, ui::Host host,
                     const ui::Settings& settings, const Options& options)
    : catalog_(std::move(catalog)),
      opener_(options.wake),
      client_(options.wake),
      models_(options.wake),
      recent_(options.keeps_recent ? load_recent() : "",
              options.keeps_recent ? save_recent : RecentFiles::Keep()),
      dialog_(
          opener_, recent_, [this](const std::string& name) { open(name); },
          [this](const std::string& address, const std::string& token, bool watch) {
            const Result<void> begun = client_.connect({address, token, watch, {}});
            return begun ? std::string() : begun.error().message;
          }),
      model_dialog_([this](const ModelChoice& choice) { return play_model(choice); }),
      playground_(catalog_, with_files(std::move(host)), settings) {}

ui::Host UserFiles::with_files(ui::Host host) {
  host.choose_file = [this] { dialog_.show(); };
  host.choose_model = [this](const std::string& why_not) { model_dialog_.show(why_not); };
  host.draw_over = [this](ui::Ui& ui) {
    dialog_.draw(ui);
    model_dialog_.draw(ui);
  };
  host.open_episode = [this](const std::string& name, ui::FileRange range) {
    playground_.open_trajectories(name, read_range(evaluation_, range));
  };
  host.act_on_server = [this](const Action& action) { client_.act(action); };
  host.choose_on_server = [this](const std::string& id) {
    if (id == "token") dialog_.show();
    else client_.choose(id);
  };
  return host;
}

std::string UserFiles::play_model(const ModelChoice& choice) {
  model_dialog_.enter(choice);
  Result<ModelEpisodeOptions> options =
      model_episode_options(choice.address, choice.model, choice.key, choice.dialect);
  if (!options) return options.error().message;
  const std::string name = options->model.model.empty() ? "Model" : options->model.model;
  playground_.play_model(name, models_.player(std::move(*options)));
  return "";
}

void UserFiles::open(const std::string& name) {
  if (const auto shared = share_in_link(name)) return playground_.open_link(*shared);
  recent_.add(name);
  const std::filesystem::path path = name;
  if (path.extension() != ".jsonl") return opener_.open(name);
  const std::optional<std::string> text = read_replay(name);
  if (text) playground_.open_trajectories(path.filename().string(), *text);
  else opener_.open_evaluation(name, catalog_);
}

void UserFiles::hand_over() {
  models_.hand_over();
  for (Pack& pack : opener_.take()) playground_.add_pack(std::move(pack));
  if (std::optional<ui::Transcript> seen = client_.take())
    playground_.show_transcript(std::move(seen));
  std::optional<DatabaseOpener::Evaluation> read = opener_.take_evaluation();
  if (!read) return;
  evaluation_ = std::move(read->path);
  playground_.show_evaluation(std::move(read->table));
}

void UserFiles::wait(std::chrono::seconds limit) {
  opener_.wait();
  client_.wait(limit);
  hand_over();
  const auto until = std::chrono::steady_clock::now() + limit;
  while (models_.plays() && std::chrono::steady_clock::now() < until) {
    models_.wait(std::chrono::milliseconds(50));
    models_.hand_over();
    playground_.go_on();
  }
}

}  // namespace sqlenv::desktop
