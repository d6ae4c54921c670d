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

#include "app/desktop/backend.h"
#include "app/desktop/options.h"
#include "app/desktop/settings_file.h"
#include "app/desktop/user_files.h"
#include "app/packs.h"
#include "core/base/text.h"
#include "core/explorer/builtin_policies.h"
#include "core/task/folder_files.h"
#include "core/wire/episode_json.h"

namespace sqlenv::desktop {
namespace {

constexpr std::chrono::seconds kServerTime{20};  // for a server to answer, before a picture

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

// In the current folder, beside whatever has that name already.
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

// As the pointer would.
Result<void> press(const std::string& id, Backend& backend, const ui::Playground& playground) {
  backend.capture();
  const std::optional<ui::Place> place = playground.find(id);
  if (!place) return fail(ErrorCode::kNotFound, "there is no control " + id + " on the screen.");
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(place->x + place->w / 2, place->y + place->h / 2);
  backend.capture();
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  backend.capture();
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  backend.capture();
  io.AddMousePosEvent(-1, -1);
  return {};
}

// As the command line asks.
Result<void> connect_server(const Options& options, const ResetOptions& reset,
                            ServerClient& client) {
  if (options.server.empty()) return {};
  const char* token = std::getenv("SQLENV_TOKEN");
  ResetOptions wanted;
  if (!options.question.empty()) wanted.filter.question_id = reset.filter.question_id;
  return client.connect({options.server, token == nullptr ? "" : token, options.watch, wanted});
}

Result<void> write_files(const Options& options, Backend& backend, const ui::Playground& playground,
                         UserFiles& own) {
  for (const std::string& id : options.presses) {
    if (Result<void> pressed = press(id, backend, playground); !pressed) return pressed;
    own.client().wait(kServerTime);
  }
  const Image image = backend.capture();
  if (!options.screenshot.empty())
    if (Result<void> written = write_png(image, options.screenshot); !written) return written;
  if (options.snapshot.empty()) return {};
  return write_text(options.snapshot, playground.snapshot_json());
}

// Within the process, so the answer comes at once.
ui::AskPolicy policies() {
  const auto held = std::make_shared<std::unique_ptr<Policy>>();  // copies of the function share it
  return [held](const std::string& name, std::uint64_t seed, const Observation& seen, bool first,
                const ui::Act& act) {
    std::unique_ptr<Policy>& player = *held;
    if (first) {
      player = builtin_policies().make(name).value();
      player->begin(seen, seed);
    }
    act(player->act(seen));
  };
}

Result<void> play(const Options& options, ui::Playground& playground, UserFiles& own,
                  const std::vector<Action>& actions, std::atomic<bool>& awake) {
  WindowOptions window;
  window.title = "SQLEnv playground";
  const bool sized = options.width > 0;
  const WindowSize kept = options.offscreen() ? WindowSize() : load_window_size();
  window.width = sized ? options.width : kept.width;
  window.height = sized ? options.height : kept.height;
  window.pixel_ratio = options.pixel_ratio;
  window.offscreen = options.offscreen();
  App app;
  app.draw = [&] {
    own.hand_over();
    playground.draw();
  };
  app.animating = [&] { return playground.animating() || own.has_news(); };
  app.dropped = [&](const std::string& path) { own.open(path); };
  app.load_fonts = [&](float ratio) {
    ui::load_fonts(ratio, static_cast<float>(playground.settings().scale) / 100);
  };
  Result<std::unique_ptr<Backend>> backend = open_glfw_backend(window, std::move(app));
  if (!backend) return fail(backend.error());
  playground.set_keep_settings([&](const ui::Settings& settings) {
    (*backend)->reload_fonts();
    if (!options.offscreen()) save_settings(settings);
  });
  playground.set_picture([&](const std::string& panel) {
    const std::filesystem::path file = free_name("sqlenv-" + panel + ".png");
    (*backend)->next_frame([&playground, file, panel](const Image& image, float ratio) {
      if (const std::optional<ui::Place> place = playground.find("panel." + panel))
        (void)write_png(cropped(image, *place, ratio), file);
    });
    return "Saved as " + std::filesystem::absolute(file).string();
  });
  for (const Action& action : actions)
    if (!playground.episode()->done()) playground.step(action);
  if (options.offscreen()) return write_files(options, **backend, playground, own);
  awake = true;
  (*backend)->run();
  awake = false;
  const auto [width, height] = (*backend)->window_size();
  if (!sized) save_window_size({width, height});
  return {};
}

// A picture does not depend on what its maker likes.
ui::Settings first_settings(const Options& options) {
  ui::Settings settings = options.offscreen() ? ui::Settings() : load_settings();
  if (!options.theme.empty())
    settings.theme = options.theme == "dark" ? ui::ThemeKind::kDark : ui::ThemeKind::kLight;
  if (options.scale > 0) settings.scale = static_cast<int>(std::lround(options.scale * 100));
  return settings;
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

  ui::Playground playground(*catalog);
  playground.set_settings(first_settings(options));
  playground.set_save_file(save_file);
  playground.record_text(!options.snapshot.empty());
  playground.reset(*reset);
  if (playground.episode() == nullptr)
    return complain("the question's gold query fails; choose another.");
  std::atomic<bool> awake = false;  // there is a window to wake
  UserFiles own(playground, *catalog, !options.offscreen(), [&awake] {
    if (awake) wake_glfw_backend();
  });
  playground.set_ask_policy(policies());
  for (const std::string& file : options.databases) own.open(file);
  if (options.tour) playground.tour();
  if (Result<void> begun = connect_server(options, *reset, own.client()); !begun)
    return complain(begun.error().message);
  if (options.offscreen()) own.wait(kServerTime);
  const Result<void> played = play(options, playground, own, *actions, awake);
  return played ? 0 : complain(played.error().message);
}

}  // namespace
}  // namespace sqlenv::desktop

int main(int argc, char** argv) {
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
