#include <imgui.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "app/desktop/glfw_backend.h"
#include "app/desktop/options.h"
#include "app/desktop/settings_file.h"
#include "app/desktop/user_files.h"
#include "app/packs.h"
#include "app/terminal.h"
#include "core/base/text.h"
#include "core/explorer/builtin_policies.h"
#include "core/task/folder_files.h"
#include "core/wire/episode_json.h"

namespace sqlenv::desktop {
namespace {

constexpr std::chrono::seconds kServerTime{20};  // that a picture waits for servers

int complain(const std::string& message) {
  std::cerr << "sqlenv-playground: " << message << "\n";
  return 1;
}

Result<ResetOptions> first_reset(const Options& options, const Catalog& catalog) {
  ResetOptions reset;
  reset.seed = options.seed.value_or(0);
  if (!options.question.empty()) {
    reset.filter.question_id = options.question;
    for (const Pack& pack : catalog.packs())
      if (pack.find_question(options.question) != nullptr) reset.filter.pack = pack.name;
  }
  if (Result<std::vector<Task>> tasks = catalog.select(reset.filter); !tasks)
    return fail(tasks.error());
  return reset;
}

Result<std::vector<Action>> read_actions(const std::string& file) {
  std::vector<Action> actions;
  if (file.empty()) return actions;
  const Result<std::string> text = read_file(file);
  if (!text) return fail(text.error());
  std::istringstream lines(*text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (trim(line).empty()) continue;
    const Result<Action> action = parse_action(line);
    if (!action)
      return fail(action.error().code,
                  "line " + std::to_string(number) + " of " + file + ": " + action.error().message);
    actions.push_back(*action);
  }
  return actions;
}

Result<void> write_text(const std::string& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out << text << "\n";
  out.close();
  if (out) return {};
  return fail(ErrorCode::kInternal, file + " cannot be written: is the folder there?");
}

// A name in the current folder that no file has: `wanted`, or with a number after it.
std::filesystem::path free_name(const std::filesystem::path& wanted) {
  std::filesystem::path file = wanted;
  for (int number = 2; std::filesystem::exists(file); ++number)
    file = wanted.stem().string() + "-" + std::to_string(number) + wanted.extension().string();
  return file;
}

std::string save_file(const std::string& name, const std::string& contents) {
  const std::filesystem::path file = free_name(name);
  std::ofstream out(file, std::ios::binary);
  out << contents;
  out.close();
  if (!out) return file.string() + " cannot be written here";
  return "Saved as " + std::filesystem::absolute(file).string();
}

// Runs the built-in policies within the process, so the answer comes at once.
ui::AskPolicy ask_policies() {
  const auto held = std::make_shared<std::unique_ptr<Policy>>();  // copies of the function share it
  return [held](const std::string& name, std::uint64_t seed, const Observation& seen, bool first,
                const ui::Act& act) {
    std::unique_ptr<Policy>& policy = *held;
    if (first) {
      policy = builtin_policies().make(name).value();
      policy->begin(seen, seed);
    }
    act(policy->act(seen));
  };
}

// Pictures are the same whatever settings their maker has kept.
ui::Settings first_settings(const Options& options) {
  ui::Settings settings = options.offscreen() ? ui::Settings() : load_settings();
  if (!options.theme.empty())
    settings.theme = options.theme == "dark" ? ui::ThemeKind::kDark : ui::ThemeKind::kLight;
  if (options.scale > 0) settings.scale = static_cast<int>(std::lround(options.scale * 100));
  return settings;
}

// The playground and the window that shows it.
class Program {
 public:
  Program(const Options& options, std::shared_ptr<const Catalog> catalog)
      : options_(options),
        files_(std::move(catalog), host(), first_settings(options), {!options.offscreen(), [this] {
                                                                       if (has_window_)
                                                                         wake_glfw_backend();
                                                                     }}) {
    playground_.record_text(!options.snapshot.empty());
  }

  Result<void> begin(const ResetOptions& reset);
  Result<void> run(const std::vector<Action>& actions);

 private:
  ui::Host host();
  App app();
  std::string save_picture(const std::string& panel);
  void keep_settings(const ui::Settings& settings);
  Result<void> open_window();
  Result<void> connect_server(const ResetOptions& reset);
  Result<void> play_model();
  Result<void> press(const std::string& id);
  Result<void> write_files();

  const Options& options_;
  std::unique_ptr<Backend> backend_;
  std::atomic<bool> has_window_ = false;  // read by the threads that wake it
  UserFiles files_;
  ui::Playground& playground_ = files_.playground();
};

ui::Host Program::host() {
  ui::Host host;
  host.save_file = save_file;
  host.save_picture = [this](const std::string& panel) { return save_picture(panel); };
  host.keep_settings = [this](const ui::Settings& settings) { keep_settings(settings); };
  host.ask_policy = ask_policies();
  return host;
}

App Program::app() {
  App app;
  app.draw = [this] {
    files_.hand_over();
    playground_.draw();
  };
  app.animating = [this] { return playground_.animating() || files_.has_news(); };
  app.dropped = [this](const std::string& path) { files_.open(path); };
  app.load_fonts = [this](float ratio) {
    ui::load_fonts(ratio, static_cast<float>(playground_.settings().scale) / 100);
  };
  return app;
}

std::string Program::save_picture(const std::string& panel) {
  const std::filesystem::path file = free_name("sqlenv-" + panel + ".png");
  backend_->next_frame([this, file, panel](const Image& image, float ratio) {
    if (const std::optional<ui::Place> place = playground_.find("panel." + panel))
      (void)write_png(cropped(image, *place, ratio), file);
  });
  return "Saved as " + std::filesystem::absolute(file).string();
}

void Program::keep_settings(const ui::Settings& settings) {
  backend_->reload_fonts();
  if (!options_.offscreen()) save_settings(settings);
}

Result<void> Program::begin(const ResetOptions& reset) {
  playground_.reset(reset);
  if (playground_.episode() == nullptr)
    return fail(ErrorCode::kInternal, "the question's gold query fails; choose another.");
  for (const std::string& file : options_.databases) files_.open(file);
  if (options_.tour) playground_.tour();
  if (Result<void> begun = connect_server(reset); !begun) return begun;
  if (Result<void> begun = play_model(); !begun) return begun;
  if (options_.offscreen()) files_.wait(kServerTime);
  return {};
}

// Connects to the server that the command line names, if it names one.
Result<void> Program::connect_server(const ResetOptions& reset) {
  if (options_.server.empty()) return {};
  const char* token = std::getenv("SQLENV_TOKEN");
  ResetRequest wanted;
  if (!options_.question.empty()) wanted.options.filter.question_id = reset.filter.question_id;
  return files_.client().connect(
      {options_.server, token == nullptr ? "" : token, options_.watch, wanted});
}

// Has the model play that the command line names, if it names one.
Result<void> Program::play_model() {
  if (options_.model.empty()) return {};
  const char* key =
      options_.api_key_env.empty() ? nullptr : std::getenv(options_.api_key_env.c_str());
  if (!options_.api_key_env.empty() && key == nullptr)
    return fail(ErrorCode::kBadOption,
                "the environment has no variable " + options_.api_key_env + ".");
  const std::string why_not =
      files_.play_model({options_.model, options_.model_name, key == nullptr ? "" : key,
                         find_dialect(options_.dialect).value()});
  if (why_not.empty()) return {};
  return fail(ErrorCode::kBadOption, why_not);
}

Result<void> Program::open_window() {
  WindowOptions window;
  window.title = "SQLEnv playground";
  const WindowSize kept = options_.offscreen() ? WindowSize() : load_window_size();
  window.width = options_.width > 0 ? options_.width : kept.width;
  window.height = options_.width > 0 ? options_.height : kept.height;
  window.pixel_ratio = options_.pixel_ratio;
  window.offscreen = options_.offscreen();
  Result<std::unique_ptr<Backend>> backend = open_glfw_backend(window, app());
  if (!backend) return fail(backend.error());
  backend_ = std::move(*backend);
  return {};
}

Result<void> Program::run(const std::vector<Action>& actions) {
  if (Result<void> opened = open_window(); !opened) return opened;
  for (const Action& action : actions)
    if (!playground_.episode()->done()) playground_.step(action);
  if (options_.offscreen()) return write_files();
  has_window_ = true;
  backend_->run();
  has_window_ = false;
  const auto [width, height] = backend_->window_size();
  if (options_.width == 0) save_window_size({width, height});
  return {};
}

// Presses a control as the pointer would.
Result<void> Program::press(const std::string& id) {
  backend_->capture();
  const std::optional<ui::Place> place = playground_.find(id);
  if (!place) return fail(ErrorCode::kNotFound, "there is no control " + id + " on the screen.");
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(place->x + place->w / 2, place->y + place->h / 2);
  backend_->capture();
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  backend_->capture();
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  backend_->capture();
  io.AddMousePosEvent(-1, -1);
  return {};
}

Result<void> Program::write_files() {
  for (const std::string& id : options_.presses) {
    if (Result<void> pressed = press(id); !pressed) return pressed;
    files_.client().wait(kServerTime);
  }
  const Image image = backend_->capture();
  if (!options_.screenshot.empty())
    if (Result<void> written = write_png(image, options_.screenshot); !written) return written;
  if (options_.snapshot.empty()) return {};
  return write_text(options_.snapshot, playground_.snapshot_json());
}

int run(const Options& options) {
  const Result<std::shared_ptr<const Catalog>> catalog = load_catalog(options.packs);
  if (!catalog)
    return complain(catalog.error().message +
                    " A pack is a folder with a pack.json in it, or a .tar of such a folder.");
  const Result<ResetOptions> reset = first_reset(options, **catalog);
  if (!reset) return complain(reset.error().message);
  const Result<std::vector<Action>> actions = read_actions(options.actions);
  if (!actions) return complain(actions.error().message);
  Program program(options, *catalog);
  if (Result<void> begun = program.begin(*reset); !begun) return complain(begun.error().message);
  const Result<void> ran = program.run(*actions);
  return ran ? 0 : complain(ran.error().message);
}

}  // namespace
}  // namespace sqlenv::desktop

int main(int argc, char** argv) {
  const sqlenv::TerminalGuard guard;
  try {
    sqlenv::desktop::Options options;
    if (const std::optional<int> status = sqlenv::desktop::parse_options(argc, argv, options))
      return *status;
    return sqlenv::desktop::run(options);
  } catch (const std::exception& error) {
    std::cerr << "sqlenv-playground: unexpected failure: " << error.what() << "\n";
    return 1;
  }
}
