// Host: the capabilities that a face hands to the Playground it makes.
//
// Each member is optional: a face that cannot do it leaves it empty, and the playground does what
// the comment of the member says instead. All are called on the playground's thread, from within
// draw() or another of its functions, and must stay callable as long as the playground lives.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "app/playground/evaluation.h"
#include "app/playground/settings.h"
#include "core/episode/episode.h"

namespace sqlenv::ui {

struct Ui;

// Receives the next action of a built-in policy; none if the policy cannot answer.
using Act = std::function<void(std::optional<Action>)>;

// Asks a built-in policy, "random" or "explorer", for its next action. The face answers by calling
// `act` once, during the call or later. `first` begins an episode.
using AskPolicy = std::function<void(const std::string& policy, std::uint64_t seed,
                                     const Observation& seen, bool first, Act act)>;

// Reads a part of the evaluation's file and passes it to open_trajectories() under `name`, during
// the call or later.
using OpenEpisode = std::function<void(const std::string& name, FileRange range)>;

struct Host {
  // Puts a file where the player finds it and returns a note to show, such as "Saved as
  // /home/me/rows.csv". Empty: files go to the clipboard.
  std::function<std::string(const std::string& name, std::string contents)> save_file;

  // Saves a PNG of a panel as the next frame draws it, at the place that find("panel.NAME") gives
  // in that frame, and returns a note to show. "everything" is a panel too. Empty: no picture is
  // offered.
  std::function<std::string(const std::string& panel)> save_picture;

  // Makes a link of what follows "#e=" in it, puts it on the clipboard and returns a note to show.
  // Empty: the text alone goes to the clipboard.
  std::function<std::string(const std::string& text)> share_link;

  // The player pressed the header's button to open a file or a server. The face calls add_pack(),
  // open_trajectories(), show_evaluation() or show_transcript() when it has something to show.
  // Empty: there is no such button.
  std::function<void()> choose_file;

  // Draws over the panels in each frame, such as the dialog of choose_file.
  std::function<void(Ui&)> draw_over;

  // Keeps the settings for the next visit. Called after a frame that changed them. A face whose
  // fonts depend on `scale` loads them anew.
  std::function<void(const Settings&)> keep_settings;

  // Plays a built-in policy. Empty: no policy but the oracle is offered.
  AskPolicy ask_policy;

  // The player wants a language model to play the question. The face asks which one and calls
  // play_model(). `why_not` says why the last one could not begin; empty if it could. Empty: no
  // model is offered.
  std::function<void(const std::string& why_not)> choose_model;

  // Opens an episode of an evaluation. Empty: they cannot be opened.
  OpenEpisode open_episode;

  // Receive what the player does with a server's episode: an action to play there, or the id of a
  // choice of the transcript, or "leave" when the player has closed it. The face answers with
  // another show_transcript(). Empty: transcripts are only read.
  std::function<void(const Action&)> act_on_server;
  std::function<void(const std::string& id)> choose_on_server;
};

}  // namespace sqlenv::ui
