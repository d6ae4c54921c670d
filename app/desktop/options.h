// The command line of sqlenv-playground.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/playground/playground.h"

namespace sqlenv::desktop {

struct Options {
  std::vector<std::string> packs;
  std::vector<std::string> databases;  // files to open, and links
  std::string question;
  std::optional<std::uint64_t> seed;
  bool tour = false;
  std::string server;  // its address; empty: none
  bool watch = false;  // watch its sessions, rather than play on it
  std::string model;   // address of a language model's server, which plays; empty: none
  std::string model_name;
  std::string api_key_env;  // the environment variable with the model's key; empty: none
  std::string dialect = "chat";
  std::string theme;  // "light" or "dark"; empty: the one that was kept
  int width = 0;      // 0: as it was left, 1280x800 at first and for pictures
  int height = 0;
  float scale = 0;                   // the user's magnification; 0: the one that was kept
  float pixel_ratio = 0;             // 0: the screen's
  std::string actions;               // a file of actions to play at the start
  std::vector<std::string> presses;  // controls to press before a picture
  std::string screenshot;
  std::string snapshot;

  // Draws once into files instead of opening a window.
  bool offscreen() const { return !screenshot.empty() || !snapshot.empty(); }
};

// The exit status if the program is to end at once: 0 after --help and --version, 2 with a message
// on the error stream for a command line that makes no sense.
std::optional<int> parse_options(int argc, char** argv, Options& options);

}  // namespace sqlenv::desktop
