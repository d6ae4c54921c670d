#include "app/desktop/options.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "core/base/version.h"

namespace sqlenv::desktop {
namespace {

// Reads a size such as "1280x800". Returns an error message; empty if a window can have that size.
std::string read_size(const std::string& text, Options& options) {
  int width = 0;
  int height = 0;
  char rest = 0;
  if (std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) != 2)
    return "a size is written like 1280x800";
  if (width < 320 || height < 240 || width > 8192 || height > 8192)
    return "a size is from 320x240 to 8192x8192";
  options.width = width;
  options.height = height;
  return "";
}

void declare_episode(CLI::App& app, Options& options) {
  app.add_option("--pack", options.packs,
                 "A pack: a folder, a .tar, or the name of an imported one; may be given several "
                 "times (default: the starter pack)")
      ->type_name("PATH");
  app.add_option("databases", options.databases,
                 "SQLite files of your own: questions about them are made on the spot; or files of "
                 "trajectories (.jsonl) and links (#e=…) to replay")
      ->type_name("FILE");
  app.add_option("--question", options.question, "Start with this question")->type_name("ID");
  app.add_option("--seed", options.seed, "Start with the question that this number picks");
  CLI::Option* server =
      app.add_option("--server", options.server,
                     "Play on an API server, such as http://localhost:8000; the token, if it asks "
                     "for one, is taken from SQLENV_TOKEN")
          ->type_name("URL");
  app.add_flag("--watch", options.watch, "Watch the sessions of the server instead")->needs(server);
  CLI::Option* model =
      app.add_option("--model", options.model,
                     "Have a language model play the question: the address of a server with "
                     "OpenAI's interface, such as http://localhost:8080/v1")
          ->type_name("URL");
  app.add_option("--model-name", options.model_name, "The model's name on that server")
      ->type_name("NAME")
      ->needs(model);
  app.add_option("--api-key-env", options.api_key_env,
                 "The environment variable that holds the key for that server")
      ->type_name("NAME")
      ->needs(model);
  app.add_option("--dialect", options.dialect,
                 "How the episode is written for the model: chat or compact (default: chat)")
      ->check(CLI::IsMember({"chat", "compact"}))
      ->needs(model);
  app.add_flag("--tour", options.tour, "Start with the guided tour");
  app.add_option("--play", options.actions,
                 "Play the actions of this file first: one JSON object a line, such as "
                 R"({"action_type": "DESCRIBE", "argument": "carrier"})")
      ->type_name("FILE");
}

void declare_window(CLI::App& app, Options& options) {
  app.add_option("--theme", options.theme,
                 "Colours to start with (default: as they were left, light at first)")
      ->check(CLI::IsMember({"light", "dark"}));
  app.add_option_function<std::string>(
         "--size",
         [&options](const std::string& text) {
           if (const std::string problem = read_size(text, options); !problem.empty())
             throw CLI::ValidationError("--size", problem);
         },
         "Size of the window in logical pixels (default: as it was left, 1280x800 at first)")
      ->type_name("WxH");
  app.add_option("--scale", options.scale,
                 "Magnify everything, from 0.8 to 2.5 (default: as it was left)")
      ->check(CLI::Range(0.8, 2.5))
      ->type_name("FACTOR");
  app.add_option("--pixel-ratio", options.pixel_ratio,
                 "Device pixels for each logical one (default: the screen's)")
      ->check(CLI::Range(0.5, 4.0))
      ->type_name("RATIO");
}

void declare_output(CLI::App& app, Options& options) {
  app.add_option("--press", options.presses,
                 "Press this control before the picture, by its name in the snapshot; may be given "
                 "several times")
      ->type_name("ID");
  app.add_option("--screenshot", options.screenshot, "Write a picture (PNG) and end")
      ->type_name("FILE");
  app.add_option("--snapshot", options.snapshot,
                 "Write what is on screen as JSON, each control with its place, and end")
      ->type_name("FILE");
}

}  // namespace

std::optional<int> parse_options(int argc, char** argv, Options& options) {
  CLI::App app("Play episodes of SQLEnv: answer questions about a database that you cannot see.",
               "sqlenv-playground");
  app.set_version_flag("--version", std::string("sqlenv-playground ") + kVersion);
  declare_episode(app, options);
  declare_window(app, options);
  declare_output(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return std::nullopt;
}

}  // namespace sqlenv::desktop
